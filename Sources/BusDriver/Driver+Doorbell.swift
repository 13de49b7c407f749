import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// What the driver does while nothing is there: it waits in a blocking peek, and hands the event that ends the wait
/// over by compare-and-set, without claiming it first (protocol §2.2).
extension Driver {
    func armDoorbell() {
        guard let session, let commands, !doorbell.isArmed else { return }
        doorbell.arm()
        let barrier = feed.newBarrier(behind: .peek)
        var pipeline = RedisPipeline()
        commands.appendPeek(seconds: Doorbell.peekSeconds, barrier: barrierMessage(barrier), to: &pipeline)
        ask(session.doorbell, pipeline, timeout: .seconds(Doorbell.peekSeconds + 2)) { $0.rang($1, barrier: barrier) }
    }

    private func rang(_ replies: RedisReplies, barrier: Int) {
        doorbell.rang()
        let event = replies[0]
        if let refusal = event.errorReply { return end(.lost(.refusal(refusal, of: keys?.incoming ?? ""))) }
        if let failure = barrierFailure(replies) { return end(.lost(failure)) }
        if let refusal = replies.firstError { return end(.lost(.refusal(refusal))) }
        guard event.kind == .string else { return advance() }
        // A suspect must be claimed: only what is in flight is counted at a recovery, and only a commit clears it. A
        // large event is drafted beside the loop, and too large for a compare-and-set.
        let mayBeSuspect = replies[1].kind == .string
        guard !mayBeSuspect, !isLarge(event), lanes.rang(claims: mayClaim) else {
            lanes.expectMore()
            return advance()
        }
        doorbell.hold(HeldBatch(events: event, sequence: lanes.low, barrier: barrier, recoveries: nil))
        doorbell.write(with: feed.compiled, context: draftContext)
        DriverCrashPoint.pass(.afterPeek)
        if !tracksChanges { feed.assumeChange() }
        advanceFreshness()
    }

    /// Hands the peeked event over, or claims it where a compare-and-set does not serve.
    func swapPeeked() {
        guard let session, let commands, let batch = doorbell.take() else { return }
        var pipeline = RedisPipeline()
        guard mayClaim,
            doorbell.draft.appendSwap(batch.sequence, event: batch.events, commands: commands, to: &pipeline)
        else {
            lanes.finished(0, more: true)
            return advance()
        }
        DriverCrashPoint.pass(.beforeSwapSent)
        ask(session.lanes[0], pipeline) { $0.swapped(SwapAnswer($1[0])) }
        DriverCrashPoint.pass(.afterSwapSent)
    }

    private func swapped(_ answer: SwapAnswer) {
        DriverCrashPoint.pass(.afterSwapReply)
        switch answer {
        case .swapped(let left):
            tally.swapped(doorbell.draft)
            lanes.finished(0, more: left > 0)
        case .declined:
            lanes.finished(0, more: true)
        case .refused(let refusal) where refusal.kind == .noScript:
            registration.forgetDigests()
            lanes.finished(0, more: true)
        case .refused(let refusal):
            return end(.lost(.refusal(refusal)))
        }
        advance()
    }
}

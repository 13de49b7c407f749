import BusMatching
import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// Claims and commits.
extension Driver {
    /// Does everything that can be done before the next answer.
    func advance() {
        while isWorking, let action = lanes.next(claims: mayClaim) {
            switch action {
            case .claim(let lane, let sequence):
                claim(lane, sequence, followsExec: false)
            case .commit(let lane, let sequence, let next):
                commit(lanes[lane])
                if let next { claim(lane, next, low: sequence + 1, followsExec: true) }
            case .wait:
                if configuration.drains { end(.stopped) } else { armDoorbell() }
                return
            case .rest:
                if isStopping { end(.stopped) }
                return
            }
        }
    }

    // MARK: - Claim

    private func claim(_ lane: Int, _ sequence: Int, low: Int? = nil, followsExec: Bool) {
        guard let session, let commands else { return }
        let barrier = feed.newBarrier(behind: .claim)
        let claim = DriverCommands.Claim(
            sequence: sequence, low: low ?? lanes.low, most: lanes.mostPerClaim, copying: copying,
            followsExec: followsExec,
            barrier: barrierMessage(barrier))
        var pipeline = RedisPipeline()
        commands.append(claim, to: &pipeline)
        let scriptIndex = followsExec ? 0 : 1
        DriverCrashPoint.pass(.beforeClaimSent)
        ask(session.lanes[lane], pipeline) { driver, replies in
            if let failure = driver.barrierFailure(replies) { return driver.end(.lost(failure)) }
            if let unfenced = replies[scriptIndex + 1].errorReply { return driver.end(.lost(.refusal(unfenced))) }
            driver.claimed(
                lane, ClaimAnswer(replies[scriptIndex]), events: replies[scriptIndex + 2], sequence: sequence,
                barrier: barrier)
        }
        DriverCrashPoint.pass(.afterClaimSent)
    }

    private func claimed(
        _ lane: Int, _ answer: ClaimAnswer, events: RedisReply, sequence: Int, barrier: Int
    ) {
        DriverCrashPoint.pass(.afterClaimReply)
        let inHand = events.kind == .array ? events.count : 0
        switch answer {
        case .claimed(_, let left, let recoveries):
            guard inHand > 0 else {
                return end(.failed(.reset, reason: "somebody took the batch that was just claimed"))
            }
            lanes.claimed(lane, held: inHand, left: left, isSuspect: recoveries != nil)
            hold(events, lane: lane, sequence: sequence, barrier: barrier, recoveries: recoveries)
        case .replay(let recoveries):
            if let failure = lanes.replayed(lane, held: inHand, isSuspect: recoveries != nil) {
                return end(.failed(failure, reason: "a batch was finished by somebody else"))
            }
            if inHand > 0 { hold(events, lane: lane, sequence: sequence, barrier: barrier, recoveries: recoveries) }
        case .alone:
            lanes.postponed(lane)
        case .empty:
            lanes.claimed(lane, held: 0, left: 0, isSuspect: false)
        case .oversized where sequence > lanes.low:
            lanes.postponed(lane)
        case .oversized:
            lanes.interrupted(lane)
            setAside(lane, sequence)
        case .fenced:
            return end(.failed(.fenced, reason: "it ran out and another driver took over; registering anew"))
        case .back:
            return end(.failed(.rolledBack, reason: "a commit is gone; starting afresh"))
        case .gap:
            return end(.failed(.rolledBack, reason: "claims are gone; starting afresh"))
        case .unbelieved(let claimed):
            complaints.report(
                Doubt(
                    configuration.keys.driver(keys?.id ?? ""), field: "claimed", value: claimed,
                    consequence: "this driver starts afresh"))
            return end(.failed(.rolledBack, reason: "the driver's record is not believed; starting afresh"))
        case .refused(let refusal) where refusal.kind == .noScript:
            registration.forgetDigests()
            lanes.finished(lane, more: true)
            return advance()
        case .refused(let refusal):
            return end(.lost(.refusal(refusal, of: keys?.incoming ?? "")))
        }
        proveWork()
        advance()
    }

    private func hold(_ events: RedisReply, lane: Int, sequence: Int, barrier: Int, recoveries: Int?) {
        lanes[lane].hold(HeldBatch(events: events, sequence: sequence, barrier: barrier, recoveries: recoveries))
        draft(lanes[lane])
        if !tracksChanges { feed.assumeChange() }
        advanceFreshness()
    }

    /// Writes the batch's copies with the subscriptions in force. What takes long is drafted later, beside the loop.
    func draft(_ lane: Lane) {
        guard let batch = lane.batch, !lane.isBeingDrafted else { return }
        guard !isLarge(batch.events), lane.write(with: feed.compiled, context: draftContext) else {
            return draftBesideLoop(lane)
        }
        DriverCrashPoint.pass(.afterMatch)
    }

    // MARK: - Commit

    /// The batch's subscriptions are fresh: it is committed when it is its turn.
    func release(_ lane: Lane) {
        lane.release()
        if lane.draft.busHeartbeats > 0 { readBusHeartbeatState(lane) } else { prepareCommit(lane) }
    }

    /// Writes the batch's commit, while the commit of the batch before may still be unanswered.
    func prepareCommit(_ lane: Lane) {
        guard let commands, lane.batch != nil else { return }
        if let large = lane.large { return prepareCommitBesideLoop(lane, large) }
        lane.writeCommit(commands, context: draftContext)
        lanes.ready(lane)
    }

    private func commit(_ lane: Lane) {
        guard let session else { return }
        DriverCrashPoint.pass(.beforeCommitSent)
        let (number, movesFailures) = (lane.number, lane.draft.movesFailures)
        ask(session.lanes[number], lane.commit) {
            $0.committed(number, CommitAnswer($1, movesFailures: movesFailures))
        }
        DriverCrashPoint.pass(.afterCommitSent)
    }

    private func committed(_ lane: Int, _ answer: CommitAnswer) {
        DriverCrashPoint.pass(.afterCommitReply)
        switch answer {
        case .aborted(let refusal?):
            end(.lost(.refusal(refusal)))
        case .aborted(nil):
            end(.failed(.reset, reason: "its commit was refused because somebody touched the batch"))
        case .committed(let refusals, let isKept, let waiting):
            tally.committed(lanes[lane].draft)
            lanes.committed(lanes[lane])
            for refusal in refusals { complaints.report("a command inside a commit failed", refusal) }
            tellOfWaitingFailures(waiting)
            if isKept { mendLater() }
            advance()
        }
    }
}

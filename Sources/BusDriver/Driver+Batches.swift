import BusMatching
import BusProtocol
import BusSession
import BusWire
import RedisConnection

/// A batch between its claim and its commit.
struct HeldBatch {
    /// An array of the events.
    var events: RedisReply
    var sequence: Int
    var barrier: Int
    /// Recoveries of the batch's only event, when it is suspected of killing drivers.
    var recoveries: Int?
    /// The subscriptions that its draft was made with.
    var compiled: CompiledSubscriptions
    /// They were known to be as fresh as they must be: later ones make no difference.
    var isFinal = false
    var isDrafted = false
    /// A thread is about to write the draft, or at it.
    var isBeingDrafted = false
    /// The draft that a thread has written.
    var large: LargeDraft?
    /// The draft is final and about to be committed.
    var isReleased = false
}

/// Claims and commits.
extension Driver {
    /// Does everything that can be done before the next answer.
    func advance() {
        while isDriving, let action = sequencer.next() {
            switch action {
            case .claim(let lane, let sequence):
                claim(lane, sequence, followsExec: false)
            case .commit(let lane, let sequence, let next):
                commit(lane)
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
        let barrier = freshness.newBarrier(behind: .claim)
        let claim = DriverCommands.Claim(
            sequence: sequence, low: low ?? sequencer.low, most: mostEvents, copying: copying, followsExec: followsExec,
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
            sequencer.claimed(lane: lane, held: inHand, more: left > 0, suspect: recoveries != nil)
            if left > 0 { mostEvents = min(mostEvents * 2, affordableEvents) }
            hold(events, lane: lane, sequence: sequence, barrier: barrier, recoveries: recoveries)
        case .replay(let recoveries):
            if let failure = sequencer.replayed(lane: lane, held: inHand, suspect: recoveries != nil) {
                return end(.failed(failure, reason: "a batch was finished by somebody else"))
            }
            if inHand > 0 { hold(events, lane: lane, sequence: sequence, barrier: barrier, recoveries: recoveries) }
        case .alone:
            sequencer.postponed(lane: lane)
        case .empty:
            sequencer.claimed(lane: lane, held: 0, more: false, suspect: false)
        case .oversized where sequence > sequencer.low:
            sequencer.postponed(lane: lane)
        case .oversized:
            sequencer.interrupted(lane: lane)
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
            commands?.forgetDigests()
            sequencer.finished(lane: lane, more: true)
            return advance()
        case .refused(let refusal):
            return end(.lost(.refusal(refusal, of: keys?.incoming ?? "")))
        }
        proveWork()
        advance()
    }

    private func hold(_ events: RedisReply, lane: Int, sequence: Int, barrier: Int, recoveries: Int?) {
        held[lane] = HeldBatch(
            events: events, sequence: sequence, barrier: barrier, recoveries: recoveries, compiled: compiled)
        draft(lane)
        if !tracksChanges { assumeChange() }
        advanceFreshness()
    }

    /// Writes the batch's copies with the subscriptions in force. What takes long is drafted later, beside the loop.
    func draft(_ lane: Int) {
        guard let batch = held[lane], !batch.isBeingDrafted else { return }
        held[lane]?.compiled = compiled
        held[lane]?.isDrafted = false
        held[lane]?.large = nil
        if isLarge(batch.events) { return draftBesideLoop(lane) }
        drafts[lane].write(batch.events, with: compiled, recoveries: batch.recoveries, context: draftContext)
        if drafts[lane].isUnfinished { return draftBesideLoop(lane) }
        drafted(lane)
    }

    func drafted(_ lane: Int) {
        held[lane]?.isDrafted = true
        DriverCrashPoint.pass(.afterMatch)
    }

    /// The draft of a lane's batch.
    func currentDraft(_ lane: Int) -> BatchDraft { held[lane]?.large?.draft ?? drafts[lane] }

    // MARK: - Commit

    /// Writes the batch's commit, while the commit of the batch before may still be unanswered.
    func prepareCommit(_ lane: Int) {
        guard let commands, let batch = held[lane] else { return }
        if let large = batch.large { return prepareCommitBesideLoop(lane, large) }
        commits[lane].removeAll()
        drafts[lane].appendCommit(
            batch.sequence, absolves: batch.recoveries != nil, commands: commands, context: draftContext,
            to: &commits[lane])
        readyToCommit(lane)
    }

    func readyToCommit(_ lane: Int) {
        adaptBatchSize(to: currentDraft(lane))
        sequencer.ready(lane: lane)
    }

    private func commit(_ lane: Int) {
        guard let session else { return }
        DriverCrashPoint.pass(.beforeCommitSent)
        let movesFailures = currentDraft(lane).movesFailures
        ask(session.lanes[lane], held[lane]?.large?.commit ?? commits[lane]) {
            $0.committed(lane, CommitAnswer($1, movesFailures: movesFailures))
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
        case .committed(let refusals, let kept, let waiting):
            currentDraft(lane).tally(into: &statistics)
            held[lane] = nil
            for refusal in refusals { complaints.report("a command inside a commit failed", refusal) }
            tellOfWaitingFailures(waiting)
            if kept { mendLater() }
            sequencer.committed(lane: lane)
            advance()
        }
    }

    /// Keeps a commit well below what may wait in a connection's buffer.
    private func adaptBatchSize(to draft: BatchDraft) {
        let bytesPerEvent = max(1, draft.bytes / max(1, draft.events))
        let fitting = BatchLimits.mostCommitBytes / bytesPerEvent
        affordableEvents = min(max(16, fitting), configuration.mostPerBatch)
        mostEvents = min(mostEvents, affordableEvents)
    }
}

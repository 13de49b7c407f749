import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
package import RedisConnection

/// How jobs come to the rider.
extension Rider {
    /// Claims if slots are free, or soon will be.
    func advanceClaims(_ progress: JobBoard.Progress) {
        guard !isClaiming else { return }
        guard !isStopping, !registration.isPausedBySignal, wakefulness.mayClaim, let session, let commands else {
            return board.setRefillMark(0)
        }
        guard !queues.isEmpty else { return doze() }
        let wanted = min(Prefetch.most, progress.idle + prefetch.depth - progress.waiting)
        board.setRefillMark(prefetch.depth / 2, needsSlot: progress.idle == 0 && progress.waiting == 0)
        // Jobs that cannot be settled must not pile up.
        guard reserved.jobCount <= configuration.concurrency + 2 * Prefetch.most else { return }
        // A full claim is cheaper than many small ones; a slot that waits is worth one at once.
        guard wanted > 0, progress.idle > progress.waiting || wanted > prefetch.depth / 2 else { return }
        let claim = solitude.claim(handsAreEmpty: reserved.jobCount == 0, at: .now)
        guard claim.isAllowed else { return }

        isClaiming = true
        var pipeline = RedisPipeline()
        var random = SystemRandomNumberGenerator()
        commands.append(
            RiderCommands.Claim(
                sequence: claimed + 1, most: wanted, queues: configuration.queues.order(of: queues, using: &random),
                isAlone: claim.isAlone, copying: copying),
            to: &pipeline)
        RiderCrashPoint.pass(.beforeClaimSent)
        ask(session.work, pipeline) { $0.claimed(JobClaimAnswer($1[0]), $1[1]) }
        RiderCrashPoint.pass(.afterClaimSent)
    }

    private func claimed(_ answer: JobClaimAnswer, _ elements: RedisReply) {
        RiderCrashPoint.pass(.afterClaimReply)
        isClaiming = false
        switch answer {
        case .claimed, .replay:
            // What is reserved and cannot be read now is read in the next session.
            if let refusal = elements.errorReply { return end(.lost(.refusal(refusal))) }
        default: break
        }
        if answer != .paused { notePause(false) }
        switch answer {
        case .refused, .fenced, .gap, .unbelieved: break
        default: hasClaimed = true
        }
        switch answer {
        case .claimed(let queue, let left, let recoveries):
            begin(elements, of: queue, recoveries: recoveries)
            if left == 0, queues.count == 1 { doze() }
        case .replay(let queue, let recoveries): begin(elements, of: queue, recoveries: recoveries)
        case .empty(let unusable):
            let names = unusable.map(configuration.keys.queue).joined(separator: ", ")
            if !unusable.isEmpty {
                complaints.report("queues are not lists; remove these keys", ["keys": "\(names)"])
            }
            unusableQueues = unusable
            doze()
        case .paused:
            notePause(true)
            doze()
        case .alone: solitude.want(at: .now)
        case .oversized(let queue): setAside(from: queue)
        case .fenced: return end(.fenced(reason: "Redis does not know it"))
        case .gap: return end(.rolledBack(reason: "its record is behind"))
        case .unbelieved(let claimed): return disbelieve("claimed", claimed)
        case .refused(let refusal) where refusal.kind == .noScript: registration.forgetDigests()
        case .refused(let refusal): return end(.lost(.refusal(refusal)))
        }
        advance()
    }

    private func notePause(_ isPaused: Bool) {
        notePause(isPaused, by: configuration.keys.pauseAllWorkers)
    }

    /// Hands claimed jobs to the slots; one that was in hand whenever riders died is set aside.
    private func begin(_ elements: RedisReply, of queue: String, recoveries: Int?) {
        claimed += 1
        statistics.claims += 1
        guard elements.count > 0 else { return }
        reserved.add(claimed, from: queue, count: elements.count)
        var assignments: [Assignment] = []
        assignments.reserveCapacity(elements.count)
        elements.forEachElement { bytes in
            assignments.append(
                Assignment(
                    ticket: JobTicket(batch: claimed, place: assignments.count),
                    job: ReservedJob(element: Array(bytes), queue: queue)))
        }
        if let recoveries {
            guard recoveries < Solitude.mostRecoveries else {
                for assignment in assignments { setAside(assignment, recoveries: recoveries) }
                return
            }
            solitude.begin(batch: claimed)
        }
        // Those that a stopping or paused rider still gets by an old claim go straight back.
        if isStopping || registration.isPausedBySignal {
            ended.back += assignments.map(\.ticket)
        } else {
            board.post(assignments)
        }
    }

    private func setAside(_ assignment: Assignment, recoveries: Int) {
        logger.error(
            "a job was in hand at \(recoveries) crashes, the last time alone; it is set aside",
            metadata: ["queue": "\(assignment.job.queue)"])
        let failure = JobFailure(
            exception: "BusDriver::CrashLoop",
            message: "\(recoveries) riders died with this job in hand, the last one with nothing else; "
                + "see why it ends the process before you retry it")
        take([FinishedJob(assignment: assignment, report: JobReport(.failed(failure)), slot: 0)])
    }

    // MARK: - Idle

    /// Reads what a sleeping rider wants to hear about: whether its queues exist, or while it is paused that key alone.
    /// From that read on Redis announces changes.
    func doze() {
        guard let session, wakefulness.mayClaim else { return }
        wakefulness.doze()
        // Where nothing is announced, `peek` looks again and again.
        guard tracking.isAnnounced else { return wakefulness.answered(anyJobs: false) }
        var reads = [IdleRead.pause]
        if !isPausedByKey {
            reads.append(.jobs(in: usableQueues))
            if configuration.queues.isDynamic { reads.append(.queueNames) }
            // That these exist wakes nobody, but a change may make lists of them.
            if !unusableQueues.isEmpty { reads.append(.jobs(in: unusableQueues)) }
            unusableQueues = []
        }
        var pipeline = RedisPipeline()
        for read in reads {
            tracking.appendCaching(to: &pipeline)
            read.append(to: &pipeline, bus: configuration.keys)
        }
        ask(session.control, pipeline) { rider, replies in
            // Redis has announced nothing then, and nobody would wake it.
            if let refusal = replies.firstError, refusal.isPassing { return rider.end(.lost(.refusal(refusal))) }
            rider.dozed(stride(from: 1, to: replies.count, by: 2).map { replies[$0] })
        }
    }

    /// Looks whether an idle rider has missed anything, where Redis announces nothing: one command.
    func peek() {
        guard let session, wakefulness.isAsleep else { return }
        let usable = usableQueues
        guard isPausedByKey || !usable.isEmpty else { return }
        let read = isPausedByKey ? IdleRead.pause : .jobs(in: usable)
        var pipeline = RedisPipeline()
        read.append(to: &pipeline, bus: configuration.keys)
        ask(session.control, pipeline) { rider, replies in
            let answer = replies[0]
            if rider.isPausedByKey ? !ResqueFlag.isTrue(answer.bytes) : answer.integer != 0 { rider.lookAgain() }
        }
    }

    /// Those of the queues to work on that are not known to be no lists.
    private var usableQueues: [String] {
        let unusable = Set(unusableQueues.map(ExactString.init))
        return queues.filter { !unusable.contains(ExactString($0)) }
    }

    /// There may be jobs.
    func lookAgain() {
        wakefulness.disturb()
        advance()
    }

    /// The queues to work on.
    ///
    /// - Parameter known: the members of the set `queues`.
    func selectQueues(known: RedisReply) -> [String] {
        let names = known.elements.compactMap(\.string)
        return configuration.queues.queues(known: names.filter { !configuration.incoming.contains($0) })
    }

    /// Reads which queues there are, as a rider that never sleeps must do from time to time.
    func lookForQueues() {
        guard configuration.queues.isDynamic, let session else { return }
        ask(session.control, Queues.names(bus: configuration.keys)) { rider, replies in
            guard replies[0].errorReply == nil else { return }
            rider.queues = rider.selectQueues(known: replies[0])
            rider.lookAgain()
        }
    }

    private func dozed(_ answers: [RedisReply]) {
        if isPausedByKey {
            notePause(ResqueFlag.isTrue(answers[0].bytes))
            wakefulness.answered(anyJobs: !isPausedByKey)
        } else {
            let before = queues
            if configuration.queues.isDynamic {
                queues = selectQueues(known: answers[2])
            }
            wakefulness.answered(anyJobs: queues != before || !queues.isEmpty && (answers[1].integer ?? 0) > 0)
        }
        advance()
    }

    /// Of what is read after `CLIENT CACHING YES`.
    package var trackingOptions: [String] { ["OPTIN"] }

    package func heard(_ channel: String, _ payload: RedisReply) { lookAgain() }
}

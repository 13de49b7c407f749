import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// What becomes of jobs that have ended.
extension Rider {
    /// So many are settled in one step at most: Redis serves nobody else meanwhile.
    private static let mostPerSettlement = 512
    /// While other jobs are in hand, ended ones wait this long for company.
    private static let patience = Duration.milliseconds(2)

    /// Takes what the slots have finished.
    @discardableResult
    func collect() -> JobBoard.Progress {
        let progress = board.progress(isWatching: isWatching)
        take(progress.finished)
        return progress
    }

    /// Sorts finished jobs by what they lead to.
    func take(_ finished: [FinishedJob]) {
        guard !finished.isEmpty else { return }
        if ended.since == nil { ended.since = .now }
        pulse.note(finished: finished.count)
        for job in finished {
            showcase.finished(job)
            switch job.report.outcome {
            case .done: ended.done.append((job.assignment.ticket, job.report.retryKey))
            case .cancelled where isCancelling: ended.back.append(job.assignment.ticket)
            case .failed(let failure), .cancelled(let failure):
                if failure.retry == nil { judge(job, counter: nil) } else { ended.unjudged.append(job) }
            }
        }
        lookUpCounters()
    }

    /// Reads how often failed jobs were tried before.
    private func lookUpCounters() {
        guard !isLookingUp, !ended.unjudged.isEmpty, let session, isWorking else { return }
        isLookingUp = true
        let jobs = ended.unjudged.prefix(Self.mostPerSettlement)
        var pipeline = RedisPipeline()
        for job in jobs {
            pipeline.appendRetryCounter(job.report.failure?.retry?.key.name ?? "", bus: configuration.keys)
        }
        ask(session.control, pipeline) { rider, replies in
            RiderCrashPoint.pass(.afterLookup)
            // A counter of another type counts as none and is replaced; one that may not be read would be for ever.
            let refusals = replies.compactMap(\.errorReply)
            if let refusal = refusals.first(where: { $0.kind != .wrongType }) {
                return rider.end(.lost(.refusal(refusal)))
            }
            rider.isLookingUp = false
            let jobs = rider.ended.unjudged.prefix(replies.count)
            rider.ended.unjudged.removeFirst(jobs.count)
            for (job, reply) in zip(jobs, replies) { rider.judge(job, counter: reply) }
            rider.lookUpCounters()
            rider.advance()
        }
    }

    private func judge(_ job: FinishedJob, counter: RedisReply) {
        let text = counter.errorReply == nil ? counter.string : nil
        if !counter.isNull, text.flatMap(Disposition.number) == nil, let key = job.report.failure?.retry?.key {
            complaints.report(
                Doubt(
                    configuration.keys.key(key.name), value: text.map { Array($0.utf8) },
                    consequence: "this counts as the first run"))
        }
        judge(job, counter: text)
    }

    private func judge(_ job: FinishedJob, counter: String?) {
        let disposition = Disposition(
            job.report, of: job.assignment.job, counter: counter, now: configuration.now(),
            worker: showcase.worker(job.slot))
        tell(of: job, disposition)
        ended.failed.append(
            FailedJob(
                ticket: job.assignment.ticket, consequence: consequence(of: disposition),
                isRetried: disposition.isRetry))
        if ended.since == nil { ended.since = .now }
    }

    /// Says in the log that a run failed and what follows, once in ten seconds for each kind. The message stays in
    /// Redis, for it may repeat what is in the job.
    private func tell(of job: FinishedJob, _ disposition: Disposition) {
        guard let failure = job.report.failure else { return }
        let place = failure.backtrace.first.map { " (\($0))" } ?? ""
        let consequence =
            switch disposition {
            case .done: ""
            case .retryNow: "it is tried again at once"
            case .retryLater(let retry): "it is tried again in \(retry.epoch - configuration.now()) s"
            case .failed: "it is kept in failed"
            }
        complaints.report(
            "a job failed",
            [
                "queue": "\(job.assignment.job.queue)", "exception": "\(failure.exception)\(place)",
                "consequence": "\(consequence)",
            ], most: 5)
    }

    // MARK: - Settlements

    /// After a lost connection: what was unanswered is sent again.
    func resumeSettling() {
        isLookingUp = false
        lookUpCounters()
        ended.tryStayingAgain()
        if let outstanding { send(outstanding) }
    }

    /// Settles what has ended, when enough has or nothing else is to be waited for.
    func advanceSettling() {
        guard outstanding == nil, ended.count > 0, isSettlementDue else { return }
        // What a claim under way brings comes later in its queue, and must not go back before what goes back now.
        guard ended.back.isEmpty || !isClaiming else { return }
        settled += 1
        var settlement = Settlement(number: settled)
        let done = ended.done.prefix(Self.mostPerSettlement)
        let failed = takeFailed()
        let back = ended.back
        settlement.processed = done.count + failed.count
        settlement.failed = failed.count
        // Equal jobs share a counter; it ends once, however often it is named.
        settlement.endedCounters = done.compactMap(\.counter).map { configuration.keys.key($0.name) }
        reserved.remove(
            done: done.map(\.ticket), failed: failed.map { ($0.ticket, $0.consequence) }, back: back, into: &settlement)
        ended.done.removeFirst(done.count)
        ended.back = []
        ended.since = ended.count == 0 ? nil : .now
        let outstanding = OutstandingSettlement(settlement: settlement, failed: failed, back: back)
        self.outstanding = outstanding
        RiderCrashPoint.pass(.beforeSettlementSent)
        send(outstanding)
        RiderCrashPoint.pass(.afterSettlementSent)
    }

    /// Some failed jobs, as many as one command may carry: an entry of `failed` holds the whole job.
    private func takeFailed() -> [FailedJob] {
        var byteCount = 0
        let failed = ended.failed.prefix(Self.mostPerSettlement / 4).prefix { job in
            defer { byteCount += job.consequence.byteCount }
            return byteCount < BatchLimits.mostCommitBytes
        }
        ended.failed.removeFirst(failed.count)
        return Array(failed)
    }

    private var isSettlementDue: Bool {
        let isAllEnded = ended.count >= reserved.jobCount - ended.unjudged.count
        return isStopping || isAllEnded || ended.count >= JobBoard.settlementSize || !ended.back.isEmpty
            || ended.since.map { ContinuousClock.now - $0 >= Self.patience } ?? false
    }

    private func send(_ outstanding: OutstandingSettlement) {
        guard let session, let commands else { return }
        var pipeline = RedisPipeline()
        let settlement = outstanding.settlement
        commands.append(settlement, to: &pipeline)
        if settlement.movesFailures { pipeline.appendMoveOfFailures(bus: configuration.keys) }
        ask(session.work, pipeline) {
            if settlement.movesFailures { $0.failuresMoved($1[1]) }
            $0.settled(SettlementAnswer($1[0], to: settlement))
        }
    }

    private func settled(_ answer: SettlementAnswer) {
        RiderCrashPoint.pass(.afterSettlementReply)
        guard let outstanding else { return }
        switch answer {
        case .settled(let failures, let batches): conclude(outstanding, staying: failures, batches)
        case .fenced: return end(.fenced(reason: "Redis does not know it"))
        case .gap: return end(.rolledBack(reason: "its record is behind"))
        case .unbelieved(let settled): return disbelieve("settled", settled)
        case .refused(let refusal) where refusal.kind == .noScript:
            registration.forgetDigests()
            return send(outstanding)
        case .refused(let refusal): return end(.lost(.refusal(refusal)))
        }
        advance()
    }

    private func conclude(_ outstanding: OutstandingSettlement, staying failures: [Int], _ batches: [Int]) {
        self.outstanding = nil
        let settlement = outstanding.settlement
        let stuck = batches.map { settlement.batches[$0] }
        statistics.settlements += 1
        statistics.processed += settlement.processed - failures.count
        statistics.failed += outstanding.failed.count - failures.count
        let stayingJobs = failures.map { outstanding.failed[$0] }
        statistics.retried += outstanding.failed.count(where: \.isRetried) - stayingJobs.count(where: \.isRetried)
        statistics.givenBack += outstanding.back.count - stuck.reduce(0) { $0 + $1.back.count }
        for job in stayingJobs {
            reserved.restore(job.ticket)
            ended.keep(job)
            complaints.report(
                "a failed job cannot be stored, because one of these keys has another type of value; rename it",
                ["keys": "\(job.consequence.writes.map(\.shownKey).joined(separator: ", "))"])
        }
        for batch in stuck {
            for ticket in outstanding.back where ticket.batch == batch.sequence {
                reserved.restore(ticket)
                ended.keep(ticket)
            }
            let queue = configuration.keys.queue(batch.queue)
            complaints.report(
                "jobs cannot go back, because their queue is not a list; rename that key", ["key": "\(queue)"])
        }
        if !failures.isEmpty || !stuck.isEmpty { tryStayingLater() }
        // What went to queues may be this rider's own next jobs, and the announcement comes behind this answer.
        if !outstanding.failed.isEmpty || !outstanding.back.isEmpty { wakefulness.disturb() }
        reserved.forgetEmptyLists()
        solitude.settled(isReserved: reserved.holds)
    }

    private func tryStayingLater() {
        executor.schedule(
            after: .seconds(1),
            inSession { rider in
                rider.ended.tryStayingAgain()
                rider.advance()
            })
    }

    private func consequence(of disposition: Disposition) -> Settlement.Consequence {
        let keys = configuration.keys
        var consequence = Settlement.Consequence()
        switch disposition {
        case .done: break
        case .retryNow(let queue, let element, let key, let counter):
            consequence.push(element, to: queue, bus: keys)
            consequence.set(keys.key(key.name), to: Array(String(counter).utf8))
        case .retryLater(let retry):
            consequence.delay(retry.item, until: retry.epoch, bus: keys)
            consequence.set(keys.key(retry.key.name), to: Array(String(retry.counter).utf8))
            consequence.set(keys.key(retry.key.failureName), to: retry.failure, seconds: retry.failureLifetime)
        case .failed(let entry, let key):
            consequence.fail(entry, bus: keys)
            if let key {
                consequence.delete(keys.key(key.name))
                consequence.delete(keys.key(key.failureName))
            }
        }
        return consequence
    }
}

extension Disposition {
    fileprivate var isRetry: Bool {
        switch self {
        case .retryNow, .retryLater: true
        case .done, .failed: false
        }
    }
}

extension JobReport {
    fileprivate var failure: JobFailure? {
        switch outcome {
        case .failed(let failure), .cancelled(let failure): failure
        case .done: nil
        }
    }
}

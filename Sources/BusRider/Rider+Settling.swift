import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// What becomes of jobs that have ended.
extension Rider {
    /// Takes what the slots have finished.
    @discardableResult
    func collect() -> JobBoard.Progress {
        let progress = slots.progress(isWatching: pulse.isQuick)
        take(progress.finished)
        return progress
    }

    /// Takes finished jobs, and looks what those that failed lead to.
    func take(_ finished: [FinishedJob]) {
        guard !finished.isEmpty else { return }
        pulse.note(finished: finished.count)
        for job in settler.take(finished, givesBack: slots.areEnding, at: .now) { judge(job, counter: nil) }
        lookUpCounters()
    }

    /// Reads how often failed jobs were tried before.
    private func lookUpCounters() {
        guard let session, isWorking else { return }
        let jobs = settler.beginLookup()
        guard !jobs.isEmpty else { return }
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
            for (job, reply) in zip(rider.settler.lookedUp(replies.count), replies) { rider.judge(job, counter: reply) }
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
            worker: slots.showcase.worker(job.slot))
        tell(of: job, disposition)
        settler.judged(job, disposition, at: .now)
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
        settler.beginSession(at: .now)
        lookUpCounters()
        if let unanswered = settler.unanswered { send(unanswered) }
    }

    /// Settles what has ended, when enough has or nothing else is to be waited for.
    func advanceSettling() {
        guard let settlement = settler.next(isClaiming: isClaiming, isHurried: isStopping, at: .now) else { return }
        RiderCrashPoint.pass(.beforeSettlementSent)
        send(settlement)
        RiderCrashPoint.pass(.afterSettlementSent)
    }

    private func send(_ settlement: Settlement) {
        guard let session, let commands else { return }
        var pipeline = RedisPipeline()
        commands.append(settlement, to: &pipeline)
        if settlement.movesFailures { pipeline.appendMoveOfFailures(bus: configuration.keys) }
        ask(session.work, pipeline) {
            if settlement.movesFailures { $0.failuresMoved($1[1]) }
            $0.settled(SettlementAnswer($1[0], to: settlement), settlement)
        }
    }

    private func settled(_ answer: SettlementAnswer, _ settlement: Settlement) {
        RiderCrashPoint.pass(.afterSettlementReply)
        switch answer {
        case .settled(let failures, let batches): conclude(settler.settled(staying: failures, batches))
        case .fenced: return end(.fenced(reason: "Redis does not know it"))
        case .gap: return end(.rolledBack(reason: "its record is behind"))
        case .unbelieved(let settled): return disbelieve("settled", settled)
        case .refused(let refusal) where refusal.kind == .noScript:
            registration.forgetDigests()
            return send(settlement)
        case .refused(let refusal): return end(.lost(.refusal(refusal)))
        }
        advance()
    }

    private func conclude(_ outcome: Settler.Outcome?) {
        guard let outcome else { return }
        for job in outcome.staying {
            complaints.report(
                "a failed job cannot be stored, because one of these keys has another type of value; rename it",
                ["keys": "\(job.consequence.writes.map(\.shownKey).joined(separator: ", "))"])
        }
        for queue in outcome.stuckQueues {
            complaints.report(
                "jobs cannot go back, because their queue is not a list; rename that key",
                ["key": "\(configuration.keys.queue(queue))"])
        }
        if !outcome.isWhole { tryStayingLater() }
        // What went to queues may be this rider's own next jobs, and the announcement comes behind this answer.
        if outcome.hasFilledQueues { queues.disturb() }
        claimer.settled(isReserved: settler.holds)
    }

    private func tryStayingLater() {
        executor.schedule(
            after: .seconds(1),
            inSession { rider in
                rider.settler.tryStayingAgain(at: .now)
                rider.advance()
            })
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

import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// How jobs come to the rider.
extension Rider {
    /// Claims if slots are free, or soon will be.
    func advanceClaims(_ progress: JobBoard.Progress) {
        guard !claimer.isUnderWay else { return }
        guard !isStopping, !registration.isPausedBySignal, queues.mayHaveJobs, let session, let commands else {
            return slots.board.setRefillMark(0)
        }
        guard !queues.names.isEmpty else { return doze() }
        slots.board.setRefillMark(claimer.refillMark, needsSlot: progress.idle == 0 && progress.waiting == 0)
        guard let request = claimer.next(progress, inHand: settler.jobCount, at: .now) else { return }

        var pipeline = RedisPipeline()
        var random = SystemRandomNumberGenerator()
        commands.append(
            RiderCommands.Claim(
                sequence: request.sequence, most: request.most, queues: queues.order(using: &random),
                isAlone: request.isAlone, copying: claimer.copying),
            to: &pipeline)
        RiderCrashPoint.pass(.beforeClaimSent)
        ask(session.work, pipeline) { $0.claimed(JobClaimAnswer($1[0]), $1[1]) }
        RiderCrashPoint.pass(.afterClaimSent)
    }

    private func claimed(_ answer: JobClaimAnswer, _ elements: RedisReply) {
        RiderCrashPoint.pass(.afterClaimReply)
        claimer.finish()
        switch answer {
        case .claimed, .replay:
            // What is reserved and cannot be read now is read in the next session.
            if let refusal = elements.errorReply { return end(.lost(.refusal(refusal))) }
        default: break
        }
        if answer != .paused { notePause(false) }
        claimer.note(answer, at: .now)
        switch answer {
        case .claimed(let queue, let left, let recoveries):
            begin(elements, of: queue, recoveries: recoveries)
            if left == 0, queues.names.count == 1 { doze() }
        case .replay(let queue, let recoveries): begin(elements, of: queue, recoveries: recoveries)
        case .empty(let unusable):
            let names = unusable.map(configuration.keys.queue).joined(separator: ", ")
            if !unusable.isEmpty {
                complaints.report("queues are not lists; remove these keys", ["keys": "\(names)"])
            }
            queues.foundEmpty(unusable: unusable)
            doze()
        case .paused:
            notePause(true)
            doze()
        case .alone: break
        case .oversized(let queue): setAside(from: queue)
        case .fenced: return end(.fenced(reason: "Redis does not know it"))
        case .gap: return end(.rolledBack(reason: "its record is behind"))
        case .unbelieved(let claimed): return disbelieve("claimed", claimed)
        case .refused(let refusal) where refusal.kind == .noScript: registration.forgetDigests()
        case .refused(let refusal): return end(.lost(.refusal(refusal)))
        }
        advance()
    }

    /// Hands claimed jobs to the slots; one that was in hand whenever riders died is given up.
    private func begin(_ elements: RedisReply, of queue: String, recoveries: Int?) {
        let batch = claimer.take(jobs: elements.count, recoveries: recoveries)
        guard elements.count > 0 else { return }
        settler.reserve(batch.sequence, from: queue, count: elements.count)
        var assignments: [Assignment] = []
        assignments.reserveCapacity(elements.count)
        elements.forEachElement { bytes in
            assignments.append(
                Assignment(
                    ticket: JobTicket(batch: batch.sequence, place: assignments.count),
                    job: ReservedJob(element: Array(bytes), queue: queue)))
        }
        if batch.isCrashLoop {
            for assignment in assignments { endCrashLoop(of: assignment, recoveries: recoveries ?? 0) }
        } else if isStopping || registration.isPausedBySignal {
            // What a stopping or paused rider still gets by an old claim goes straight back.
            settler.giveBack(assignments, at: .now)
        } else {
            slots.board.post(assignments)
        }
    }

    private func endCrashLoop(of assignment: Assignment, recoveries: Int) {
        logger.error(
            "a job was in hand whenever riders died, the last time alone; it is set aside",
            metadata: ["queue": "\(assignment.job.queue)", "crashes": .stringConvertible(recoveries)])
        let failure = JobFailure(
            exception: "BusDriver::CrashLoop",
            message: "\(recoveries) riders died with this job in hand, the last one with nothing else; "
                + "see why it ends the process before you retry it")
        take([FinishedJob(assignment: assignment, report: JobReport(.failed(failure)), slot: 0)])
    }
}

import BusProtocol
import BusSession
import LibevExecutor
import Logging
import RedisConnection

/// How a leader moves delayed jobs when they fall due.
extension Scheduler {
    /// The shortest time between two looks for the first due time: others may delay jobs all the time.
    private static let lookInterval = Duration.milliseconds(2)
    /// How often everything is looked at although Redis has announced nothing.
    private static let precaution = Duration.seconds(60)
    /// How often a leader looks whether `failed` is a list again.
    private static let failurePause = Duration.seconds(5)

    /// Learns when the first delayed job falls due, if that may have changed.
    func lookForDueJobs(_ office: Office, _ session: WorkSession) async throws(RedisError) {
        let now = MonotonicInstant.now
        guard !office.isPromoting, now >= office.nextLook, stale.delayed || now >= office.precaution else {
            return
        }
        // Where nothing is announced, changed schedules are asked for with the clock.
        if now >= office.precaution, tracking.isAnnounced { stale.changedSchedules = true }
        stale.delayed = false
        office.nextLook = now + Self.lookInterval
        office.precaution = now + (tracking.isAnnounced ? Self.precaution : Self.shortestWait)
        var pipeline = RedisPipeline()
        tracking.appendCaching(to: &pipeline)
        DelayedQueue.appendFirstTime(bus: configuration.keys, to: &pipeline)
        let replies = try await session.control.send(pipeline)
        if let refusal = replies.firstError {
            if refusal.isPassing { throw .refusal(refusal) }
            complaints.report("the schedule of delayed jobs cannot be read", refusal)
            stale.delayed = true
            office.nextLook = now + Self.refusalPause
            office.firstDue = nil
            return
        }
        office.firstDue = replies.last.flatMap(DelayedQueue.firstTime).map(Self.milliseconds)
    }

    /// Of any number of seconds.
    private static func milliseconds(_ seconds: Int) -> Int {
        let (product, overflows) = seconds.multipliedReportingOverflow(by: 1000)
        guard overflows else { return product }
        return seconds > 0 ? .max : .min
    }

    /// - Returns: false when somebody else leads.
    func promote(_ office: Office) async throws(RedisError) -> Bool {
        office.isPromoting = true
        let start = MonotonicInstant.now
        let progress = try await office.promoter.step(upTo: clock.now / 1000)
        office.nextPromotion = office.pace.note(from: start, to: .now)
        switch progress {
        case .moved(let jobs, let failed):
            statistics.promoted += jobs
            statistics.failed += failed
            guard failed > 0 else { break }
            office.failureMove = .past
            complaints.report("delayed jobs that cannot run went to failed, with the reason")
        case .idle:
            office.isPromoting = false
            office.firstDue = nil
            stale.delayed = true
            // What is due and was put off is all there is.
            if office.promoter.retry != nil { office.nextPromotion = MonotonicInstant.now + Self.refusalPause }
        case .putOff(let reason): complaints.report("some delayed jobs stay where they are", ["reason": "\(reason)"])
        case .refused(let refusal):
            office.isPromoting = false
            office.nextPromotion = MonotonicInstant.now + Self.refusalPause
            try refused("delayed jobs stay where they are", refusal)
        case .notLeader: return false
        }
        return true
    }

    /// Moves entries that wait on to `failed`, if that is a list; else it tries again later.
    func moveFailures(_ office: Office, _ session: WorkSession) async throws(RedisError) {
        var pipeline = RedisPipeline()
        pipeline.appendMoveOfFailures(bus: configuration.keys)
        let reply = try await session.control.send(pipeline)[0]
        office.failureMove = reply.integer == 0 ? .never : MonotonicInstant.now + Self.failurePause
        if let refusal = reply.errorReply {
            try refused("entries cannot be moved to the list of failures", refusal)
        } else if reply.integer != 0 {
            complaints.reportWaitingFailures(configuration.keys)
        }
    }
}

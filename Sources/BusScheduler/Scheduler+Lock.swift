import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// How a scheduler comes to lead, goes on leading, and gives the lead away (protocol §5.1).
extension Scheduler {
    /// How often a scheduler that does not lead makes sure that somebody does: announcements can be lost.
    private static let longestWait = Duration.seconds(10)
    /// How often a scheduler looks to which Redis announces nothing.
    static let shortestWait = Duration.seconds(1)
    /// How often one that sleeps makes sure that Redis takes writes: so a master that has become a replica is noticed
    /// within five seconds.
    private static let proofInterval = Duration.seconds(4)

    var lockSeconds: Int { Int(min(max(2, configuration.lock / .seconds(1)), 86_400)) }

    /// How long a leader leads on without asking.
    private var renewalInterval: Duration { .seconds(lockSeconds) / 6 }

    func lock(on session: WorkSession) -> SchedulerLock {
        SchedulerLock(connection: session.control, identity: identity, seconds: lockSeconds)
    }

    /// Waits until this scheduler leads.
    ///
    /// - Returns: false when it was told to stop.
    func follow(_ session: WorkSession) async throws(RedisError) -> Bool {
        let lock = lock(on: session)
        while !isStopping {
            SchedulerCrashPoint.pass(.beforeLock)
            let other: String?
            do throws(RedisError) {
                other = try await lock.take()
                try await proveWritable(session)
            } catch {
                guard case .reply(let refusal) = error.code, refusal.remedy == .fail else { throw error }
                complaints.report("this scheduler cannot lead", error)
                await rest()
                continue
            }
            SchedulerCrashPoint.pass(.afterLock)
            life.hasServed = true
            life.proved()
            guard let other else { return true }
            let name = ShownText.cut(other)
            if statistics.isLeading {
                logger.warning("this scheduler does not lead any more; another does", metadata: ["leader": "\(name)"])
            }
            statistics.isLeading = false
            if other != otherLeader {
                logger.notice("following", metadata: trackingDetails.merging(["leader": "\(name)"]) { $1 })
            }
            otherLeader = other
            try await awaitChangeOfLock(session)
        }
        return false
    }

    /// Makes sure that Redis takes writes; whoever leads or waits to lead would otherwise not notice for long that it
    /// does not.
    private func proveWritable(_ session: WorkSession) async throws(RedisError) {
        nextProof = MonotonicInstant.now + Self.proofInterval
        try await session.control.proveWritable(bus: configuration.keys)
    }

    /// The same, if the last proof is old.
    func proveWritableAgain(_ session: WorkSession) async throws(RedisError) {
        if nextProof <= .now { try await proveWritable(session) }
    }

    /// Waits a second before Redis is asked again for what it has refused.
    private func rest() async {
        let end = MonotonicInstant.now + Self.shortestWait
        while !isStopping, life.loss == nil, MonotonicInstant.now < end {
            await alarm.sleep(until: end, on: executor)
        }
    }

    /// Sleeps until the lock may be free.
    private func awaitChangeOfLock(_ session: WorkSession) async throws(RedisError) {
        stale.lock = false
        guard let holder = try await watchedHolder(session) else { return }
        var wait = Self.longestWait
        if let remaining = holder.remaining {
            wait = min(wait, max(.zero, remaining + .milliseconds(2)))
        } else {
            complaints.report(
                "the schedulers' lock never ends; if its holder is dead, delete the key",
                ["holder": "\(holder.value)", "key": "\(identity.key)"])
        }
        let end = MonotonicInstant.now + wait
        var look = tracking.isAnnounced ? end : MonotonicInstant.now + Self.shortestWait
        while !isStopping, !stale.lock, MonotonicInstant.now < end {
            await alarm.sleep(until: min(end, look, nextProof), on: executor)
            if let loss = life.loss { throw loss }
            try await proveWritableAgain(session)
            if look <= .now, look < end {
                look += Self.shortestWait
                if try await SchedulerLock.value(of: identity.key, session.control) != holder.value { return }
            }
        }
    }

    /// Reads the lock in such a way that Redis announces its next change.
    private func watchedHolder(_ session: WorkSession) async throws(RedisError) -> SchedulerLock.Holder? {
        var pipeline = RedisPipeline()
        tracking.appendCaching(to: &pipeline)
        SchedulerLock.appendHolder(of: identity.key, to: &pipeline)
        return SchedulerLock.Holder(try await session.control.sendChecked(pipeline).suffix(2))
    }

    /// Lets this scheduler lead on, and hears of it when somebody takes the lock away.
    ///
    /// - Returns: false when it leads no more.
    func renewLead(_ office: Office, _ session: WorkSession) async throws(RedisError) -> Bool {
        stale.lock = false
        office.renewal = MonotonicInstant.now + renewalInterval
        var pipeline = RedisPipeline()
        lock(on: session).appendRenewal(to: &pipeline)
        tracking.appendCaching(to: &pipeline)
        SchedulerLock.appendValue(of: identity.key, to: &pipeline)
        let replies = try await session.control.send(pipeline, passing: SchedulerCrashPoint.afterRenewalSent)
        if let refusal = replies.firstError { throw .refusal(refusal) }
        return replies[0].integer == 1
    }

    /// Gives the lead away.
    func release(_ session: WorkSession) async throws(RedisError) {
        guard statistics.isLeading else { return }
        SchedulerCrashPoint.pass(.beforeRelease)
        _ = try await lock(on: session).release()
        SchedulerCrashPoint.pass(.afterRelease)
        statistics.isLeading = false
        logger.notice("the lead is given away")
    }
}

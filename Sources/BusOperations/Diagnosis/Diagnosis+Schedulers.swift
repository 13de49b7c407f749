import BusProtocol
import BusWire
package import RedisConnection

extension Diagnosis {
    /// How many seconds something may be overdue: Ruby's schedulers look every five.
    private static let patience = 10

    /// Who moves what waits and fires what recurs, and whether that happens.
    package func schedulers() async throws(RedisError) -> [Finding] {
        let now = try await RedisClock(connection: connection).milliseconds / 1000
        return [
            try await leader(now: now), try await delayedOutsideOfSchedule(),
            try await heartbeat(now: now),
        ]
    }

    private func leader(now: Int) async throws(RedisError) -> Finding {
        let (name, lock) = ("Scheduler", scope.lock)
        let holder = try await SchedulerLock.holder(of: lock, connection)
        let waiting = try await connection.call("ZCARD", bus.delayedSchedule).integer ?? 0
        let overdue =
            try await connection.call("ZCOUNT", bus.delayedSchedule, "-inf", String(now - Self.patience)).integer ?? 0
        guard let holder else {
            let schedules = try await connection.call("HLEN", bus.persistentSchedules).integer ?? 0
            return Finding(
                name, waiting + schedules > 0 ? .problem : .warning,
                "Nobody holds \(lock); \(waiting) times of delayed events and retries wait, \(overdue) overdue, and "
                    + "\(schedules) schedules in Redis do not fire.",
                remedy: "busdriver run --roles driver,scheduler, or start resque-scheduler (rake resque:scheduler).")
        }
        guard holder.remaining != nil else {
            return Finding(
                name, .problem, "\(holder.value) holds \(lock) for ever: when it is gone, nobody takes over.",
                remedy: "If it no longer runs, DEL \(lock); otherwise EXPIRE \(lock) \(SchedulerLock.defaultSeconds).")
        }
        guard overdue == 0 else {
            return Finding(
                name, .warning,
                "\(holder.value) holds \(lock), but \(overdue) times are overdue by \(Self.patience) seconds.",
                remedy: "Look at the log of that scheduler; if it hangs, stop it and start another: "
                    + "busdriver run --roles driver,scheduler.")
        }
        let kind = holder.isRuby ? "resque-scheduler" : "busdriver"
        return Finding(name, .ok, "\(holder.value) (\(kind)) holds \(lock); \(waiting) times wait.")
    }

    private func delayedOutsideOfSchedule() async throws(RedisError) -> Finding {
        let name = "Delayed jobs"
        let orphans = try await DelayedQueue(connection: connection, bus: bus).orphans()
        guard !orphans.isEmpty else { return Finding(name, .ok, "All that waits is in \(bus.delayedSchedule).") }
        return Finding(
            name, .warning,
            "\(bus.delayedSchedule) lacks what clients died over: \(Self.enumeration(orphans.map(bus.delayed))).",
            remedy: "A scheduler of ours puts it there: busdriver run --roles driver,scheduler.")
    }

    private func heartbeat(now: Int) async throws(RedisError) -> Finding {
        let name = "Heartbeat"
        guard let text = try await connection.call("GET", bus.busHeartbeatTimestamp).string else {
            return Finding(name, .ok, "Nobody publishes heartbeat_minutes.")
        }
        guard let minute = Int(text) else {
            return Finding(
                name, .problem, "\(bus.busHeartbeatTimestamp) is no number, so no heartbeat is published.",
                remedy: "DEL \(bus.busHeartbeatTimestamp)")
        }
        let present = now / 60
        guard minute <= present + 1 else {
            return Finding(
                name, .problem,
                "\(bus.busHeartbeatTimestamp) is minute \(minute), and until then no heartbeat is published; now is minute "
                    + "\(present).",
                remedy: "See that the clocks are right, then DEL \(bus.busHeartbeatTimestamp).")
        }
        let age = present - max(minute, 0)
        guard age > 2 else { return Finding(name, .ok, "heartbeat_minutes is published each minute.") }
        return Finding(
            name, .warning, "The last heartbeat_minutes was published \(age) minutes ago.",
            remedy:
                "busdriver run --roles driver,scheduler; or, where nobody needs it, DEL \(bus.busHeartbeatTimestamp).")
    }
}

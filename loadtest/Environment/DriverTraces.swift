import BusProtocol
import BusWire
import Glibc
import RedisConnection

/// What drivers that a test started left behind in their bookkeeping, such as after a crash.
struct DriverTraces: Sendable {
    let connection: any RedisClient
    let bus: BusKeys
    /// The drivers.
    let processes: [pid_t]
    /// Bookkeeping keys that were there before.
    let present: Set<String>
    /// Others work in the database: then only what carries the name of one of the processes goes.
    let isShared: Bool

    /// Removes it. A list stays when it holds more than the test's own events.
    func remove(_ events: StampedElements) async throws(RedisError) {
        for key in try await KeySurvey(connection: connection, bus: bus).bookkeeping where !present.contains(key) {
            if try await connection.call("TYPE", key).string == "list" {
                try await events.remove(from: key)
            } else if !isShared || isOurs(key) {
                _ = try await connection.call("DEL", key)
            }
        }
        try await removeMembers("SMEMBERS", "SREM", bus.workers)
        try await removeMembers("HKEYS", "HDEL", bus.workerSigns)
        try await removeMembers("ZRANGE", "ZREM", bus.drivers)
    }

    private func removeMembers(_ reading: String, _ removing: String, _ key: String) async throws(RedisError) {
        let range = reading == "ZRANGE" ? ["0", "-1"] : []
        var pipeline = RedisPipeline()
        pipeline.append([reading, key] + range)
        let members = try await connection.sendChecked(pipeline)[0].elements.compactMap(\.string).filter(isOurs)
        guard !members.isEmpty else { return }
        pipeline.removeAll()
        pipeline.append([removing, key] + members)
        _ = try await connection.sendChecked(pipeline)
    }

    /// Drivers of both kinds are named `<host…>:<process>:…`.
    private func isOurs(_ name: String) -> Bool {
        name.contains(LocalHost.name) && processes.contains { name.contains(":\($0):") }
    }
}

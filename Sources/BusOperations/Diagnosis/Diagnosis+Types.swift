import BusProtocol
import BusWire
package import RedisConnection

extension Diagnosis {
    /// Whether the keys that everybody writes to have the type of value that everybody expects.
    ///
    /// - Parameter queues: where subscriptions lead.
    package func types(of queues: Set<String>) async throws(RedisError) -> [Finding] {
        let expected =
            [
                (bus.failed, "list", "what fails cannot be kept"),
                (bus.failedQueues, "set", "nobody finds what RedisMultiQueue keeps"),
                (bus.queues, "set", "nobody can push to a new queue"),
                (bus.apps, "set", "no event can be driven"), (bus.workers, "set", "no worker can start"),
                (bus.delayedSchedule, "zset", "nothing can wait for a time"),
                (bus.persistentSchedules, "hash", "no scheduler can read schedules from Redis"),
                (bus.schedulesChanged, "set", "no scheduler can read schedules from Redis"),
                (bus.scheduleFirings, "hash", "no schedule fires"), (bus.lastEnqueuedAt, "hash", "no schedule fires"),
                (bus.pausedSchedules, "set", "no schedule can be paused"),
                (bus.publishedSchedules, "hash", "nobody sees what the leader runs"),
            ] + queues.sorted().map { (bus.queue($0), "list", "copies for it end in failed") }
        var pipeline = RedisPipeline()
        for (key, _, _) in expected { pipeline.append("TYPE", key) }
        var findings: [Finding] = []
        for ((key, type, consequence), reply) in zip(expected, try await connection.sendChecked(pipeline)) {
            guard let found = reply.string, found != type, found != "none" else { continue }
            findings.append(
                Finding(
                    "Types of keys", .problem, "\(key) is a \(found), not a \(type): \(consequence).",
                    remedy: "See who wrote it, then RENAME \(key) \(key):wrong."))
        }
        guard findings.isEmpty else { return findings }
        return [
            Finding(
                "Types of keys", .ok, "The keys that everybody writes to have the right type, or are not there yet.")
        ]
    }
}

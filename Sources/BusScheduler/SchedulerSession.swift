import BusStore
import LibevExecutor
import Logging
import RedisConnection

/// The connections of one scheduler between two losses. Any loss ends the whole session.
struct SchedulerSession: Sendable {
    /// Lock, clock, schedules, heartbeat; change tracking hangs on it.
    let control: any RedisClient
    /// Moves delayed jobs, and has what it watches to itself.
    let work: any RedisClient
    /// Hears what changes.
    let changes: any ChangeFeed
    /// That connection's client id, to which tracking redirects.
    let changesID: Int
    let digests: ScriptDigests
    /// What to tell of the server in the log.
    let server: String

    /// Connects everything, and tries until it succeeds or the task is cancelled.
    ///
    /// - Throws: `RedisError` when the configuration can never work.
    static func open(
        _ configuration: SchedulerConfiguration, executor: LibevExecutor, logger: Logger
    ) async throws -> SchedulerSession {
        let opened = try await SessionConnections.open(
            configuration.redis, owner: "scheduler:\(configuration.processID)", roles: ["control", "work"],
            need: "a scheduler", scripts: Script.ofSchedulers, executor: executor, logger: logger)
        return SchedulerSession(
            control: opened.clients[0], work: opened.clients[1], changes: opened.changes,
            changesID: opened.changesID, digests: opened.digests, server: opened.server)
    }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
        control.onLoss(body)
        work.onLoss(body)
        changes.onLoss(body)
    }

    func close() async {
        await control.close()
        await work.close()
        await changes.close()
    }
}

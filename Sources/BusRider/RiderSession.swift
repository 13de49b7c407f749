import BusStore
import LibevExecutor
import Logging
import RedisConnection

/// The connections of one rider between two losses. Any loss ends the whole session; jobs in hand go on meanwhile.
struct RiderSession: Sendable {
    /// Heartbeats, counters of attempts, recovery, what resque-web shows; change tracking hangs on it.
    let control: any RedisClient
    /// Claims and settlements.
    let work: any RedisClient
    /// Hears when a queue gets a job.
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
        _ configuration: RiderConfiguration, executor: LibevExecutor, logger: Logger
    ) async throws -> RiderSession {
        let opened = try await SessionConnections.open(
            configuration.redis, owner: "rider:\(configuration.processID)", roles: ["control", "work"],
            need: "a rider", scripts: Script.ofRiders, executor: executor, logger: logger)
        return RiderSession(
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

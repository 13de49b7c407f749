package import BusProtocol
import BusSession
import LibevExecutor
import Logging
package import RedisConnection

/// The connections of one driver between two losses.
package struct DriverSession: ControlledConnections {
    /// Registration, renewals, subscriptions, recovery; change tracking hangs on it.
    package let control: any RedisClient
    /// Claims and commits alternate on these two.
    let lanes: [any RedisClient]
    /// Waits in a blocking peek.
    let doorbell: any RedisClient
    /// Hears changes of subscriptions, and our own barriers.
    package let changes: any ChangeFeed
    /// That connection's client id, to which tracking redirects; nil where the user may not ask for it.
    package let changesID: Int?
    let digests: ScriptDigests
    /// What to tell of the server in the log.
    let server: String

    /// Connects everything, and tries until it succeeds or the task is cancelled.
    ///
    /// - Parameter inspection: of the server; nil where somebody else has seen to that.
    /// - Throws: `RedisError` when the configuration can never work.
    static func open(
        _ configuration: DriverConfiguration, inspection: ServerInspection? = nil, executor: LibevExecutor,
        logger: Logger
    ) async throws -> DriverSession {
        let opened = try await SessionConnections.open(
            configuration.redis, owner: "busdriver:\(configuration.queue):\(configuration.processID)",
            roles: ["control", "lane-1", "lane-2", "doorbell"], need: "a driver", inspection: inspection,
            scripts: Script.ofDrivers, executor: executor, logger: logger)
        return DriverSession(
            control: opened.clients[0], lanes: Array(opened.clients[1...2]), doorbell: opened.clients[3],
            changes: opened.changes, changesID: opened.changesID, digests: opened.digests, server: opened.server)
    }

    /// Every connection but the feed; the loss of one ends the session.
    var clients: [any RedisClient] { lanes + [control, doorbell] }

    package func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
        for client in clients { client.onLoss(body) }
        changes.onLoss(body)
    }

    package func close() async {
        for client in clients { await client.close() }
        await changes.close()
    }
}

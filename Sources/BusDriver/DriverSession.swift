import BusStore
import LibevExecutor
import Logging
import RedisConnection

/// The connections of one driver between two losses. Any loss ends the whole session: a connection's fences live in it, so
/// nothing is ever sent again on another one (protocol.md §2.4).
struct DriverSession: Sendable {
    /// Registration, heartbeats, subscriptions, recovery; change tracking hangs on it.
    let control: any RedisClient
    /// Claims and commits alternate on these two.
    let lanes: [any RedisClient]
    /// Waits in a blocking peek.
    let doorbell: any RedisClient
    /// Hears changes of subscriptions, and our own barriers.
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
        _ configuration: DriverConfiguration, executor: LibevExecutor, logger: Logger
    ) async throws -> DriverSession {
        func named(_ role: String) -> RedisConfiguration {
            var redis = configuration.redis
            redis.clientName = "busdriver:\(configuration.queue):\(configuration.processID):\(role)"
            redis.idlePing = nil  // the heartbeat proves that Redis is there, and an idle driver should cost it nothing
            redis.longestString = DriverCommands.mostEventBytes + (1 << 20)
            return redis
        }
        let connections = ["control", "lane-1", "lane-2", "doorbell"].map {
            RedisConnection(configuration: named($0), executor: executor, logger: logger)
        }
        let changes = RedisSubscriber(configuration: named("changes"), executor: executor, logger: logger)
        do {
            let server = try await connections[0].connectRetrying { server throws(RedisError) in
                guard server.role == .master else {
                    throw RedisError(.unreachable, "it is a \(server.role), and a driver needs the master")
                }
            }
            // All at once: while connections break often, a short way back is what makes progress.
            async let changesID = changes.connect().clientID
            try await withThrowingTaskGroup { group in
                for connection in connections.dropFirst() { group.addTask { _ = try await connection.connect() } }
                try await group.waitForAll()
            }
            return DriverSession(
                control: connections[0], lanes: Array(connections[1...2]), doorbell: connections[3], changes: changes,
                changesID: try await changesID,
                digests: try await ScriptDigests(Script.ofDrivers, loadingOn: connections[0]),
                server: "Redis \(server.version) at \(configuration.redis.endpoint)")
        } catch {
            for connection in connections { await connection.close() }
            await changes.close()
            throw error
        }
    }

    /// Every connection but the feed; the loss of one ends the session.
    var clients: [any RedisClient] { lanes + [control, doorbell] }

    func close() async {
        for client in clients { await client.close() }
        await changes.close()
    }
}

package import BusProtocol
package import LibevExecutor
package import Logging
package import RedisConnection

/// The connections that a driver or a rider keeps between two losses, any of which ends them all.
package struct SessionConnections: Sendable {
    /// One for each role, in the order asked for.
    package let clients: [any RedisClient]
    /// Hears what the first of `clients` has Redis announce.
    package let changes: any ChangeFeed
    /// That connection's client id, to which tracking redirects; nil where the user may not ask for it.
    package let changesID: Int?
    package let digests: ScriptDigests
    /// What to tell of the server in the log.
    package let server: String

    /// Connects everything, once: whoever keeps the session tries again, and says why.
    ///
    /// - Parameters:
    ///   - redis: where Redis is.
    ///   - owner: what a client name begins with.
    ///   - roles: what the client names end with, the one that loads the scripts first.
    ///   - need: for a server that is no master: who needs one.
    ///   - inspection: of the server; nil where somebody else has seen to that.
    ///   - scripts: those that will be called.
    /// - Throws: `RedisError`, whatever went wrong first.
    package static func open(
        _ redis: RedisConfiguration, owner: String, roles: [String], need: String, inspection: ServerInspection? = nil,
        scripts: [Script], executor: LibevExecutor, logger: Logger
    ) async throws -> SessionConnections {
        func named(_ role: String) -> RedisConfiguration {
            var redis = redis
            redis.clientName = "\(owner):\(role)"
            redis.idlePing = nil  // renewals prove that Redis is there; idle drivers cost it nothing
            redis.longestString = BatchLimits.mostElementBytes + (1 << 20)
            return redis
        }
        let connections = roles.map {
            RedisConnection(configuration: named($0), executor: executor, logger: logger)
        }
        let changes = RedisSubscriber(configuration: named("changes"), executor: executor, logger: logger)
        do {
            let server = try await connections[0].connect()
            if server.role != .replica, let obstacle = try await ServerObstacle.role(of: server, connections[0]) {
                throw obstacle.error
            }
            guard server.role == .master else {
                throw RedisError(.notMaster, "it is a \(server.role), and \(need) needs the master")
            }
            try await inspection?.pass(connections[0])
            // All at once: while connections break often, a short way back is what makes progress.
            async let changesID = changes.connect().clientID
            try await withThrowingTaskGroup { group in
                for connection in connections.dropFirst() { group.addTask { _ = try await connection.connect() } }
                try await group.waitForAll()
            }
            return SessionConnections(
                clients: connections, changes: changes, changesID: try await changesID,
                digests: try await ScriptDigests(scripts, loadingOn: connections[0]),
                server: "\(server.name) at \(redis.endpoint)")
        } catch {
            for connection in connections { await connection.close() }
            await changes.close()
            throw error
        }
    }
}

package import BusProtocol
package import LibevExecutor
package import Logging
package import RedisConnection

/// The connections of one rider or one scheduler between two losses.
package struct WorkSession: ControlledConnections {
    /// Lease or lock, the clock, and what others are to see; change tracking hangs on it.
    package let control: any RedisClient
    /// Claims and settlements, or promotions: what it watches is its own.
    package let work: any RedisClient
    /// Hears what the other two do not ask for.
    package let changes: any ChangeFeed
    /// That connection's client id, to which tracking redirects; nil where the user may not ask for it.
    package let changesID: Int?
    package let digests: ScriptDigests
    /// What to tell of the server in the log.
    package let server: String

    /// Connects everything, once.
    ///
    /// - Parameters: as ``SessionConnections/open(_:owner:roles:need:inspection:scripts:executor:logger:)`` has them.
    /// - Throws: `RedisError`, whatever went wrong first.
    package static func open(
        _ redis: RedisConfiguration, owner: String, need: String, inspection: ServerInspection? = nil,
        scripts: [Script],
        executor: LibevExecutor, logger: Logger
    ) async throws -> WorkSession {
        let opened = try await SessionConnections.open(
            redis, owner: owner, roles: ["control", "work"], need: need, inspection: inspection,
            scripts: scripts, executor: executor, logger: logger)
        return WorkSession(
            control: opened.clients[0], work: opened.clients[1], changes: opened.changes,
            changesID: opened.changesID, digests: opened.digests, server: opened.server)
    }

    package func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
        control.onLoss(body)
        work.onLoss(body)
        changes.onLoss(body)
    }

    package func close() async {
        await control.close()
        await work.close()
        await changes.close()
    }
}

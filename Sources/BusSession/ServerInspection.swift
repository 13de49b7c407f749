package import BusProtocol
package import BusWire
package import Logging
package import RedisConnection
import Synchronization

/// Keeps a role from beginning on a server that may throw events away, or on a cluster that spreads the keys of one
/// command.
///
/// A role asks by itself, before its first session, so that whoever embeds one has that promise too. Whoever runs
/// several roles in a process may ask for all of them.
package final class ServerInspection: Sendable {
    private let bus: BusKeys
    private let logger: Logger
    private let isPassed = Atomic(false)

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - logger: warned when the user may not ask what Redis does when its memory is full.
    package init(bus: BusKeys, logger: Logger) {
        self.bus = bus
        self.logger = logger
    }

    /// Asks the server, unless it has passed before: a role that has begun goes on.
    ///
    /// - Parameter connection: to a master.
    /// - Throws: `RedisError` with code `configuration` for a server that must not be used; when the connection is
    ///   lost, or Redis is in a state that passes.
    package func pass(_ connection: any RedisClient) async throws(RedisError) {
        guard !isPassed.load(ordering: .relaxed) else { return }
        if let obstacle = try await ServerObstacle.cluster(connection, bus: bus) { throw obstacle.error }
        try await refuseEviction(connection)
        isPassed.store(true, ordering: .relaxed)
    }

    private func refuseEviction(_ connection: any RedisClient) async throws(RedisError) {
        let report: ServerReport
        do throws(RedisError) {
            report = try await ServerReport(connection: connection)
        } catch {
            guard error.isLastingRefusal else { throw error }
            logger.warning("maxmemory-policy cannot be read; see that it is noeviction or volatile-*")
            return
        }
        if let obstacle = ServerObstacle(report: report) { throw obstacle.error }
    }
}

extension RedisError {
    /// Redis refused, and will again until somebody changes something.
    package var isLastingRefusal: Bool {
        if case .reply(let reply) = code { !reply.isPassing } else { false }
    }
}

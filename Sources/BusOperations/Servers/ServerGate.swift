import BusProtocol
import BusSession
package import BusWire
package import LibevExecutor
package import Logging
package import RedisConnection

/// Lets nobody work on a Redis that may throw events away or cannot serve, and waits for one that is away.
package struct ServerGate: Sendable {
    private let redis: RedisConfiguration
    private let keys: BusKeys
    private let queues: [String]
    private let waits: Bool
    private let executor: LibevExecutor
    private let logger: Logger
    private let inspection: ServerInspection

    /// Where Ruby publishes.
    private static let publishQueue = "bus_incoming"

    /// - Parameters:
    ///   - redis: where Redis is.
    ///   - keys: the namespace.
    ///   - queues: what the drivers of this process drive; none without a driver.
    ///   - waits: whether to wait for a Redis that is away, for the password that it takes, and for a master. A drain
    ///     does not.
    ///   - logger: told what is waited for, and what can hardly be meant.
    package init(
        redis: RedisConfiguration, keys: BusKeys, queues: [String], waits: Bool, executor: LibevExecutor, logger: Logger
    ) {
        self.redis = redis
        self.keys = keys
        self.queues = queues
        self.waits = waits
        self.executor = executor
        self.logger = logger
        inspection = ServerInspection(bus: keys, logger: logger)
    }

    /// Returns when everybody may begin.
    ///
    /// - Throws: `RedisError` with code `configuration`, or with any other when it does not wait; when the task was
    ///   cancelled, with code `closed` and with what was waited for as the underlying error.
    package func pass() async throws {
        guard waits else { return try await passAtOnce() }
        let connection = RedisConnection(configuration: redis, executor: executor, logger: logger)
        var standstill = Standstill(logger)
        while let failure = try await obstacle(on: connection) {
            standstill.met(failure)
            do {
                try await Task.sleep(for: .seconds(1))
            } catch {
                throw RedisError(.closed, "Waiting for Redis was given up.", underlying: failure)
            }
        }
        standstill.ended()
        await connection.close()
    }

    private func passAtOnce() async throws(RedisError) {
        let connection = RedisConnection(
            configuration: redis.forOneShot(), executor: executor, logger: logger)
        let server = try await connection.connect()
        if let obstacle = try await ServerObstacle.role(of: server, connection) { throw obstacle.error }
        try await inspect(connection)
        await connection.close()
    }

    /// What keeps from going on for now; nil if nothing does.
    private func obstacle(on connection: RedisConnection) async throws(RedisError) -> RedisError? {
        _ = try await connection.connectRetrying()
        do throws(RedisError) {
            try await inspect(connection)
            return nil
        } catch {
            if error.code == .configuration { throw error }
            return error
        }
    }

    private func inspect(_ connection: RedisConnection) async throws(RedisError) {
        try await inspection.pass(connection)
        try await warnAboutDefaultQueue(connection)
    }

    private func warnAboutDefaultQueue(_ connection: RedisConnection) async throws(RedisError) {
        let name = Self.publishQueue
        guard !queues.isEmpty, !queues.contains(name) else { return }
        let drivers: IncomingDrivers
        do {
            drivers = try await IncomingDrivers(connection: connection, bus: keys)
        } catch {
            guard error.isLastingRefusal else { throw error }
            return
        }
        guard drivers.driving(name).isEmpty else { return }
        logger.warning(
            "nobody drives the list where Ruby publishes by default; add it by --incoming unless that is meant",
            metadata: ["incoming": "\(name)"])
    }
}

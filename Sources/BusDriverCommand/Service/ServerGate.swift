import BusOperations
import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// Lets nobody work on a Redis that may throw events away or cannot serve, and waits for one that is away.
struct ServerGate: Sendable {
    let redis: RedisConfiguration
    let keys: BusKeys
    /// What the drivers of this process drive; none without a driver.
    let queues: [String]
    /// Whether to wait for a Redis that is away, for the password that it takes, and for a master. A drain does not.
    let waits: Bool
    let executor: LibevExecutor
    let logger: Logger

    /// Where Ruby publishes.
    private static let publishQueue = "bus_incoming"

    /// - Throws: `RedisError` with code `configuration`, or with any other when it does not wait; when the task was cancelled,
    ///   with code `closed` and with what was waited for as the underlying error.
    func pass() async throws {
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
        if let obstacle = try await ServerObstacle.cluster(connection, bus: keys) { throw obstacle.error }
        try await refuseEviction(connection)
        try await warnAboutDefaultQueue(connection)
    }

    private func refuseEviction(_ connection: RedisConnection) async throws(RedisError) {
        let report: ServerReport
        do {
            report = try await ServerReport(connection: connection)
        } catch {
            guard error.isLastingRefusal else { throw error }
            logger.warning("maxmemory-policy cannot be read; see that it is noeviction or volatile-*")
            return
        }
        if let obstacle = ServerObstacle(report: report) { throw obstacle.error }
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
            "nobody drives \(name), where Ruby publishes by default; add --incoming \(name) unless that is meant")
    }
}

extension RedisError {
    /// Redis refused, and will again until somebody changes something.
    fileprivate var isLastingRefusal: Bool {
        if case .reply(let reply) = code { !reply.isPassing } else { false }
    }
}

import BusStore
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// Waits for Redis, and lets nobody work on one that may throw events away.
struct ServerGate: Sendable {
    let redis: RedisConfiguration
    let keys: BusKeys
    /// What the drivers of this process drive; none without a driver.
    let queues: [String]
    let executor: LibevExecutor
    let logger: Logger

    /// Where Ruby publishes.
    private static let publishQueue = "bus_incoming"

    /// - Throws: `RedisError` with code `configuration`; anything else when the task was cancelled.
    func pass() async throws {
        let connection = RedisConnection(configuration: redis, executor: executor, logger: logger)
        while let reason = try await obstacle(on: connection) {
            logger.warning("Redis cannot be asked yet", metadata: ["reason": "\(reason)"])
            try await Task.sleep(for: .seconds(1))
        }
        await connection.close()
    }

    /// What keeps from going on for now; nil if nothing does.
    private func obstacle(on connection: RedisConnection) async throws(RedisError) -> String? {
        _ = try await connection.connectRetrying()
        do throws(RedisError) {
            try await refuseEviction(connection)
            try await warnAboutDefaultQueue(connection)
            return nil
        } catch {
            if error.code == .configuration { throw error }
            return error.message
        }
    }

    private func refuseEviction(_ connection: RedisConnection) async throws(RedisError) {
        let report: ServerReport
        do {
            report = try await ServerReport(connection: connection)
        } catch {
            guard case .reply(let reply) = error.code, reply.kind == .noPermission else { throw error }
            logger.warning("maxmemory-policy cannot be read; see that it is noeviction or volatile-*")
            return
        }
        guard report.evictsEvents else { return }
        throw RedisError(
            .configuration,
            "maxmemory-policy is \(report.evictionPolicy): when memory is full Redis would throw events away. "
                + "CONFIG SET maxmemory-policy noeviction, and the same line in redis.conf.")
    }

    private func warnAboutDefaultQueue(_ connection: RedisConnection) async throws(RedisError) {
        let name = Self.publishQueue
        guard !queues.isEmpty, !queues.contains(name) else { return }
        let drivers = try await IncomingDrivers(connection: connection, bus: keys)
        guard drivers.driving(name).isEmpty else { return }
        logger.warning(
            "nobody drives \(name), where Ruby publishes by default; add --incoming \(name) unless that is meant")
    }
}

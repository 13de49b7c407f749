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

    /// - Throws: `RedisError` with code `configuration`; when the task was cancelled, with code `closed` and with what was waited
    ///   for as the underlying error.
    func pass() async throws {
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

    /// What keeps from going on for now; nil if nothing does.
    private func obstacle(on connection: RedisConnection) async throws(RedisError) -> RedisError? {
        _ = try await connection.connectRetrying()
        do throws(RedisError) {
            try await refuseEviction(connection)
            try await warnAboutDefaultQueue(connection)
            return nil
        } catch {
            if error.code == .configuration { throw error }
            return error
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

import ArgumentParser
import BusProtocol
import BusWire
import CommandInterface
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import ResqueBus

/// What a command that runs once works with: one connection to Redis, made and closed for it.
struct Session: Sendable {
    let connection: RedisConnection
    /// The loop of its connections.
    let executor: LibevExecutor
    let server: RedisServerInfo
    let keys: BusKeys

    /// Seconds since 1970, on Redis' clock.
    func now() async throws(RedisError) -> Int {
        try await RedisClock(connection: connection).milliseconds / 1000
    }

    /// A second connection to the same server, for blocking commands. The caller closes it.
    func connectAgain() async throws(RedisError) -> RedisConnection {
        let other = RedisConnection(
            configuration: connection.configuration, executor: executor, logger: LogFormat.text.logger(level: .error))
        _ = try await other.connect()
        return other
    }

    /// The bus as an application has it, on this connection.
    ///
    /// - Parameter incoming: the queue that the driver takes events from.
    func bus(incoming: String = "bus_incoming") -> Bus {
        var configuration = BusConfiguration(redis: connection.configuration)
        configuration.namespace = keys.namespace
        configuration.incoming = incoming
        return Bus(configuration, on: connection)
    }

    /// The schedules in Redis.
    var schedules: ScheduleRegistry { ScheduleRegistry(connection: connection, bus: keys) }

    /// The key of the lock of the schedulers that have this environment.
    var schedulerLock: String {
        let prefix = ProcessInfo.processInfo.environment["RESQUE_SCHEDULER_MASTER_LOCK_PREFIX"]
        return keys.schedulerLock(prefix: prefix ?? "")
    }
}

extension RedisOptions {
    /// Runs `body` with a connection. What fails is said in one sentence on standard error.
    ///
    /// - Parameter diagnoses: whether `body` has a word to say about what is no master.
    /// - Throws: `ExitCode`: 69 when Redis cannot be reached or cannot work for now, 78 when somebody must change
    ///   something first, 1 else.
    func withSession(diagnoses: Bool = false, _ body: (Session) async throws -> Void) async throws {
        let executor = LibevExecutor(name: "busdriver")
        defer { executor.stop() }
        try await Complaint.onFailure {
            var configuration = try configuration().forOneShot()
            configuration.clientName = "busdriver"
            configuration.needsRole = !diagnoses
            let connection = RedisConnection(
                configuration: configuration, executor: executor, logger: LogFormat.text.logger(level: .error))
            let server = try await connection.connect()
            if !diagnoses, server.role != .replica,
                let obstacle = try await ServerObstacle.role(of: server, connection)
            {
                throw obstacle.error
            }
            try await body(
                Session(
                    connection: connection, executor: executor, server: server, keys: keys(for: configuration)))
            await connection.close()
        }
    }
}

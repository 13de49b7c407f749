import ArgumentParser
import BusProtocol
import BusSession
import BusWire
import CommandInterface
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
}

extension RedisOptions {
    /// Runs `body` with a connection. What fails is said in one sentence on standard error.
    ///
    /// - Parameter diagnoses: whether `body` has a word to say about what is no master.
    /// - Throws: `ExitCode`: 69 when Redis cannot be reached or cannot work for now, 78 when somebody must change something
    ///   first, 1 else.
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

    /// Runs `body` with a bus, as an application has it.
    ///
    /// - Throws: `ExitCode` as ``withSession(_:)``.
    func withBus(incoming: String? = nil, _ body: (Bus) async throws -> Void) async throws {
        try await Complaint.onFailure {
            let redis = try configuration().forOneShot()
            var configuration = BusConfiguration(redis: redis)
            configuration.namespace = keys(for: redis).namespace
            if let incoming { configuration.incoming = incoming }
            let bus = Bus(configuration)
            try await body(bus)
            await bus.close()
        }
    }
}

import BusWire
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport

/// A connection of ours and a raw one to a Redis of its own.
final class StoreBench {
    let server: RedisServer
    let raw: RawRedis
    let connection: RedisConnection
    let bus = BusKeys()
    let info: RedisServerInfo
    private let executor = LibevExecutor(name: "store-bench")

    convenience init(config: [String] = []) async throws {
        try await self.init(server: RedisServer(config: config))
    }

    /// Further connections to a server.
    init(server: RedisServer) async throws {
        self.server = server
        raw = try server.connect()
        connection = RedisConnection(
            configuration: RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url)),
            executor: executor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        info = try await connection.connect()
    }

    /// An open connection would hold its loop.
    deinit {
        Task { [connection, executor] in
            await connection.close()
            executor.stop()
        }
    }
}

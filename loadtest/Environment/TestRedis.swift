import CommandInterface
import LibevExecutor
import Logging
import PrivateRedis
import RedisConnection

/// The Redis of a test: the one that the user named, or a private one that ends with the test.
struct TestRedis: Sendable {
    var configuration: RedisConfiguration
    /// As drivers are told it, with the password that the user wrote into it.
    let url: String
    private let server: PrivateRedis?

    /// - Parameter url: nil starts a private server.
    /// - Throws: `RedisError` with code `configuration`, `PrivateRedisError`, `TemporaryFolderError`.
    static func open(url: String?, executor: LibevExecutor) async throws -> TestRedis {
        if let url {
            return TestRedis(configuration: try RedisConfiguration(url: url), url: url, server: nil)
        }
        let server = try await PrivateRedis.startTemporary(executor: executor)
        return TestRedis(
            configuration: RedisConfiguration(endpoint: server.endpoint), url: server.endpoint.description,
            server: server)
    }

    /// Started by this test for itself.
    var isPrivate: Bool { server != nil }

    /// A new connection that does not speak up by itself.
    func connect(executor: LibevExecutor) async throws(RedisError) -> RedisConnection {
        var configuration = configuration.forOneShot()
        configuration.clientName = "loadtest"
        let connection = RedisConnection(
            configuration: configuration, executor: executor,
            logger: Logger(label: "loadtest") { _ in SwiftLogNoOpLogHandler() })
        _ = try await connection.connect()
        return connection
    }

    /// Ends a private server and removes its folder; leaves any other alone.
    func stop() async {
        await server?.stop()
    }
}

import LibevExecutor
import Logging
import RedisTestSupport

@testable import RedisConnection

extension RedisServer {
    var endpoint: RedisEndpoint { RedisEndpoint(address: .unix(path: socketPath)) }

    /// Connects as the library does.
    func connect(on executor: LibevExecutor, configure: (inout RedisConfiguration) -> Void = { _ in }) async throws
        -> RedisConnection
    {
        var configuration = RedisConfiguration(endpoint: endpoint)
        configuration.backoff = ReconnectBackoff(base: .milliseconds(10), cap: .milliseconds(20))
        configure(&configuration)
        let connection = RedisConnection(configuration: configuration, executor: executor, logger: .silent)
        _ = try await connection.connectRetrying()
        return connection
    }
}

extension Logger {
    static var silent: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}

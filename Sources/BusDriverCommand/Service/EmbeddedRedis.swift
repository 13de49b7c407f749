import CommandInterface
import Foundation
import LibevExecutor
import Logging
import PrivateRedis
import RedisConnection

/// The private Redis of `busdriver run --embedded-redis`.
struct EmbeddedRedis: Sendable {
    private let server: PrivateRedis

    /// Starts a server and returns when it listens.
    ///
    /// - Parameter directory: made if need be; holds the data, the log and the socket.
    /// - Throws: `PrivateRedisError`.
    static func start(in directory: String, executor: LibevExecutor, logger: Logger) async throws -> EmbeddedRedis {
        let server = try await PrivateRedis.start(in: directory, executor: executor, logger: logger)
        logger.notice(
            "started a private Redis; reach it by --redis", metadata: ["endpoint": "\(server.endpoint)"])
        return EmbeddedRedis(server: server)
    }

    /// Where it listens.
    var endpoint: RedisEndpoint { server.endpoint }

    /// Ends the server, which writes its file out first, and waits for it.
    func stop() async {
        await server.stop()
    }

    /// Waits for the server to end by itself, and then ends this process too. Cancel it before ``stop()``.
    ///
    /// - Parameter tidyUp: called before that.
    func endWithServer(tidyUp: () -> Void) async {
        await server.waitUntilEnd()
        guard !Task.isCancelled else { return }
        tidyUp()
        StandardError.write("busdriver: the private Redis has ended; the redis.log beside its data says why.\n")
        exit(1)
    }
}

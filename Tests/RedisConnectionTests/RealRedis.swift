import Glibc
import LibevExecutor
import Logging

@testable import RedisConnection

/// A redis-server of the test's own, on a unix socket in a folder that is removed with it.
final class RealRedis {
    private let process: pid_t
    private let folder: String
    let endpoint: RedisEndpoint

    init(options: [String] = []) throws {
        var template = Array("/tmp/redis-connection-test-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
        let path = folder + "/redis.sock"
        endpoint = RedisEndpoint(address: .unix(path: path))

        let words = ["redis-server", "--port", "0", "--unixsocket", path, "--save", "", "--dir", folder] + options
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, folder + "/log", O_WRONLY | O_CREAT, 0o600)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var process = pid_t()
        let status = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ)
        guard status == 0 else { throw RedisError(.unreachable, "redis-server is not installed.") }
        self.process = process
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        for name in ["log", "redis.sock"] { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    /// Connects once the server accepts connections.
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

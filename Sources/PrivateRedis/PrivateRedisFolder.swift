import Foundation
import LibevExecutor
import Logging
import RedisConnection

/// Where a private server has its files.
struct PrivateRedisFolder {
    let path: String
    var log: String { path + "/redis.log" }
    var endpoint: RedisEndpoint { RedisEndpoint(address: .unix(path: socket)) }
    private var socket: String { path + "/redis.sock" }

    private static let longestSocket = 103

    init(_ path: String) throws(PrivateRedisError) {
        self.path = path
        guard socket.utf8.count <= Self.longestSocket else { throw .pathTooLong(directory: path) }
    }

    /// What Redis and this program put there, of any version.
    private static let ownNames = [
        "redis.log", "redis.sock", "appendonlydir", "appendonly.aof", "dump.rdb", "busdriver.log",
    ]

    /// The exit code by which the shell says that there is no such program.
    static let notFound: Int32 = 127

    /// The server without a word about what it keeps. Nobody else may read its files: the shell sets the mask for that.
    var command: [String] {
        [
            "sh", "-c", #"umask 077; exec "$@""#, "private-redis",
            "redis-server", "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", path,
            "--logfile", log, "--save", "", "--maxmemory-policy", "noeviction",
        ]
    }

    var hasSocket: Bool { FileManager.default.fileExists(atPath: socket) }

    var lastLogLine: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? ""
    }

    /// Makes the folder, or makes sure that one which is there is this user's alone.
    func make() throws(PrivateRedisError) {
        try PrivateFolder(path).make(ownNames: Self.ownNames)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    func removeSocket() {
        try? FileManager.default.removeItem(atPath: socket)
    }

    /// Two servers on one append-only file would ruin it. One that is just ending is waited for.
    func refuseNeighbour(executor: LibevExecutor, logger: Logger) async throws {
        for _ in 0..<50 {
            let connection = RedisConnection(
                configuration: RedisConfiguration(endpoint: endpoint, connectTimeout: .milliseconds(500)),
                executor: executor, logger: logger)
            do {
                _ = try await connection.connect()
            } catch  where error.code == .unreachable {
                return
            } catch {
                // Something listens, such as a server that is loading or ending.
            }
            await connection.close()
            try await Task.sleep(for: .milliseconds(100))
        }
        throw PrivateRedisError.occupied(directory: path)
    }
}

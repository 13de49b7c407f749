import Foundation
import GuardedProcess
import LibevExecutor
import Logging
import RedisConnection

/// A private redis-server on a unix socket, with an append-only file in a directory of its own. It ends with this process.
struct EmbeddedRedis: Sendable {
    /// Where it listens.
    let endpoint: RedisEndpoint
    private let process: GuardedProcess

    /// Starts a server and returns when it listens.
    ///
    /// - Parameter directory: made if need be; holds the data, the log and the socket.
    /// - Throws: `Complaint` that says what to do.
    static func start(in directory: String, executor: LibevExecutor, logger: Logger) async throws -> EmbeddedRedis {
        let base = URL(fileURLWithPath: directory).standardizedFileURL.path
        let socket = base + "/redis.sock"
        guard socket.utf8.count < 104 else {
            throw Complaint(
                "\(base) is too long a path for a socket; choose a shorter --embedded-redis.", code: .configuration)
        }
        do {
            try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
        } catch {
            throw Complaint("\(base) cannot be made: \(error.localizedDescription)", code: .configuration)
        }
        let endpoint = RedisEndpoint(address: .unix(path: socket))
        try await refuseNeighbour(at: endpoint, directory: base, executor: executor, logger: logger)
        try? FileManager.default.removeItem(atPath: socket)
        let words = [
            "redis-server", "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", base,
            "--logfile", base + "/redis.log", "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
            "--maxmemory-policy", "noeviction",
        ]
        let server = EmbeddedRedis(endpoint: endpoint, process: try GuardedProcess(words, executor: executor))
        try await server.waitUntilListening(socket, log: base + "/redis.log")
        logger.notice("started a private Redis; reach it by --redis unix://\(socket)")
        return server
    }

    /// Ends the server, which writes its file out first, and waits for it.
    func stop() async {
        process.stop()
        await process.waitUntilEnd()
    }

    /// Waits for the server to end by itself, and then ends this process too. Cancel it before ``stop()``.
    func endWithServer() async {
        await process.waitUntilEnd()
        guard !Task.isCancelled else { return }
        StandardError.write("busdriver: the private Redis has ended; the redis.log beside its data says why.\n")
        exit(1)
    }

    private func waitUntilListening(_ socket: String, log: String) async throws {
        for _ in 0..<500 {
            if FileManager.default.fileExists(atPath: socket) { return }
            guard process.status == nil else { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        let status = process.status
        await stop()
        throw Complaint(
            status == 127
                ? "redis-server is not installed; apt-get install redis-server."
                : "The private Redis does not start; \(log) says why.", code: .configuration)
    }

    /// Two servers on one append-only file would ruin it. One that is just ending is waited for.
    private static func refuseNeighbour(
        at endpoint: RedisEndpoint, directory: String, executor: LibevExecutor, logger: Logger
    ) async throws {
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
        throw Complaint(
            "\(directory) belongs to another busdriver that runs; choose another directory.", code: .configuration)
    }
}

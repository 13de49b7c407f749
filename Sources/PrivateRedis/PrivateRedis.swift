package import Foundation
import GuardedProcess
package import LibevExecutor
package import Logging
package import RedisConnection

/// A redis-server of this process' own, on a unix socket in a folder of its own. It ends with this process.
package struct PrivateRedis: Sendable {
    /// Where it listens.
    package var endpoint: RedisEndpoint { folder.endpoint }
    private let folder: PrivateRedisFolder
    private let isTemporary: Bool
    private let process: GuardedProcess

    /// Starts a server that keeps its data in an append-only file, and returns when it listens.
    ///
    /// - Parameter directory: made if need be; holds the data, the log and the socket, which only this user may read.
    /// - Throws: ``PrivateRedisError``.
    package static func start(
        in directory: String, executor: LibevExecutor, logger: Logger
    ) async throws -> PrivateRedis {
        let base = URL(fileURLWithPath: directory).standardizedFileURL.path
        let folder = try PrivateRedisFolder(base)
        try folder.make()
        try await folder.refuseNeighbour(executor: executor, logger: logger)
        folder.removeSocket()
        let server = try PrivateRedis(folder, isTemporary: false) {
            try GuardedProcess(
                folder.command + ["--appendonly", "yes", "--appendfsync", "everysec"], executor: executor)
        }
        try await server.waitUntilListening()
        return server
    }

    /// Starts a server that keeps nothing, in a folder that goes with it, and returns when it listens.
    ///
    /// - Throws: ``PrivateRedisError``, `TemporaryFolderError`.
    package static func startTemporary(executor: LibevExecutor) async throws -> PrivateRedis {
        let path = try TemporaryFolder.make("redis")
        do {
            let folder = try PrivateRedisFolder(path)
            let server = try PrivateRedis(folder, isTemporary: true) {
                try GuardedProcess(
                    folder.command + ["--appendonly", "no"], patience: .seconds(5), removing: folder.path,
                    executor: executor)
            }
            try await server.waitUntilListening()
            return server
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    private init(_ folder: PrivateRedisFolder, isTemporary: Bool, _ start: () throws -> GuardedProcess) rethrows {
        self.folder = folder
        self.isTemporary = isTemporary
        process = try start()
    }

    /// The server's process id.
    package var processID: pid_t { process.id }

    /// Ends the server, which writes its file out first, and waits for it.
    package func stop() async {
        process.stop()
        await process.waitUntilEnd()
        if isTemporary { folder.remove() }
    }

    /// Returns when the server has ended.
    package func waitUntilEnd() async {
        await process.waitUntilEnd()
    }

    private func waitUntilListening() async throws {
        for _ in 0..<500 {
            if folder.hasSocket { return }
            guard process.status == nil else { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        process.stop()
        await process.waitUntilEnd()
        if process.status == PrivateRedisFolder.notFound { throw PrivateRedisError.notInstalled }
        throw PrivateRedisError.notStarted(log: isTemporary ? nil : folder.log, lastLine: folder.lastLogLine)
    }
}

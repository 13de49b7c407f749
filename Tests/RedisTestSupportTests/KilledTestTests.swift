import Foundation
import RedisTestSupport
import Testing

/// A test process that is killed leaves nothing behind.
@Suite(.timeLimit(.minutes(1))) struct KilledTestTests {
    /// The file in which the process that is killed says what it has started: a line a server, its process id and its
    /// folder.
    private static func note(by process: pid_t) -> String {
        "\(FileManager.default.temporaryDirectory.path)/killed-test-\(process)"
    }

    /// One that works, and one that is stopped.
    @Test func itsServersEndAndTheirFoldersGo() async throws {
        let note = Self.note(by: getpid())
        defer { try? FileManager.default.removeItem(atPath: note) }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let servers = [try RedisServer(), try RedisServer(config: ["appendonly yes"])]
            servers[1].suspend()
            let lines = servers.map { "\($0.processID ?? 0) \($0.directory)\n" }.joined()
            try lines.write(toFile: KilledTestTests.note(by: getppid()), atomically: true, encoding: .utf8)
            withExtendedLifetime(servers) { _ = kill(getpid(), SIGKILL) }
        }
        let lines = try String(contentsOfFile: note, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines {
            let words = line.split(separator: " ")
            let process = try #require(words.first.flatMap { pid_t($0) })
            try #require(process > 0)
            try await pollUntil("process \(process) has ended") { !Self.isAlive(process) }
            try await pollUntil("\(words[1]) is gone") { !FileManager.default.fileExists(atPath: String(words[1])) }
        }
    }

    /// Whoever inherits a dead process may be slow to bury it.
    private static func isAlive(_ process: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return !status[(status.lastIndex(of: ")") ?? status.startIndex)...].hasPrefix(") Z")
    }
}

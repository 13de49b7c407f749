import Foundation
import Synchronization

/// A rider of this build (`Tests/RiderUnderTest`) as a process of its own, to be signalled, killed, stopped and
/// continued.
///
/// It is killed at deinit and when the test process dies. All members may be called from any thread.
public final class RiderUnderTestProcess: Sendable {
    private let process: Mutex<ChildProcess>
    private let folder: String

    /// Where its handlers write, its log goes and its process id stands.
    private static func folder(on server: RedisServer) -> String { "\(server.directory)/rider-\(UUID().uuidString)" }

    /// Starts a rider and returns at once.
    ///
    /// - Parameters:
    ///   - server: the Redis to work on; all files are kept in its folder.
    ///   - environment: further variables, as `NAME=value`.
    public init(on server: RedisServer, environment: [String] = []) throws {
        folder = Self.folder(on: server)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let variables = ["REDIS_URL=\(server.url)", "NOTES=\(folder)/notes", "PIDFILE=\(folder)/pid"]
        let child = try ChildProcess(
            ["env"] + variables + environment + [Self.executable], directory: server.directory,
            output: "\(folder)/log")
        process = Mutex(child)
    }

    private static let executable: String = {
        let folder = (BusDriverProcess.executable as NSString).deletingLastPathComponent
        return folder + "/RiderUnderTest"
    }()

    /// The process id.
    public var id: Int32 { process.withLock(\.processID) }

    /// How the process ended; nil while it runs.
    public var ending: ProcessEnding? { process.withLock(\.ending) }

    /// Sends a signal; nothing happens when the process has ended.
    public func signal(_ number: Int32) { process.withLock { $0.signal(number) } }

    /// What it has written to standard output and error so far.
    public var log: String { text(of: "log") ?? "" }

    /// What its handlers have noted so far, without the process id that each line begins with.
    public var notes: [String] { lines.map { String($0.drop { $0 != " " }.dropFirst()) } }

    /// The process ids in its notes.
    public var noters: Set<String> { Set(lines.map { String($0.prefix { $0 != " " }) }) }

    /// What the PID file holds; nil if there is none.
    public var pidFile: String? { text(of: "pid") }

    /// Lets the handlers that wait go on.
    public func letGo() throws {
        guard FileManager.default.createFile(atPath: "\(folder)/notes.go", contents: nil) else {
            throw TestSupportError("cannot write to \(folder)")
        }
    }

    private var lines: [Substring] { (text(of: "notes") ?? "").split(separator: "\n") }

    private func text(of file: String) -> String? {
        try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }
}

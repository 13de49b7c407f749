import Foundation
import Synchronization

/// A `busdriver run`, or another program of this build, as a process of its own, to be killed, stopped and continued.
///
/// It is killed at deinit and when the test process dies. All members may be called from any thread.
public final class BusDriverProcess: Sendable {
    /// Where a debug build kills or stops itself.
    public struct PlannedCrash: Sendable, CustomStringConvertible {
        /// The name in the source of its role.
        public var name: String
        /// The process goes on through earlier passes of the point.
        public var pass: Int
        /// SIGSTOP in place of SIGKILL.
        public var stops: Bool

        public init(_ name: String, pass: Int = 1, stops: Bool = false) {
            self.name = name
            self.pass = pass
            self.stops = stops
        }

        /// As the environment variable `BUSDRIVER_CRASH` takes it.
        public var description: String { "\(name):\(pass)" + (stops ? ":stop" : "") }
    }

    private let process: Mutex<ChildProcess>
    private let logPath: String

    /// Starts a driver with a lease of one second and returns at once.
    ///
    /// - Parameters:
    ///   - server: the Redis to drive on; the log is kept in its folder.
    ///   - crash: where it ends or stops itself.
    ///   - environment: further variables, as `NAME=value`.
    ///   - arguments: further arguments of `busdriver run`.
    public convenience init(
        on server: RedisServer, crash: PlannedCrash? = nil, environment: [String] = [], arguments: [String] = []
    ) throws {
        try self.init(
            running: "busdriver", ["run", "--redis", server.url, "--lease", "1s"] + arguments, on: server, crash: crash,
            environment: environment)
    }

    /// Starts a program and returns at once.
    ///
    /// - Parameters:
    ///   - program: its name in this build.
    ///   - arguments: what it is given.
    ///   - server: the log is kept in its folder.
    ///   - crash: where the program ends or stops itself.
    ///   - environment: further variables, as `NAME=value`.
    public convenience init(
        running program: String, _ arguments: [String], on server: RedisServer, crash: PlannedCrash? = nil,
        environment: [String] = []
    ) throws {
        try self.init(
            running: program, arguments, in: server.directory, crash: crash, environment: environment)
    }

    /// Starts a program and returns at once.
    ///
    /// - Parameters:
    ///   - program: its name in this build.
    ///   - arguments: what it is given.
    ///   - directory: of the log; removed if the test process dies before the program.
    ///   - crash: where the program ends or stops itself.
    ///   - environment: further variables, as `NAME=value`.
    public init(
        running program: String, _ arguments: [String], in directory: String, crash: PlannedCrash? = nil,
        environment: [String] = []
    ) throws {
        logPath = "\(directory)/\(program)-\(UUID().uuidString).log"
        let variables = environment + (crash.map { ["BUSDRIVER_CRASH=\($0)"] } ?? [])
        let child = try ChildProcess(
            ["env"] + variables + [program == "busdriver" ? Self.executable : Self.executable(program)] + arguments,
            directory: directory, output: logPath)
        process = Mutex(child)
    }

    /// The driver that was built together with these tests, or the one that `BUSDRIVER_EXECUTABLE` names.
    public static let executable = other ?? executable("busdriver")

    /// Another `busdriver` stands in for the one of this build, or this build is optimised: what takes processor time
    /// is quick.
    public static var isOptimised: Bool {
        #if DEBUG
            other != nil
        #else
            true
        #endif
    }

    private static let other = ProcessInfo.processInfo.environment["BUSDRIVER_EXECUTABLE"]

    private static func executable(_ program: String) -> String {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (tests as NSString).deletingLastPathComponent + "/" + program
    }

    /// The process id.
    public var id: Int32 { process.withLock(\.processID) }

    /// Whether the process has not ended; a stopped one counts as running.
    public var isRunning: Bool { process.withLock(\.isRunning) }

    /// How the process ended; nil while it runs.
    public var ending: ProcessEnding? { process.withLock(\.ending) }

    /// Whether the process is stopped (SIGSTOP).
    public var isStopped: Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return false }
        return status[(status.lastIndex(of: ")") ?? status.startIndex)...].hasPrefix(") T")
    }

    /// Its resident memory in bytes; 0 when it has ended.
    public var residentMemory: Int {
        let pages = (try? String(contentsOfFile: "/proc/\(id)/statm", encoding: .utf8))?.split(separator: " ")
        return pages.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * Int(getpagesize()) } ?? 0
    }

    /// Sends a signal; nothing happens when the process has ended.
    public func signal(_ number: Int32) { process.withLock { $0.signal(number) } }

    /// Kills the process and waits for its end.
    public func kill() { process.withLock { $0.end() } }

    /// What it has written to standard output and error so far.
    public var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }
}

import Foundation
import GuardedProcess
import Synchronization

/// A private redis-server for one test: own temporary folder, unix socket, no persistence unless asked for.
///
/// It is killed and its folder removed by `stop()`, at deinit, and when the test process dies in any way.
/// All members may be called from any thread or task; they block for as long as the operation takes.
public final class RedisServer: Sendable {
    /// The folder that holds socket, log and data; outlives `kill()` and `restart()`.
    public let directory: String
    /// The unix socket that the server listens on.
    public let socketPath: String
    /// The TCP port on 127.0.0.1, when one was asked for.
    public let port: UInt16?

    private let arguments: [String]
    private var logPath: String { directory + "/redis.log" }
    private let process = Mutex<ChildProcess?>(nil)

    /// Starts a server and returns when it answers.
    ///
    /// - Parameters:
    ///   - config: lines of redis.conf, such as `"appendonly yes"`; they follow the defaults and so override them.
    ///   - tcp: listens on a free port of 127.0.0.1 as well.
    ///   - arguments: of redis-server behind its file, such as `--sentinel`.
    /// - Throws: `TestSupportError` with the end of the server's log when it does not come up.
    public init(config: [String] = [], tcp: Bool = false, arguments: [String] = []) throws {
        precondition(ThreadCensus.isAnnounced)
        self.arguments = arguments
        directory = try TemporaryFolder.make("busdriver")
        socketPath = directory + "/redis.sock"
        port = tcp ? try RedisServer.freePort() : nil
        let defaults = [
            "dir \(directory)", "port \(port ?? 0)", "bind 127.0.0.1", "unixsocket \(socketPath)",
            "save \"\"", "appendonly no", "enable-debug-command yes",
        ]
        let configuration = (defaults + config).joined(separator: "\n") + "\n"
        try configuration.write(toFile: directory + "/redis.conf", atomically: false, encoding: .utf8)
        try restart()
    }

    deinit { stop() }

    /// `unix://` URL of this server.
    public var url: String { "unix://" + socketPath }

    /// The process id of the running server, nil while there is none.
    public var processID: Int32? {
        process.withLock { $0.flatMap { $0.isRunning ? $0.processID : nil } }
    }

    /// What the server has logged so far, over all its restarts.
    public var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    /// A new raw connection through the unix socket.
    public func connect(timeout: Duration = .seconds(10)) throws -> RawRedis {
        try RawRedis(unixSocket: socketPath, timeout: timeout)
    }

    /// The same, once the server has accepted it: it works on when no other may come in any more.
    public func acceptedConnection(timeout: Duration = .seconds(10)) throws -> RawRedis {
        let connection = try connect(timeout: timeout)
        try connection.call("PING")
        return connection
    }

    /// Ends the server with SIGKILL, as a crash would; the folder stays.
    public func kill() {
        process.withLock {
            $0?.end()
            $0 = nil
        }
    }

    /// Kills the server if it runs, starts one on the same folder, port and configuration, and waits until it answers.
    public func restart() throws {
        try process.withLock {
            $0?.end()
            let started = try ChildProcess(
                ["redis-server", directory + "/redis.conf"] + arguments, directory: directory, output: logPath)
            $0 = started
            try waitUntilReady(started)
        }
    }

    /// Stops the server's clock (SIGSTOP): connections stay open and nobody answers.
    public func suspend() { process.withLock { $0?.signal(SIGSTOP) } }

    /// Lets a suspended server go on (SIGCONT).
    public func resume() { process.withLock { $0?.signal(SIGCONT) } }

    /// Kills the server and removes its folder.
    public func stop() {
        kill()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// A port that nobody listens on; somebody else could take it before redis-server does, and then the start fails.
    private static func freePort() throws -> UInt16 {
        let (descriptor, port) = try LocalSocket.listening()
        close(descriptor)
        return port
    }

    /// One that wants a password first is ready too.
    private static func isReady(_ reply: RawReply) -> Bool {
        if case .error(let text) = reply { text.hasPrefix("NOAUTH") } else { reply == .status("PONG") }
    }

    /// Asks again, a little later each time, until the server has loaded its data and answers.
    private func waitUntilReady(_ process: ChildProcess) throws {
        let deadline = ContinuousClock.now + .seconds(20)
        var pause: CInt = 1
        while ContinuousClock.now < deadline, process.isRunning {
            if let redis = try? RawRedis(unixSocket: socketPath, timeout: .seconds(5)),
                let reply = try? redis.reply(to: ["PING"]), Self.isReady(reply)
            {
                return
            }
            poll(nil, 0, pause)
            pause = min(pause * 2, 50)
        }
        process.end()
        throw TestSupportError("redis-server did not start; the end of its log:\n\(log.suffix(600))")
    }
}

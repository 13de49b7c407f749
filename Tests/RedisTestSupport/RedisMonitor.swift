import Foundation
import Synchronization

/// Writes down what a Redis executes, and when by its own clock, from `init` to `finish`.
public final class RedisMonitor: Sendable {
    private struct Record {
        var lines: [String] = []
        var isOver = false
    }
    /// What the thread and its owner share.
    private final class Desk: Sendable {
        let record = Mutex(Record())
        let begun = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
    }
    private let desk: Desk
    private let thread: RepeatingThread
    private let server: RedisServer

    /// The last line of a record.
    private static let lastWords = "the record ends"

    /// - Parameters:
    ///   - server: must not end before `finish`.
    ///   - wanted: a line is kept only if it contains one of these texts.
    /// - Throws: `TestSupportError` when the server does not answer.
    public init(_ server: RedisServer, keeping wanted: [String]) throws {
        self.server = server
        let desk = Desk()
        self.desk = desk
        thread = RepeatingThread {
            let redis = try server.connect(timeout: .seconds(120))
            try redis.call("MONITOR")
            desk.begun.signal()
            return {
                // Nothing more will come until `finish`.
                guard !desk.record.withLock(\.isOver) else { return }
                guard let line = try redis.read().string else { return }
                desk.record.withLock { record in
                    record.isOver = line.contains(Self.lastWords)
                    if wanted.contains(where: line.contains) { record.lines.append(line) }
                    if record.isOver { desk.ended.signal() }
                }
            }
        }
        guard desk.begun.wait(timeout: .now() + 10) == .success else {
            throw TestSupportError("no MONITOR within 10 s")
        }
    }

    /// Ends the record. Once only.
    ///
    /// - Returns: everything that was kept, in the order of execution.
    public func finish() throws -> [MonitorLine] {
        try server.connect().call("ECHO", Self.lastWords)
        guard desk.ended.wait(timeout: .now() + 20) == .success else {
            throw TestSupportError("the record of MONITOR did not end within 20 s")
        }
        try thread.finish()
        return desk.record.withLock(\.lines).compactMap(MonitorLine.init)
    }
}

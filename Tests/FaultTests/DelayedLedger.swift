import Foundation
import RedisTestSupport
import Synchronization
import Testing

/// Delayed jobs as Ruby adds them, and what must have become of each. May be used from several threads.
final class DelayedLedger: Sendable {
    private struct Entry {
        let queue: String
        /// Epoch seconds.
        let due: Int
        /// Microseconds since 1970.
        let added: Int
    }
    private struct Book {
        var last = 0
        /// By what is pushed.
        var entries: [String: Entry] = [:]
        /// Of these only a part was taken, because Redis refused the rest: they may be moved, and once at most.
        var uncertain: [String: Entry] = [:]
    }
    private let book = Mutex(Book())

    static let queues = ["ledger_a", "ledger_b", "ledger_c"]

    /// How many jobs there are to be run.
    var count: Int { book.withLock(\.entries.count) }

    /// The time on this machine, which is Redis' too, in microseconds since 1970.
    static var now: Int { Int(Date().timeIntervalSince1970 * 1_000_000) }
    /// The same in whole seconds.
    static var second: Int { now / 1_000_000 }

    /// Adds the next jobs, spread over these times, in one transaction of Ruby's commands. Those that Redis refuses are
    /// none.
    func add(_ count: Int, due times: ClosedRange<Int>, on redis: RawRedis) throws {
        let ruby = RubyClient(redis)
        let numbers = book.withLock { book in
            book.last += count
            return book.last - count..<book.last
        }
        func due(_ number: Int) -> Int { times.lowerBound + number % times.count }
        let commands = numbers.flatMap { ruby.enqueueCommands(Self.texts($0).item, at: due($0)) }
        let answer = try redis.pipeline([["MULTI"]] + commands + [["EXEC"]]).last?.array
        guard let answer else { return }
        let isCertain = answer.allSatisfy { $0.errorMessage == nil }
        let added = Self.now
        book.withLock { book in
            for number in numbers {
                let (job, entry) = (
                    Self.texts(number).job, Entry(queue: Self.queue(number), due: due(number), added: added)
                )
                if isCertain { book.entries[job] = entry } else { book.uncertain[job] = entry }
            }
        }
    }

    private static func queue(_ number: Int) -> String { queues[number % queues.count] }

    /// What waits, and what is pushed of it: plain jobs, some beyond ASCII, and some whose arguments are not in an
    /// array.
    private static func texts(_ number: Int) -> (item: String, job: String) {
        let secret = RubyValue.string(PayloadMarker.text)
        let arguments: RubyValue =
            switch number % 10 {
            case 4: .object([("secret", secret), ("n", .integer(number)), ("path", "a/b \"c\"\n")])
            case 7: .array([secret, .integer(number), "Zoë \u{1F68C}", .verbatim("1.0e+20"), nil])
            default: .array([secret, .integer(number), "plain"])
            }
        let spread: RubyValue = if case .object = arguments { .array([arguments]) } else { arguments }
        return (
            RubyClient.delayedItem("Ledger", arguments, queue: queue(number)), RubyClient.job("Ledger", spread)
        )
    }

    /// Adds a few jobs every 50 ms, due within the next two seconds.
    func startAdding(on server: RedisServer) -> RepeatingThread {
        RepeatingThread(every: .milliseconds(50)) { [self] in
            let redis = try server.acceptedConnection()
            return { try self.add(6, due: Self.second + 1...Self.second + 2, on: redis) }
        }
    }

    /// Compares all queues with what belongs there, and the times of the pushes with those of the jobs.
    ///
    /// - Parameter trace: nil when there was no record: nothing is said about times then.
    func verdict(on redis: RawRedis, _ trace: SchedulerTrace?) throws -> Verdict {
        let (book, uncertain) = book.withLock { ($0.entries, $0.uncertain) }
        var verdict = Verdict()
        var found: [String: Int] = [:]
        for queue in Self.queues {
            for element in try redis.call("LRANGE", "resque:queue:\(queue)", "0", "-1").strings {
                found[element, default: 0] += 1
                if (book[element] ?? uncertain[element])?.queue != queue { verdict.foreign += 1 }
            }
        }
        for job in book.keys {
            let count = found[job] ?? 0
            if count == 0 { verdict.lost += 1 }
            verdict.doubled += max(0, count - 1)
        }
        for job in uncertain.keys { verdict.doubled += max(0, (found[job] ?? 0) - 1) }
        for push in trace?.pushes ?? [] {
            guard let trace, let entry = book[String(decoding: push.element, as: UTF8.self)] else { continue }
            if push.time < entry.due * 1_000_000 { verdict.early += 1 }
            let due = max(entry.due * 1_000_000, min(entry.added, push.time))
            verdict.lateness.append(trace.lateness(of: push.time, due: due))
        }
        return verdict
    }

    /// What a comparison found.
    struct Verdict: CustomStringConvertible {
        var lost = 0
        var doubled = 0
        /// Jobs on a queue that is not theirs, or in other bytes than Ruby's.
        var foreign = 0
        var early = 0
        /// Of each push, in microseconds.
        var lateness: [Int] = []

        /// Every job came once, to its queue, byte for byte, and not too early.
        var isClean: Bool { lost == 0 && doubled == 0 && foreign == 0 && early == 0 }

        var description: String {
            "lost \(lost), doubled \(doubled), foreign \(foreign), early \(early), late \(Lateness(lateness))"
        }
    }
}

/// Percentiles of microseconds.
struct Lateness: CustomStringConvertible {
    let median: Int
    let p99: Int
    let highest: Int

    init(_ values: [Int]) {
        let sorted = values.sorted()
        func at(_ share: Double) -> Int {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }
        (median, p99, highest) = (at(0.5), at(0.99), sorted.last ?? 0)
    }

    var description: String {
        func text(_ value: Int) -> String { String(format: "%.1f", Double(value) / 1000) }
        return "p50 \(text(median)) ms, p99 \(text(p99)) ms, at most \(text(highest)) ms"
    }
}

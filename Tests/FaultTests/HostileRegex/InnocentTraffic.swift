import Foundation
import RedisTestSupport
import Synchronization
import Testing

/// A thousand events a second that harm nobody, and how long every copy takes from its publication to its reader.
///
/// Two applications want each event: one by its type, the other by a regular expression that takes a machine, though a
/// few steps of it. May be used from any thread.
final class InnocentTraffic: Sendable {
    private static let applications = ["innocent_by_type", "innocent_by_pattern"]
    private static let queues = applications.map { "resque:queue:" + $0 }

    private struct Book {
        var published = 0
        /// For each queue, how often each event has come, by its number.
        var copies: [String: [Int: Int]] = [:]
        /// Of the copies that have come since the last look.
        var latencies: [Duration] = []
    }
    private let book = Mutex(Book())
    private let began = ContinuousClock.now
    private let server: RedisServer

    /// Subscribes both applications.
    init(on server: RedisServer, _ redis: RawRedis) throws {
        self.server = server
        let ruby = RubyClient(redis)
        try ruby.subscribe(
            Self.applications[0],
            [.init(key: "k", queue: Self.applications[0], matcher: ["bus_event_type": "innocent"])])
        try ruby.subscribe(
            Self.applications[1],
            [.init(key: "k", queue: Self.applications[1], matcher: ["text": #"(?-mix:^(?=calm)(calm) \1 \d+$)"#])])
    }

    /// Events whose publication Redis has acknowledged.
    var published: Int { book.withLock(\.published) }

    /// Events of which every copy has come.
    var arrived: Int { book.withLock { book in Self.queues.map { book.copies[$0]?.count ?? 0 }.min() ?? 0 } }

    /// Starts what publishes; it keeps to the rate in the mean, and makes up for what it was held up.
    func startPublishing() -> RepeatingThread {
        RepeatingThread(every: .milliseconds(1)) { [self] in
            let redis = try server.connect(timeout: .seconds(30))
            let (start, first) = (ContinuousClock.now, published)
            return { [self] in
                let due = first + Int((ContinuousClock.now - start) / .milliseconds(1))
                try publish(min(due - published, 100), on: redis)
            }
        }
    }

    /// Publishes so many events in one step.
    func publish(_ count: Int, on redis: RawRedis) throws {
        guard count > 0 else { return }
        let first = published + 1
        let elements = (first..<first + count).map { number in
            let sent = Int((ContinuousClock.now - began) / .nanoseconds(1))
            return RubyClient.job(
                [
                    ("secret", .string(PayloadMarker.text)), ("bus_event_type", "innocent"),
                    ("bus_id", .string(String(number))), ("text", .string("calm calm \(number)")),
                    ("sent", .integer(sent)),
                ], proxy: "QueueBus::Driver")
        }
        let words = ["RPUSH", "resque:queue:bus_incoming"] + elements
        try redis.call(words.map { Array($0.utf8) })
        book.withLock { $0.published += count }
    }

    /// Starts what reads both queues.
    func startReading() -> RepeatingThread {
        RepeatingThread { [self] in
            let redis = try server.connect(timeout: .seconds(30))
            return { [self] in
                let words = ["BLMPOP", "0.1", "2"] + Self.queues + ["LEFT", "COUNT", "200"]
                let answer = try redis.call(words.map { Array($0.utf8) }).array
                guard let queue = answer?.first?.string, let jobs = answer?.last?.array else { return }
                let now = ContinuousClock.now - began
                for case .bytes(let job) in jobs { try note(job, of: queue, at: now) }
            }
        }
    }

    private func note(_ job: [UInt8], of queue: String, at now: Duration) throws {
        guard let number = Ledger.id(of: job), let sent = Self.number(behind: #"\"sent\":"#, in: job) else {
            throw TestSupportError("no innocent event: \(String(decoding: job.prefix(500), as: UTF8.self))")
        }
        book.withLock { book in
            book.copies[queue, default: [:]][number, default: 0] += 1
            book.latencies.append(now - .nanoseconds(sent))
        }
    }

    private static func number(behind mark: String, in job: [UInt8]) -> Int? {
        guard let mark = Data(job).range(of: Data(mark.utf8)) else { return nil }
        return Int(String(decoding: job[mark.upperBound...].prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
    }

    /// The latencies since the last call, ascending.
    func takeLatencies() -> [Duration] {
        book.withLock { book in
            defer { book.latencies = [] }
            return book.latencies.sorted()
        }
    }

    /// Expects every event on both queues, once. Nothing may be under way any more.
    func expectOneOfEach(_ scenario: String) {
        let book = book.withLock { $0 }
        for queue in Self.queues {
            let copies = book.copies[queue] ?? [:]
            let lost = (1...max(1, book.published)).filter { copies[$0] == nil }
            let doubled = copies.filter { $0.value > 1 }.keys.sorted()
            #expect(lost == [], "\(scenario): lost on \(queue)")
            #expect(doubled == [], "\(scenario): doubled on \(queue)")
        }
    }
}

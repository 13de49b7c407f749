import Foundation
import Synchronization

/// Keeps account of events: what was published and acknowledged, and what must have come of it on every queue.
///
/// The expectation is its own: events are numbered from 1 and of two types, and three applications subscribe in three
/// ways, so that every event goes to two queues and some go to one of them twice. May be used from several threads.
public final class Ledger: Sendable {
    /// A queue, and how many copies of an event belong there.
    private struct Destination {
        let queue: String
        let copies: @Sendable (_ id: Int) -> Int
    }
    private static let destinations = [
        Destination(queue: "ledger_all_default") { _ in 1 },
        Destination(queue: "ledger_even_default") { $0 % 2 == 0 ? 1 : 0 },
        Destination(queue: "ledger_twice_default") { $0 % 2 == 0 ? 0 : 2 },
    ]

    private struct Book {
        var last = 0
        var acknowledged: Set<Int> = []
        /// Sent, but the answer never came: either everywhere or nowhere.
        var uncertain: Set<Int> = []
    }
    private let book = Mutex(Book())
    private let incoming: String

    /// - Parameter incoming: the queue to publish on.
    public init(incoming: String = "bus_incoming") {
        self.incoming = "resque:queue:" + incoming
    }

    /// Events whose publication Redis acknowledged.
    public var acknowledged: Int { book.withLock(\.acknowledged.count) }

    /// Subscribes the three applications as Ruby does.
    public func subscribe(on redis: RawRedis) throws {
        let ruby = RubyClient(redis)
        try ruby.subscribe(
            "ledger_all",
            [.init(key: "all", queue: "ledger_all_default", matcher: ["bus_event_type": "(?-mix:^ledger)"])])
        try ruby.subscribe(
            "ledger_even",
            [.init(key: "even", queue: "ledger_even_default", matcher: ["bus_event_type": "ledger_even"])])
        try ruby.subscribe(
            "ledger_twice",
            ["first", "second"].map {
                .init(key: $0, queue: "ledger_twice_default", matcher: ["bus_event_type": "ledger_odd"])
            })
    }

    /// Publishes the next `count` events in one RPUSH. When the answer does not come they are uncertain from then on.
    ///
    /// - Parameter commands: executed in one step with the RPUSH, so that the events meet what they do.
    public func publish(_ count: Int, with commands: [[String]] = [], on redis: RawRedis) throws {
        let ids = book.withLock { book in
            book.last += count
            let ids = Set((book.last - count + 1)...book.last)
            book.uncertain.formUnion(ids)
            return ids
        }
        let push = ["RPUSH", incoming] + ids.sorted().map(Ledger.element)
        let replies = try redis.pipeline([["MULTI"], push] + commands + [["EXEC"]])
        let reply = replies[replies.count - 1].array?[0] ?? .null
        book.withLock { book in
            book.uncertain.subtract(ids)
            if reply.integer != nil { book.acknowledged.formUnion(ids) }
        }
    }

    /// The element of event `id` as Ruby publishes it.
    public static func element(_ id: Int) -> String {
        RubyClient.job(
            [
                ("secret", .string(PayloadMarker.text)), ("bus_published_at", .integer(1_700_000_000)),
                ("bus_event_type", .string(id % 2 == 0 ? "ledger_even" : "ledger_odd")),
                ("bus_id", .string(String(id))), ("bus_app_hostname", "web-1"),
            ], proxy: "QueueBus::Driver")
    }

    /// The id of an element or a job of this ledger's; nil for anything else.
    public static func id(of job: [UInt8]) -> Int? {
        guard let mark = Data(job).range(of: Data(#"\"bus_id\":\""#.utf8)) else { return nil }
        let digits = job[mark.upperBound...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// Whether nothing waits any more: the incoming list is empty, and nothing is in flight or kept for the janitor.
    public func isDriven(on redis: RawRedis) throws -> Bool {
        let replies = try redis.pipeline([
            ["MULTI"], ["LLEN", incoming], ["KEYS", "resque:busdriver:inf:*"], ["KEYS", "resque:busdriver:fix*"],
            ["EXEC"],
        ])
        return replies[4] == .array([.integer(0), .array([]), .array([])])
    }

    /// Compares every queue with what belongs there.
    public func verdict(on redis: RawRedis) throws -> Verdict {
        let (acknowledged, uncertain) = book.withLock { ($0.acknowledged, $0.uncertain) }
        var found: [String: [Int: Int]] = [:]
        var verdict = Verdict()
        for destination in Ledger.destinations {
            let ids = try ids(in: "resque:queue:" + destination.queue, on: redis)
            found[destination.queue] = ids.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            if ids != ids.sorted() { verdict.disordered.insert(destination.queue) }
        }
        for id in acknowledged.union(uncertain) {
            let copies = Ledger.destinations.map { found[$0.queue]?[id] ?? 0 }
            if uncertain.contains(id), copies.allSatisfy({ $0 == 0 }) { continue }
            for (destination, there) in zip(Ledger.destinations, copies) {
                let surplus = there - destination.copies(id)
                if surplus < 0 { verdict.lost[destination.queue, default: 0] -= surplus }
                if surplus > 0 { verdict.doubled[destination.queue, default: 0] += surplus }
            }
        }
        verdict.failed = try redis.call("LLEN", "resque:failed").integer ?? 0
        return verdict
    }

    private func ids(in key: String, on redis: RawRedis) throws -> [Int] {
        try (redis.call("LRANGE", key, "0", "-1").array ?? []).compactMap { reply in
            guard case .bytes(let job) = reply else { return nil }
            return Ledger.id(of: job)
        }
    }

    /// What a comparison found, per destination.
    public struct Verdict: Equatable, Sendable, CustomStringConvertible {
        /// Copies that are missing.
        public var lost: [String: Int] = [:]
        /// Copies beyond those that belong there.
        public var doubled: [String: Int] = [:]
        /// Queues on which the events are not in the order of publication.
        public var disordered: Set<String> = []
        /// Entries of `failed`.
        public var failed = 0

        /// Every copy is where it belongs, once, in order, and none failed.
        public static let clean = Verdict()

        /// The same without a word about order: several drivers, or recoveries beside a living driver, interleave.
        public var apartFromOrder: Verdict {
            var verdict = self
            verdict.disordered = []
            return verdict
        }

        public var description: String {
            "lost \(lost), doubled \(doubled), out of order on \(disordered.sorted()), failed \(failed)"
        }
    }
}

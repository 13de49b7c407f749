import Foundation
import RedisTestSupport
import Synchronization
import Testing

/// A fleet at work on a Redis of its own, and everything that a neighbour needs to harm it. For the scenario's own
/// thread.
final class NeighbourBench {
    /// Types of events, each with a queue of the same name: one whose destination is harmed, and one whose events are
    /// equal.
    static let victim = "neighbour_victim"
    static let same = "neighbour_same"
    private static let probe = "neighbour_probe"

    let server: RedisServer
    /// The administrator's.
    let redis: RawRedis
    let fleet: NeighbourFleet
    let ledger = Ledger()
    let delayed = DelayedLedger()
    /// Ids of `noted` events, whose publication Redis acknowledged.
    private final class NotedEvents: Sendable {
        let ids = Mutex<Set<String>>([])
    }
    private let noted = NotedEvents()
    private(set) var published = [NeighbourBench.victim: 0, NeighbourBench.same: 0]

    /// Runs a scenario on a thread of its own, with a fleet that is at work.
    static func run(_ scenario: (NeighbourBench) async throws -> Void) async throws {
        try await onOwnThread {
            let bench = try NeighbourBench()
            defer { bench.server.stop() }
            try await pollUntil("the fleet is at work") {
                try bench.isComplete() && bench.redis.call("LLEN", "resque:queue:recurring_tick").integer ?? 0 > 0
            }
            try await scenario(bench)
        }
    }

    private init() throws {
        server = try RedisServer(config: ["busy-reply-threshold 100"])
        redis = try server.connect()
        try ledger.subscribe(on: redis)
        for type in [Self.victim, Self.same, Self.probe] {
            try RubyClient(redis).subscribe(
                type, [.init(key: type, queue: type, matcher: ["bus_event_type": type])])
        }
        fleet = try NeighbourFleet(on: server, redis)
    }

    /// Whether every driver and rider is registered.
    func isComplete() throws -> Bool {
        try redis.call("ZCARD", "resque:busdriver:drivers").integer == 3
            && redis.call("ZCARD", "resque:busdriver:riders").integer == 2
    }

    /// The length of a harm. Nothing is waited for.
    func last(for duration: Duration) async throws {
        try await letPass(duration, until: "the harm has lasted")
    }

    // MARK: - Load

    /// Publishes events for the ledger and for the riders, and adds delayed jobs, until the threads are told to finish.
    func startLoad() -> [RepeatingThread] {
        let notes = RepeatingThread(every: .milliseconds(20)) { [noted, server] in
            let redis = try server.acceptedConnection(timeout: .seconds(30))
            return {
                let (element, id) = RubyClient.event("noted", ["secret": .string(PayloadMarker.text)])
                let push = RubyClient(redis).pushCommands(element)
                let replies = try redis.pipeline([["MULTI"]] + push + [["EXEC"]])
                if replies[3].array?[1].integer != nil { _ = noted.ids.withLock { $0.insert(id) } }
            }
        }
        let events = RepeatingThread(every: .milliseconds(5)) { [ledger, server] in
            let redis = try server.acceptedConnection(timeout: .seconds(30))
            return { try ledger.publish(5, on: redis) }
        }
        return [notes, events, delayed.startAdding(on: server)]
    }

    /// Publishes events that are all equal, of one of the neighbour's own types.
    func publish(_ count: Int, _ type: String) throws {
        let element = RubyClient.job(
            [
                ("bus_event_type", .string(type)), ("bus_id", "equal"), ("bus_published_at", 1_700_000_000),
                ("secret", .string(PayloadMarker.text)),
            ], proxy: "QueueBus::Driver")
        try pushIncoming(Array(repeating: Array(element.utf8), count: count))
        published[type, default: 0] += count
    }

    /// Appends anything to the incoming list.
    func pushIncoming(_ elements: [[UInt8]]) throws {
        try redis.call([Array("RPUSH".utf8), Array("resque:queue:bus_incoming".utf8)] + elements)
    }

    /// Appends a job as resque-bus' own schedule does each minute.
    func pushHeartbeat() throws {
        let element = RubyClient.job([("bus_event_type", "heartbeat_minutes")], proxy: "QueueBus::Heartbeat")
        try pushIncoming([Array(element.utf8)])
    }

    /// How long an event takes from its publication to its queue now; nil when it does not come within a second.
    func probe() throws -> Duration? {
        let began = ContinuousClock.now
        try RubyClient(redis).publish(Self.probe)
        guard try redis.call("BLPOP", "resque:queue:\(Self.probe)", "1").array != nil else { return nil }
        return ContinuousClock.now - began
    }

    // MARK: - The end

    /// Events that no rider has noted.
    private func undone() -> Set<String> {
        let notes = fleet.notes()
        return noted.ids.withLock { $0.filter { notes[$0] == nil } }
    }

    /// What waits where, for the message of a failure.
    private func whereabouts() throws -> String {
        let keys = try redis.call("KEYS", "resque:*").strings.filter { key in
            key.contains("queue:under_test") || key.contains(":reserved:") || key.contains(":inf:")
        }
        let failed = try redis.call("LRANGE", "resque:failed", "0", "-1").strings.filter { $0.contains("noted") }
        return "\(keys.sorted()), failed \(failed.prefix(2))"
    }

    /// Checks that everything is done, once, and is where it belongs. No load may run any more.
    func check(_ scenario: String) async throws {
        try await pollUntil("\(scenario): everything is driven and moved", within: .seconds(30)) {
            try ledger.isDriven(on: redis) && redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 0
        }
        do {
            try await pollUntil("\(scenario): every rider has done its work", within: .seconds(30)) {
                undone().isEmpty
            }
        } catch {
            Issue.record("\(scenario): not run: \(undone()); \(try whereabouts())\n\(fleet.lastWords)")
            throw error
        }
        let verdict = try ledger.verdict(on: redis)
        #expect(verdict.lost == [:] && verdict.doubled == [:], "\(scenario): \(verdict)")
        let late = try delayed.verdict(on: redis, nil)
        #expect(late.isClean, "\(scenario): delayed: \(late)")
        let failed = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
        for (type, count) in published {
            let copies = try redis.call("LLEN", "resque:queue:\(type)").integer ?? 0
            let refused = failed.count { $0.contains(type) }
            #expect(copies + refused == count, "\(scenario): \(type): \(copies) copies, \(refused) failed of \(count)")
        }
        #expect(!failed.contains { $0.contains("ledger_") || $0.contains("noted") }, "\(scenario): good events failed")
        let (events, jobs) = (ledger.acknowledged, delayed.count)
        let repeated = noted.ids.withLock { $0.count } - fleet.notes().count { $0.value == 1 }
        print("\(scenario): \(events) events, \(jobs) delayed, \(failed.count) failed, \(repeated) run more than once")
    }
}

import BusWire
import RedisConnection

/// Gives back what dead drivers held (protocol.md §2.2, `Scripts/recover.lua`).
///
/// Any driver does it for any other; the script alone decides whether the other is dead.
public struct Recovery: Sendable {
    /// Whether a lease protects its driver.
    public enum Leases: String, Sendable {
        /// Only drivers whose lease ran out.
        case respected = "dead"
        /// Also drivers that may be alive: they are fenced and register anew. For the own id, and for `recover --all`.
        case ignored = "now"
    }

    /// What came of one recovery.
    public enum Outcome: Sendable, Equatable {
        /// So many events are back at the head of the queue.
        case recovered(events: Int, queue: String)
        /// The lease still runs.
        case alive
        /// Nobody knows this id, and it holds nothing.
        case unknown
        /// This key is no list: nothing was done, and the events wait where they are.
        case stuck(key: String)
    }

    private let connection: any RedisClient
    private let bus: BusKeys
    private let digests: ScriptDigests
    private let fallbackQueue: String

    /// - Parameters:
    ///   - connection: used for a few round trips a call.
    ///   - bus: the namespace.
    ///   - digests: the scripts as loaded on that server.
    ///   - fallbackQueue: where events go whose driver left no record; the default incoming queue.
    public init(connection: any RedisClient, bus: BusKeys, digests: ScriptDigests, fallbackQueue: String) {
        self.connection = connection
        self.bus = bus
        self.digests = digests
        self.fallbackQueue = fallbackQueue
    }

    /// Every registered driver, with what is left of its lease; not positive if it ran out.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    public func leases(now: Int) async throws(RedisError) -> [(id: String, remaining: Duration)] {
        try await connection.leases(in: bus.drivers, now: now)
    }

    /// Every registered id.
    public func registered() async throws(RedisError) -> [String] {
        try await strings("ZRANGE", bus.drivers, "0", "-1")
    }

    /// Drivers that own in-flight lists and are not registered, with the numbers of those batches: what a rolled-back
    /// history can leave behind.
    ///
    /// Walks the whole keyspace in steps, so that Redis is never held up.
    public func orphans() async throws(RedisError) -> [String: [Int]] {
        let prefix = bus.own("inf:")
        var found: [String: Set<Int>] = [:]
        try await connection.scanKeys(beginningWith: prefix) { keys in
            for key in keys {
                let tail = key.dropFirst(prefix.count)
                guard let end = tail.lastIndex(of: ":"), let sequence = Int(tail[tail.index(after: end)...]) else {
                    continue
                }
                found[String(tail[..<end]), default: []].insert(sequence)
            }
            return true
        }
        for id in try await registered() { found[id] = nil }
        return found.mapValues { $0.sorted(by: >) }
    }

    /// Recovers one driver.
    ///
    /// - Parameters:
    ///   - id: the driver.
    ///   - leases: whether a running lease protects it.
    ///   - suspecting: count its events as possible culprits of a crash (protocol.md §2.5).
    public func recover(_ id: String, leases: Leases, suspecting: Bool) async throws(RedisError) -> Outcome {
        while true {
            let held = try await record(of: id)
            let last = Int(held.claimed) ?? 0
            guard let outcome = try await run(id, held, last: last, leases: leases, suspecting: suspecting) else {
                continue
            }
            if case .recovered = outcome, !held.worker.isEmpty { try await unregisterWorker(held.worker) }
            return outcome
        }
    }

    /// Recovers a driver of which the registry knows nothing, the last batch first, two at a time.
    ///
    /// - Parameter sequences: its batches as `orphans` found them.
    public func recoverOrphan(_ id: String, sequences: [Int]) async throws(RedisError) -> Outcome {
        var events = 0
        var queue = fallbackQueue
        for last in sequences {
            let held = try await record(of: id)
            queue = held.queue
            let outcome = try await run(id, held, last: last, leases: .ignored, suspecting: false)
            switch outcome {
            case .recovered(let moved, _): events += moved
            case .stuck(let key): return .stuck(key: key)
            case .alive, .unknown, nil: break
            }
        }
        return .recovered(events: events, queue: queue)
    }

    /// Calls the script once; nil when the driver has claimed in between.
    private func run(
        _ id: String, _ held: (claimed: String, queue: String, worker: String), last: Int, leases: Leases,
        suspecting: Bool
    ) async throws(RedisError) -> Outcome? {
        let keys = DriverKeys(bus: bus, id: id, queue: held.queue)
        var pipeline = RedisPipeline()
        digests.append(
            .recover,
            keys: [
                bus.drivers, keys.lease, keys.record, keys.underRecovery, keys.incoming, keys.inFlight(last),
                keys.inFlight(last - 1), bus.suspects,
            ],
            arguments: [id, held.claimed, leases.rawValue, suspecting ? String(DriverCommands.suspicion) : "0"],
            to: &pipeline)
        let reply = try await connection.sendChecked(pipeline)[0]
        return switch reply[0].string {
        case "DONE": .recovered(events: reply[1].integer ?? 0, queue: held.queue)
        case "ALIVE": .alive
        case "GONE": .unknown
        case "STUCK": .stuck(key: reply[1].string ?? "")
        default: nil
        }
    }

    /// Removes a driver from what resque-web lists.
    public func unregisterWorker(_ worker: String) async throws(RedisError) {
        _ = try await connection.send(.unregistering([worker], bus: bus))
    }

    private func record(of id: String) async throws(RedisError) -> (claimed: String, queue: String, worker: String) {
        var pipeline = RedisPipeline()
        for key in [bus.driver(id), bus.dead(id)] {
            pipeline.append("HMGET", key, "claimed", "queue", "worker")
        }
        for reply in try await connection.sendChecked(pipeline) {
            guard let claimed = reply[0].string else { continue }
            return (claimed, reply[1].string ?? fallbackQueue, reply[2].string ?? "")
        }
        return ("0", fallbackQueue, "")
    }

    private func strings(_ words: String...) async throws(RedisError) -> [String] {
        var pipeline = RedisPipeline()
        pipeline.append(words)
        return try await connection.sendChecked(pipeline)[0].elements.compactMap(\.string)
    }
}

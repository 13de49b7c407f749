package import BusWire
package import RedisConnection

/// Gives back what dead drivers held (protocol §2.2, `recover.lua`).
///
/// Any driver does it for any other; the script alone decides whether the other is dead.
package struct DriverRecovery: Sendable {
    /// What came of one recovery.
    package enum Outcome: Sendable, Equatable {
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
    private let doubted: @Sendable (Doubt) -> Void

    /// - Parameters:
    ///   - connection: used for a few round trips a call.
    ///   - bus: the namespace.
    ///   - digests: the scripts as loaded on that server.
    ///   - fallbackQueue: where events go whose driver left no record; the default incoming queue.
    ///   - doubted: hears of records that are not believed.
    package init(
        connection: any RedisClient, bus: BusKeys, digests: ScriptDigests, fallbackQueue: String,
        doubted: @escaping @Sendable (Doubt) -> Void = { _ in }
    ) {
        self.connection = connection
        self.bus = bus
        self.digests = digests
        self.fallbackQueue = fallbackQueue
        self.doubted = doubted
    }

    /// Every registered driver.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    package func leases(now: Int) async throws(RedisError) -> [RegisteredLease] {
        try await connection.leases(in: bus.drivers, now: now)
    }

    /// Every registered id.
    package func registered() async throws(RedisError) -> [String] {
        try await connection.call("ZRANGE", bus.drivers, "0", "-1").elements.compactMap(\.string)
    }

    /// The in-flight lists that the registered drivers of an incoming list may have: two of each.
    ///
    /// - Parameters:
    ///   - queue: the incoming list's name.
    ///   - own: the id that asks.
    package func batches(of queue: String, but own: String?) async throws(RedisError) -> [String] {
        let ids = try await registered().filter { $0 != own }
        guard !ids.isEmpty else { return [] }
        var reading = RedisPipeline()
        for id in ids { reading.append("HMGET", bus.driver(id), "queue", "claimed") }
        var batches: [String] = []
        // Of a record that cannot be read nobody can tell what it has in flight.
        for (id, record) in zip(ids, try await connection.send(reading)) {
            guard record.count == 2, record[0].string == queue,
                let claimed = record[1].string.flatMap(NumberMeaning.sequence.read)
            else { continue }
            batches += [bus.inFlight(id, claimed), bus.inFlight(id, claimed - 1)]
        }
        return batches
    }

    /// Those of these in-flight lists that are still there. At least one must be asked for.
    package func unfinished(_ batches: [String]) async throws(RedisError) -> [String] {
        var asking = RedisPipeline()
        for batch in batches { asking.append("EXISTS", batch) }
        return zip(batches, try await connection.sendChecked(asking)).filter { $0.1.integer == 1 }.map(\.0)
    }

    /// Drivers that own in-flight lists and are not registered, with the numbers of those batches: what a rolled-back
    /// history can leave behind.
    ///
    /// Walks the whole keyspace in steps, so that Redis is never held up.
    package func orphans() async throws(RedisError) -> [String: [Int]] {
        let prefix = bus.own("inf:")
        var found: [String: Set<Int>] = [:]
        try await connection.scanKeys(beginningWith: prefix) { keys in
            for key in keys {
                let tail = key.dropFirst(prefix.count)
                guard let end = tail.lastIndex(of: ":"),
                    let sequence = NumberMeaning.sequence.read(String(tail[tail.index(after: end)...]))
                else { continue }
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
    ///   - suspecting: count its events as possible culprits of a crash (protocol §2.5).
    package func recover(_ id: String, leases: LeaseRespect, suspecting: Bool) async throws(RedisError) -> Outcome {
        while true {
            let held = try await record(of: id)
            // Where the record does not tell which batches there are, the keyspace does.
            let sequences = if let last = held.last { [last] } else { try await batches(of: id) }
            guard
                let outcome = try await run(id, held, sequences: sequences, leases: leases, suspecting: suspecting)
            else { continue }
            if held.last == nil, outcome != .alive { doubted(.claimed(of: bus.driver(id), held.claimed)) }
            if case .recovered = outcome, !held.worker.isEmpty { try await unregisterWorker(held.worker) }
            return outcome
        }
    }

    /// Takes back batches one after the other; nil when the driver has claimed before the first.
    private func run(
        _ id: String, _ held: Record, sequences: [Int], leases: LeaseRespect, suspecting: Bool
    ) async throws(RedisError) -> Outcome? {
        var events = 0
        var outcome = Outcome.unknown
        for last in sequences {
            guard let step = try await run(id, held, last: last, leases: leases, suspecting: suspecting) else {
                return nil
            }
            if case .recovered(let moved, let queue) = step {
                events += moved
                outcome = .recovered(events: events, queue: queue)
            } else if step == .alive {
                return .alive
            }
        }
        return outcome
    }

    /// The numbers of a driver's batches, the last one first; 0 where there are none. Walks the whole keyspace in
    /// steps.
    private func batches(of id: String) async throws(RedisError) -> [Int] {
        let prefix = bus.own("inf:\(id):")
        var found: Set<Int> = [0]
        try await connection.scanKeys(beginningWith: prefix) { keys in
            found.formUnion(keys.compactMap { NumberMeaning.sequence.read(String($0.dropFirst(prefix.count))) })
            return true
        }
        return found.sorted(by: >)
    }

    /// Recovers a driver of which the registry knows nothing, the last batch first, two at a time.
    ///
    /// - Parameter sequences: its batches as `orphans` found them.
    package func recoverOrphan(_ id: String, sequences: [Int]) async throws(RedisError) -> Outcome {
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
        _ id: String, _ held: Record, last: Int, leases: LeaseRespect, suspecting: Bool
    ) async throws(RedisError) -> Outcome? {
        let keys = DriverKeys(bus: bus, id: id, queue: held.queue)
        var pipeline = RedisPipeline()
        digests.begin(
            .recover,
            keys: [
                bus.drivers, keys.lease, keys.record, keys.underRecovery, keys.incoming, keys.inFlight(last),
                keys.inFlight(last - 1), bus.suspects,
            ],
            argumentCount: 4, in: &pipeline)
        pipeline.argument(id)
        held.claimed.withUnsafeBytes { pipeline.argument(bytes: $0) }
        pipeline.argument(leases.rawValue)
        pipeline.argument(suspecting ? String(BatchLimits.suspicionMilliseconds) : "0")
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
    package func unregisterWorker(_ worker: String) async throws(RedisError) {
        _ = try await connection.send(.unregistering([worker], bus: bus))
    }

    /// What a driver's record says.
    private struct Record {
        /// As it stands there; nothing where there is no record, or none that says it.
        var claimed: [UInt8] = []
        /// The number of the last batch; nil where a record does not tell.
        var last: Int?
        var queue: String
        var worker = ""
    }

    private func record(of id: String) async throws(RedisError) -> Record {
        let keys = [bus.driver(id), bus.dead(id)]
        var pipeline = RedisPipeline()
        for key in keys { pipeline.append("HMGET", key, "claimed", "queue", "worker") }
        pipeline.append(["EXISTS"] + keys)
        let replies = try await connection.send(pipeline)
        for reply in replies.prefix(keys.count) {
            if let refusal = reply.errorReply {
                guard refusal.kind == .wrongType else { throw .refusal(refusal) }
            } else if let claimed = reply[0].bytes {
                return Record(
                    claimed: claimed, last: reply[0].string.flatMap(NumberMeaning.sequence.read),
                    queue: reply[1].string ?? fallbackQueue, worker: reply[2].string ?? "")
            }
        }
        return Record(last: replies[keys.count].integer == 0 ? 0 : nil, queue: fallbackQueue)
    }
}

extension Doubt {
    /// That a record's number of the last batch is not believed; without bytes, because the record is no hash or does
    /// not tell it.
    fileprivate static func claimed(of record: String, _ claimed: [UInt8]) -> Doubt {
        Doubt(
            record, field: "claimed", value: claimed.isEmpty ? nil : claimed,
            consequence: "its in-flight lists were looked for by their names")
    }
}

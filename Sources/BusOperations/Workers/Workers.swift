package import BusProtocol
package import BusWire
package import RedisConnection

/// A member of the set `workers` with what its keys say: what resque-web's overview shows (contract §6).
package struct RegisteredWorker: Sendable {
    /// Who it is, as its id tells.
    package enum Kind: String, Sendable {
        /// A Resque worker in Ruby, or something else that registers like one.
        case ruby
        /// A driver of ours, `<host>+swift:<pid>:<queue>`.
        case driver
        /// A slot of a rider of ours, `<host>+swift:<pid>.<slot>:<queues>`.
        case rider
    }

    /// `host:pid:queues`.
    package let id: String
    package let kind: Kind
    /// Without `+swift`.
    package let host: String
    /// The process id; a rider's slot stands behind a dot.
    package let processID: String
    /// As given to the worker: patterns are not expanded.
    package let queues: [String]
    /// When it was started, in its own words; nil when the key is missing.
    package let started: String?
    /// When it was last seen, in ISO 8601; nil when it never said so.
    package let heartbeat: String?
    /// What is left of the lease of its process; not positive when that ran out. Nil for Ruby's workers, which have
    /// none, and for a process of ours that is not registered any more.
    package let lease: Duration?
    /// Whether a signal has paused its process, so that it takes nothing. Ruby's workers do not tell.
    package let isPaused: Bool
    /// `{"queue":…,"run_at":…,"payload":…}` while a job is in hand; `null` when that is not JSON.
    package let job: JSONValue?
    package let processed: Int
    package let failed: Int
    /// The keys about it that hold another type of value, so that what they should tell is missing above.
    package let unreadable: [String]

    /// After so many seconds without a heartbeat Ruby's workers take one of theirs for dead (contract §6).
    package static let patience = 300
}

/// Everybody who works on a namespace: Ruby's workers, our drivers, and the slots of our riders.
package struct Workers: Sendable {
    private let connection: any RedisClient
    private let bus: BusKeys

    /// Workers read in one round trip; what one has in hand may have many megabytes.
    private static let pageSize = 100

    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// Whether an operator has paused all workers.
    package func arePaused() async throws(RedisError) -> Bool {
        try await connection.areWorkersPaused(bus: bus)
    }

    /// All workers, by id.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    package func all(now: Int) async throws(RedisError) -> [RegisteredWorker] {
        let leases = try await leases(now: now)
        let paused = try await PausedProcesses(connection: connection, bus: bus, now: now)
        let ids = try await connection.call("SMEMBERS", bus.workers).elements.compactMap(\.string).sorted()
        var workers: [RegisteredWorker] = []
        for start in stride(from: 0, to: ids.count, by: Self.pageSize) {
            workers += try await read(ids[start..<min(start + Self.pageSize, ids.count)], leases, paused)
        }
        return workers
    }

    /// The ids of living drivers and riders none of which is among `workers`, so that resque-web does not show them.
    ///
    /// - Parameters:
    ///   - workers: as ``all(now:)`` has read them.
    ///   - now: Redis' clock in ms since 1970.
    package func unlisted(among workers: [RegisteredWorker], now: Int) async throws(RedisError) -> [String] {
        let leases = try await leases(now: now)
        let processes = workers.compactMap(\.process)
        return leases.filter { lease in
            lease.remaining > .zero && !processes.contains { lease.id.hasPrefix($0) }
        }.map(\.id)
    }

    /// Removes the entries of drivers and riders that have no lease any more, not even one that ran out: whoever
    /// recovered them died before it had removed these, or Redis has lost the rest. Nothing else removes them, since
    /// they send no heartbeats.
    ///
    /// A process that registers meanwhile, under the same process id, comes back by itself.
    ///
    /// - Returns: their ids.
    package func removeUnknown() async throws(RedisError) -> [String] {
        // A lease is there before the entries, so they are read in the other order.
        let ids = try await connection.call("SMEMBERS", bus.workers).elements.compactMap(\.string).sorted()
        let leases = try await connection.leases(in: bus.drivers, now: 0) + connection.leases(in: bus.riders, now: 0)
        let unknown = ids.filter { id in
            guard let process = RegisteredWorker.process(of: id) else { return false }
            return !leases.contains { $0.id.hasPrefix(process) }
        }
        guard !unknown.isEmpty else { return [] }
        let replies = try await connection.send(.unregistering(unknown, bus: bus))
        if let refusal = replies.firstError { throw .refusal(refusal) }
        return unknown
    }

    private func leases(now: Int) async throws(RedisError) -> [RegisteredLease] {
        try await connection.wholeLeases(in: bus.drivers, bus: bus, now: now)
            + connection.wholeLeases(in: bus.riders, bus: bus, now: now)
    }

    private func read(
        _ ids: ArraySlice<String>, _ leases: [RegisteredLease], _ paused: PausedProcesses
    ) async throws(RedisError) -> [RegisteredWorker] {
        var pipeline = RedisPipeline()
        for id in ids {
            pipeline.append("HGET", bus.workerSigns, id)
            for key in strings(of: id) { pipeline.append("GET", key) }
        }
        let replies = try await connection.send(pipeline)
        var workers: [RegisteredWorker] = []
        for (place, id) in ids.enumerated() {
            let keys = [bus.workerSigns] + strings(of: id)
            let own = keys.indices.map { replies[place * keys.count + $0] }
            let refused = zip(keys, own).filter { $1.errorReply?.kind == .wrongType }.map(\.0)
            if let refusal = own.lazy.compactMap(\.errorReply).first(where: { $0.kind != .wrongType }) {
                throw .refusal(refusal)
            }
            workers.append(
                RegisteredWorker(
                    id: id, replies: own, unreadable: refused, leases: leases, paused: paused.drivers + paused.riders))
        }
        return workers
    }

    /// The job in hand, the start, and the two counters.
    private func strings(of id: String) -> [String] {
        [
            bus.worker(id), bus.workerStarted(id), bus.stat("processed", worker: id), bus.stat("failed", worker: id),
        ]
    }
}

extension RegisteredWorker {
    private static let ourHosts = "+swift"

    /// What the ids of its drivers and riders begin with; nil for Ruby's workers.
    fileprivate var process: String? { Self.process(of: id) }

    fileprivate static func process(of id: String) -> String? {
        let parts = id.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0].hasSuffix(ourHosts) else { return nil }
        return "\(parts[0].dropLast(ourHosts.count)):\(parts[1].prefix { $0 != "." }):"
    }

    /// - Parameters:
    ///   - replies: the heartbeat, the job in hand, the start, and the two counters.
    ///   - unreadable: keys of another type, whose replies are errors.
    ///   - leases: of all drivers and riders.
    ///   - paused: the ids of those that a signal has paused.
    fileprivate init(
        id: String, replies: [RedisReply], unreadable: [String], leases: [RegisteredLease], paused: [String]
    ) {
        let parts = id.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        self.id = id
        processID = parts.count > 1 ? parts[1] : ""
        queues = parts.count > 2 ? parts[2].split(separator: ",").map(String.init) : []
        if parts[0].hasSuffix(Self.ourHosts) {
            host = String(parts[0].dropLast(Self.ourHosts.count))
            kind = processID.contains(".") ? .rider : .driver
            let process = Self.process(of: id) ?? id
            lease = leases.filter { $0.id.hasPrefix(process) }.map(\.remaining).max()
            isPaused = paused.contains { $0.hasPrefix(process) }
        } else {
            host = parts[0]
            kind = .ruby
            lease = nil
            isPaused = false
        }
        heartbeat = replies[0].string
        job = replies[1].bytes.map { (try? JSONValue.parse($0)) ?? .null }
        started = replies[2].string
        processed = replies[3].integer ?? 0
        failed = replies[4].integer ?? 0
        self.unreadable = unreadable
    }
}

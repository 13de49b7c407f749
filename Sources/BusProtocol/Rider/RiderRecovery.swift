package import BusWire
package import RedisConnection

/// Gives back what dead riders had reserved (`recover_rider.lua`).
///
/// Any rider does it for any other; the script alone decides whether the other is dead.
package struct RiderRecovery: Sendable {
    /// What came of one recovery.
    package enum Outcome: Sendable, Equatable {
        /// So many jobs are back at the head of their queues.
        case recovered(jobs: Int)
        /// So many are back; others stay reserved, because their queue is no list.
        case stuck(jobs: Int)
        /// The lease still runs.
        case alive
        /// Nobody knows this id, and it holds nothing.
        case unknown
    }

    private let connection: any RedisClient
    private let bus: BusKeys
    private let digests: ScriptDigests

    /// - Parameters:
    ///   - connection: used for a few round trips a call.
    ///   - bus: the namespace.
    ///   - digests: the scripts as loaded on that server.
    package init(connection: any RedisClient, bus: BusKeys, digests: ScriptDigests) {
        self.connection = connection
        self.bus = bus
        self.digests = digests
    }

    /// Every registered rider.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    package func leases(now: Int) async throws(RedisError) -> [RegisteredLease] {
        try await connection.leases(in: bus.riders, now: now)
    }

    /// Recovers one rider.
    ///
    /// - Parameters:
    ///   - id: the rider.
    ///   - leases: whether a running lease protects it.
    ///   - suspecting: count its jobs as possible culprits of a crash.
    ///   - known: batches that the caller knows of, whatever the record says of them.
    package func recover(
        _ id: String, leases: LeaseRespect, suspecting: Bool, known: [Int: String] = [:]
    ) async throws(RedisError) -> Outcome {
        while true {
            let record = try await record(of: id, known)
            guard let outcome = try await run(id, record, leases: leases, suspecting: suspecting) else { continue }
            switch outcome {
            case .recovered, .stuck: try await unregisterWorkers(of: record)
            case .alive, .unknown: break
            }
            return outcome
        }
    }

    private struct Record {
        /// As they stand there; nothing where there is no record, or none that says them.
        var claimed: [UInt8] = []
        var settled: [UInt8] = []
        var worker = ""
        var queues = ""
        var slots = 0
        /// The batches that are not settled, the last one first.
        var batches: [(sequence: Int, queue: String)] = []
    }

    /// No rider has more slots.
    private static let mostSlots = 10_000

    private func record(of id: String, _ known: [Int: String]) async throws(RedisError) -> Record {
        var pipeline = RedisPipeline()
        pipeline.append("HGETALL", bus.rider(id))
        pipeline.append("HGETALL", bus.dead(id))
        let replies = try await connection.send(pipeline)
        // A record that is no hash says nothing.
        for reply in replies {
            if let refusal = reply.errorReply, refusal.kind != .wrongType { throw .refusal(refusal) }
        }
        let flat = replies[0].kind == .array && replies[0].count == 0 ? replies[1] : replies[0]
        var record = Record()
        var batches = known
        for index in stride(from: 0, to: flat.count - 1, by: 2) {
            let value = flat[index + 1]
            switch flat[index].string ?? "" {
            case "claimed": record.claimed = value.bytes ?? []
            case "settled": record.settled = value.bytes ?? []
            case "worker": record.worker = value.string ?? ""
            case "queues": record.queues = value.string ?? ""
            case "slots": record.slots = min(value.integer ?? 0, Self.mostSlots)
            case let field:
                if let sequence = NumberMeaning.sequence.read(field) {
                    batches[sequence] = batches[sequence] ?? value.string
                }
            }
        }
        record.batches = batches.map { (sequence: $0, queue: $1) }.sorted { $0.sequence > $1.sequence }
        return record
    }

    /// Calls the script once; nil when the rider has claimed or settled in between.
    private func run(
        _ id: String, _ record: Record, leases: LeaseRespect, suspecting: Bool
    ) async throws(RedisError) -> Outcome? {
        let keys = RiderKeys(bus: bus, id: id)
        var pipeline = RedisPipeline()
        digests.begin(
            .recoverRider,
            keys: [bus.riders, keys.lease, keys.record, keys.underRecovery, bus.suspectJobs, bus.queues]
                + record.batches.flatMap { [keys.reserved($0.sequence), bus.queue($0.queue)] },
            argumentCount: 5 + record.batches.count, in: &pipeline)
        pipeline.argument(id)
        record.claimed.withUnsafeBytes { pipeline.argument(bytes: $0) }
        record.settled.withUnsafeBytes { pipeline.argument(bytes: $0) }
        pipeline.argument(leases.rawValue)
        pipeline.argument(suspecting ? String(BatchLimits.suspicionMilliseconds) : "0")
        for batch in record.batches { pipeline.argument(batch.queue) }
        let reply = try await connection.sendChecked(pipeline)[0]
        return switch reply[0].string {
        case "DONE": .recovered(jobs: reply[1].integer ?? 0)
        case "STUCK": .stuck(jobs: reply[1].integer ?? 0)
        case "ALIVE": .alive
        case "GONE": .unknown
        default: nil
        }
    }

    /// Removes a rider's slots from what resque-web lists.
    private func unregisterWorkers(of record: Record) async throws(RedisError) {
        guard record.slots > 0 else { return }
        let workers = (1...record.slots).map { "\(record.worker).\($0):\(record.queues)" }
        _ = try await connection.send(.unregistering(workers, bus: bus))
    }
}

import BusWire
import RedisConnection

/// Gives back what dead riders had reserved (`Scripts/recover_rider.lua`).
///
/// Any rider does it for any other; the script alone decides whether the other is dead.
public struct RiderRecovery: Sendable {
    /// What came of one recovery.
    public enum Outcome: Sendable, Equatable {
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
    public init(connection: any RedisClient, bus: BusKeys, digests: ScriptDigests) {
        self.connection = connection
        self.bus = bus
        self.digests = digests
    }

    /// Every registered rider, with what is left of its lease; not positive if it ran out.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    public func leases(now: Int) async throws(RedisError) -> [(id: String, remaining: Duration)] {
        try await connection.leases(in: bus.riders, now: now)
    }

    /// Recovers one rider.
    ///
    /// - Parameters:
    ///   - id: the rider.
    ///   - leases: whether a running lease protects it.
    ///   - suspecting: count its jobs as possible culprits of a crash.
    public func recover(
        _ id: String, leases: Recovery.Leases, suspecting: Bool
    ) async throws(RedisError) -> Outcome {
        while true {
            let record = try await record(of: id)
            guard let outcome = try await run(id, record, leases: leases, suspecting: suspecting) else { continue }
            switch outcome {
            case .recovered, .stuck: try await unregisterWorkers(of: record)
            case .alive, .unknown: break
            }
            return outcome
        }
    }

    private struct Record {
        var claimed = "0"
        var settled = "0"
        var worker = ""
        var queues = ""
        var slots = 0
        /// The batches that are not settled, the last one first.
        var batches: [(sequence: Int, queue: String)] = []
    }

    private func record(of id: String) async throws(RedisError) -> Record {
        var pipeline = RedisPipeline()
        pipeline.append("HGETALL", bus.rider(id))
        pipeline.append("HGETALL", bus.dead(id))
        let replies = try await connection.sendChecked(pipeline)
        let flat = (replies[0].count > 0 ? replies[0] : replies[1]).elements.map { $0.string ?? "" }
        var record = Record()
        for index in stride(from: 0, to: flat.count, by: 2) {
            let value = flat[index + 1]
            switch flat[index] {
            case "claimed": record.claimed = value
            case "settled": record.settled = value
            case "worker": record.worker = value
            case "queues": record.queues = value
            case "slots": record.slots = Int(value) ?? 0
            case let field: if let sequence = Int(field) { record.batches.append((sequence, value)) }
            }
        }
        record.batches.sort { $0.sequence > $1.sequence }
        return record
    }

    /// Calls the script once; nil when the rider has claimed or settled in between.
    private func run(
        _ id: String, _ record: Record, leases: Recovery.Leases, suspecting: Bool
    ) async throws(RedisError) -> Outcome? {
        let keys = RiderKeys(bus: bus, id: id)
        var pipeline = RedisPipeline()
        digests.append(
            .recoverRider,
            keys: [bus.riders, keys.lease, keys.record, keys.underRecovery, bus.suspectJobs, bus.queues]
                + record.batches.flatMap { [keys.reserved($0.sequence), bus.queue($0.queue)] },
            arguments: [
                id, record.claimed, record.settled, leases.rawValue,
                suspecting ? String(DriverCommands.suspicion) : "0",
            ] + record.batches.map(\.queue),
            to: &pipeline)
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

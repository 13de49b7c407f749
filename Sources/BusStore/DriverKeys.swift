import BusWire

/// The keys of one driver incarnation (protocol.md §2.1).
///
/// An id is `host:pid:random` and never used again, so that nothing late can reach a successor's keys.
public struct DriverKeys: Sendable {
    /// The names that all drivers of this namespace share.
    public let bus: BusKeys
    /// This incarnation.
    public let id: String
    /// The queue that is driven, without namespace or `queue:`.
    public let queue: String
    /// The list of that queue.
    public let incoming: String
    /// The channel of this driver's barriers.
    public let barrier: String
    /// As resque-web lists this driver: `host:pid:queue`, with a host part that Ruby's pruning leaves alone (protocol.md §4.4).
    public let worker: String

    /// Counters of all drivers and workers, and of this one: what every commit adds to.
    let processed: [String]
    let failed: [String]
    let queues: String
    let suspects: String
    let record: String
    let lease: String
    let underRecovery: String

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - id: this incarnation's id.
    ///   - queue: the incoming queue's name, without namespace or `queue:`.
    ///   - worker: the worker id for resque-web; empty when only recovery uses these keys.
    public init(bus: BusKeys, id: String, queue: String, worker: String = "") {
        self.bus = bus
        self.id = id
        self.worker = worker
        self.queue = queue
        incoming = bus.queue(queue)
        barrier = bus.barrier(id)
        processed = [bus.stat("processed"), bus.stat("processed", worker: worker)]
        failed = [bus.stat("failed"), bus.stat("failed", worker: worker)]
        queues = bus.queues
        suspects = bus.suspects
        record = bus.driver(id)
        lease = bus.lease(id)
        underRecovery = bus.dead(id)
    }

    /// The list that holds batch `sequence` between claim and commit.
    public func inFlight(_ sequence: Int) -> String { bus.inFlight(id, sequence) }

    /// The list that keeps batch `sequence` for the janitor when a destination had the wrong type.
    public func fix(_ sequence: Int) -> String { bus.fix(id, sequence) }
}

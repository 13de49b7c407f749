package import BusWire

/// The keys of one driver incarnation (protocol §2.1).
///
/// An id is `host:pid:random` and never used again, so that nothing late can reach a successor's keys.
package struct DriverKeys: Sendable {
    /// The names that all drivers of this namespace share.
    package let bus: BusKeys
    /// This incarnation.
    package let id: String
    /// The queue that is driven, without namespace or `queue:`.
    package let queue: String
    /// The list of that queue.
    package let incoming: String
    /// The channel of this driver's barriers.
    package let barrier: String
    /// As resque-web lists this driver: `host:pid:queue`, with a host part that Ruby's pruning leaves alone
    /// (protocol §4.4).
    package let worker: String

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
    package init(bus: BusKeys, id: String, queue: String, worker: String = "") {
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
    package func inFlight(_ sequence: Int) -> String { bus.inFlight(id, sequence) }

    /// The list that keeps batch `sequence` for the janitor when a destination had the wrong type.
    package func keptBatch(_ sequence: Int) -> String { bus.keptBatch(id, sequence) }
}

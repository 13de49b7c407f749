package import BusWire
package import RedisConnection

/// Writes the commands of one rider incarnation (`claim_jobs.lua`, `settle_jobs.lua`). It decides nothing and
/// sends nothing.
package struct RiderCommands: LeaseCommands {
    /// The keys of this incarnation.
    package let keys: RiderKeys
    package let lease: Lease
    package var digests: ScriptDigests

    /// - Parameter lease: how long it runs, in milliseconds.
    package init(keys: RiderKeys, lease: Int, digests: ScriptDigests) {
        self.keys = keys
        self.lease = Lease(
            id: keys.id, record: keys.record, registry: keys.bus.riders, key: keys.lease, milliseconds: lease)
        self.digests = digests
    }

    // MARK: - Claim

    /// What one claim asks for.
    package struct Claim: Sendable {
        /// The batch's sequence number.
        package var sequence: Int
        /// The most jobs that it takes.
        package var most: Int
        /// The queues, in the order in which they are served.
        package var queues: [String]
        /// Nothing is in hand, so that a job which is suspected of killing riders may run.
        package var isAlone: Bool
        package var copying: Copying

        package init(sequence: Int, most: Int, queues: [String], isAlone: Bool, copying: Copying) {
            self.sequence = sequence
            self.most = most
            self.queues = queues
            self.isAlone = isAlone
            self.copying = copying
        }
    }

    /// Appends a claim and the read of what it reserved: two replies.
    package func append(_ claim: Claim, to pipeline: inout RedisPipeline) {
        let reserved = keys.reserved(claim.sequence)
        digests.append(
            .claimJobs,
            keys: [keys.record, reserved, keys.bus.pauseAllWorkers, keys.bus.suspectJobs]
                + claim.queues.map(keys.bus.queue),
            arguments: [
                String(claim.sequence), String(claim.most), claim.copying.rawValue,
                String(BatchLimits.mostBatchBytes), String(BatchLimits.mostElementBytes), claim.isAlone ? "1" : "0",
            ] + claim.queues,
            to: &pipeline)
        pipeline.append("LRANGE", reserved, "0", "-1")
    }

    /// Appends the move of a queue's oversized head to a list of its own: two replies, a ``SetAsideAnswer``.
    ///
    /// - Parameters:
    ///   - sequence: that of the claim which found it; the move uses it up.
    ///   - entry: for `failed`; it names the list, which is ``BusKeys/oversized(_:_:)``.
    package func appendSetAside(
        _ sequence: Int, from queue: String, entry: String, copying: Copying,
        to pipeline: inout RedisPipeline
    ) {
        digests.append(
            .setAside,
            keys: [
                keys.record, bus.queue(queue), bus.oversized(keys.id, sequence), bus.waitingFailures,
                bus.stat("processed"), bus.stat("failed"),
            ],
            arguments: [String(sequence), String(BatchLimits.mostElementBytes), copying.rawValue, entry],
            to: &pipeline)
        pipeline.appendMoveOfFailures(bus: bus)
    }

    // MARK: - Settlement

    /// Appends a settlement: one reply.
    package func append(_ settlement: Settlement, to pipeline: inout RedisPipeline) {
        let batches = settlement.batches
        let checks = settlement.failures.flatMap(\.consequence.writes)
        let keys =
            [self.keys.record, bus.suspectJobs, bus.stat("processed"), bus.stat("failed"), bus.queues]
            + batches.flatMap { [self.keys.reserved($0.sequence), bus.queue($0.queue)] } + settlement.endedCounters
            + checks.map(\.key)
        let head =
            [
                settlement.number, settlement.processed, settlement.failed,
            ].map(String.init) + ["busdriver:gone:" + self.keys.id]
            + [batches.count, settlement.endedCounters.count, settlement.failures.count].map(String.init)
            + batches.flatMap(\.words)
        let count = settlement.failures.reduce(head.count) { $0 + $1.wordCount }
        digests.begin(.settleJobs, keys: keys, argumentCount: count, in: &pipeline)
        for word in head { pipeline.argument(word) }
        var firstKey = keys.count - checks.count + 1
        for failure in settlement.failures {
            failure.append(firstKey: firstKey, to: &pipeline)
            firstKey += failure.consequence.writes.count
        }
    }

    private var bus: BusKeys { keys.bus }

    // MARK: - Life

    /// Appends the registration.
    ///
    /// - Parameters:
    ///   - worker: what this rider's entries in `workers` have before the slot's number: `<host>+swift:<pid>`.
    ///   - queues: what they have behind it.
    ///   - slots: how many entries there are.
    package func appendRegister(worker: String, queues: String, slots: Int, to pipeline: inout RedisPipeline) {
        lease.appendRegister(
            ["settled": "0", "worker": worker, "queues": queues, "slots": String(slots)], digests: digests,
            to: &pipeline)
    }
}

extension RedisPipeline {
    /// Appends the reading of how often a job was tried before, as resque-retry counts it: one reply.
    ///
    /// - Parameter name: of the counter, without the namespace.
    package mutating func appendRetryCounter(_ name: String, bus: BusKeys) { append("GET", bus.key(name)) }
}

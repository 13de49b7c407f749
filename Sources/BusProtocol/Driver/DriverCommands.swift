package import BusWire
package import RedisConnection

/// Writes the driver's commands of protocol §2.2 for one incarnation. It decides nothing and sends nothing.
package struct DriverCommands: LeaseCommands {
    /// The keys of this incarnation.
    package let keys: DriverKeys
    private let milliseconds: Int
    package var digests: ScriptDigests

    /// - Parameter lease: how long it runs, in milliseconds.
    package init(keys: DriverKeys, lease: Int, digests: ScriptDigests) {
        self.keys = keys
        milliseconds = lease
        self.digests = digests
    }

    // MARK: - Claim

    /// What one claim asks for.
    package struct Claim: Sendable {
        /// The batch's sequence number.
        package var sequence: Int
        /// The lowest sequence number that is not known to be committed.
        package var low: Int
        /// The most events that it takes.
        package var most: Int
        package var copying: Copying
        /// Right behind an `EXEC` the connection watches nothing; anywhere else an old WATCH must go first.
        package var followsExec: Bool
        /// The barrier to publish behind the claim, if the driver uses one (protocol §3).
        package var barrier: (channel: String, number: Int)?

        package init(
            sequence: Int, low: Int, most: Int, copying: Copying, followsExec: Bool,
            barrier: (channel: String, number: Int)? = nil
        ) {
            self.sequence = sequence
            self.low = low
            self.most = most
            self.copying = copying
            self.followsExec = followsExec
            self.barrier = barrier
        }
    }

    /// Appends a claim: the script, then the WATCH on the batch and the read behind it.
    ///
    /// The events to drive are what the read returns, never what the script said: the WATCH stands between them.
    package func append(_ claim: Claim, to pipeline: inout RedisPipeline) {
        if !claim.followsExec { pipeline.append("UNWATCH") }
        let inFlight = keys.inFlight(claim.sequence)
        digests.append(
            .claim,
            keys: [keys.record, keys.incoming, inFlight, keys.inFlight(claim.low - 1), keys.suspects],
            arguments: [
                String(claim.sequence), String(claim.most), claim.copying.rawValue, String(BatchLimits.mostBatchBytes),
                String(BatchLimits.mostElementBytes), claim.sequence == claim.low ? "1" : "0",
            ],
            to: &pipeline)
        pipeline.append("WATCH", inFlight)
        pipeline.append("LRANGE", inFlight, "0", "-1")
        if let barrier = claim.barrier {
            pipeline.append("PUBLISH", barrier.channel, String(barrier.number))
        }
    }

    // MARK: - Commit

    /// What a batch leads to, apart from the pushes themselves, which stand between `beginCommit` and `endCommit`.
    package struct Commit: Sendable {
        package var sequence: Int
        /// Events that count as processed.
        package var processed: Int
        /// Events or copies that went to `failed`.
        package var failed: Int
        /// The queues that were pushed to, by name.
        package var queues: [String]
        /// Keys of all lists that were pushed to.
        package var destinations: [String]
        /// The batch holds a suspect, so that its commit clears it.
        package var absolves: Bool
        /// Entries were pushed to ``BusKeys/waitingFailures``: they move on to `failed`, if that is a list.
        package var movesFailures: Bool

        package init(
            sequence: Int, processed: Int, failed: Int, queues: [String], destinations: [String], absolves: Bool,
            movesFailures: Bool = false
        ) {
            self.sequence = sequence
            self.processed = processed
            self.failed = failed
            self.queues = queues
            self.destinations = destinations
            self.absolves = absolves
            self.movesFailures = movesFailures
        }
    }

    /// Opens a commit's `MULTI`.
    package func beginCommit(in pipeline: inout RedisPipeline) {
        pipeline.append("MULTI")
    }

    /// Closes a commit: queue names, counters, `fin`, the end of the batch, what moves failures on, and `EXEC`.
    ///
    /// Rights may go between here and `EXEC`, which then refuses single commands. `fin` and `DEL` stand in for each
    /// other: what was pushed ends although one of them is refused, and what was not stays.
    package func endCommit(_ commit: Commit, in pipeline: inout RedisPipeline) {
        if !commit.queues.isEmpty { pipeline.append(["SADD", keys.queues] + commit.queues) }
        appendCount(keys.processed, commit.processed, to: &pipeline)
        appendCount(keys.failed, commit.failed, to: &pipeline)
        let inFlight = keys.inFlight(commit.sequence)
        if commit.absolves { pipeline.appendText(of: .absolve, keys: [inFlight, keys.suspects]) }
        pipeline.appendText(
            of: .fin, keys: [inFlight, keys.keptBatch(commit.sequence), keys.bus.keptBatches],
            arguments: commit.destinations)
        pipeline.append("DEL", inFlight)
        if commit.movesFailures { appendMoveOfFailures(to: &pipeline) }
        pipeline.append("EXEC")
    }

    /// Appends what moves entries that wait on to `failed`: one reply, how many still wait. By text, since it may stand
    /// in a `MULTI`.
    package func appendMoveOfFailures(to pipeline: inout RedisPipeline) {
        pipeline.appendMoveOfFailures(bus: keys.bus)
    }

    /// Appends the head of `mend` for a batch that `fin` kept; the caller adds `argumentCount` arguments: per
    /// destination its queue name, the number of its jobs, the jobs.
    package func beginMending(
        _ list: String, failed: Int, destinations: [String], argumentCount: Int, in pipeline: inout RedisPipeline
    ) {
        ScriptDigests().begin(
            .mend, keys: [list, keys.bus.keptBatches, keys.queues] + keys.failed + destinations,
            argumentCount: 1 + argumentCount, in: &pipeline)
        pipeline.argument(String(failed))
    }

    /// Appends the reading of a batch that `fin` kept: its events, and then the type of each destination.
    package func appendKept(_ list: String, destinations: [String], to pipeline: inout RedisPipeline) {
        pipeline.append("LRANGE", list, "0", "-1")
        for key in destinations { pipeline.append("TYPE", key) }
    }

    private func appendCount(_ counters: [String], _ count: Int, to pipeline: inout RedisPipeline) {
        guard count > 0 else { return }
        for counter in counters { pipeline.append("INCRBY", counter, String(count)) }
    }

    // MARK: - Bus heartbeat

    /// Appends the reading of the bus heartbeat's timestamp and lock behind a WATCH, so that minute and acknowledgement
    /// are one step: three replies, of which the first is that of the WATCH.
    package func appendBusHeartbeatState(to pipeline: inout RedisPipeline) {
        pipeline.append("WATCH", keys.bus.busHeartbeatTimestamp, keys.bus.busHeartbeatLock)
        pipeline.append("GET", keys.bus.busHeartbeatTimestamp)
        pipeline.append("GET", keys.bus.busHeartbeatLock)
    }

    /// Appends to a commit that the bus heartbeats up to a minute are published.
    ///
    /// - Parameter minute: since 1970.
    package func appendBusHeartbeatsDone(upTo minute: Int, in pipeline: inout RedisPipeline) {
        pipeline.append("SET", keys.bus.busHeartbeatTimestamp, String(minute))
        // An expired lock of a process that died: Ruby takes it over and deletes it when done.
        pipeline.append("DEL", keys.bus.busHeartbeatLock)
    }

    // MARK: - Idle

    /// Appends the blocking peek: nothing moves, any number of drivers wake (protocol §2.2). The reply behind it is
    /// null unless suspects may be at the head of the list.
    package func appendPeek(seconds: Int, barrier: (channel: String, number: Int)?, to pipeline: inout RedisPipeline) {
        pipeline.append("BLMOVE", keys.incoming, keys.incoming, "LEFT", "LEFT", String(seconds))
        pipeline.append("HGET", keys.suspects, keys.incoming)
        if let barrier { pipeline.append("PUBLISH", barrier.channel, String(barrier.number)) }
    }

    /// Appends the head of `swap`; the caller adds `argumentCount` arguments: per destination its queue name, the
    /// number of its jobs, the jobs.
    package func beginSwap(
        sequence: Int, event: UnsafeRawBufferPointer, destinations: [String], argumentCount: Int,
        in pipeline: inout RedisPipeline
    ) {
        let shared = [keys.record, keys.incoming, keys.inFlight(sequence - 1), keys.queues] + keys.processed
        digests.begin(.swap, keys: shared + destinations, argumentCount: 2 + argumentCount, in: &pipeline)
        pipeline.argument(String(sequence))
        pipeline.argument(bytes: event)
    }

    /// Appends the move of an oversized event to a list of its own: two replies, a ``SetAsideAnswer``.
    ///
    /// - Parameters:
    ///   - sequence: that of the claim which found it; the move uses it up.
    ///   - entry: for `failed`; it names the list, which is ``BusKeys/oversized(_:_:)``.
    package func appendSetAside(
        _ sequence: Int, entry: String, copying: Copying, to pipeline: inout RedisPipeline
    ) {
        digests.append(
            .setAside,
            keys: [
                keys.record, keys.incoming, keys.bus.oversized(keys.id, sequence), keys.bus.waitingFailures,
            ] + keys.processed + keys.failed,
            arguments: [String(sequence), String(BatchLimits.mostElementBytes), copying.rawValue, entry], to: &pipeline)
        appendMoveOfFailures(to: &pipeline)
    }

    // MARK: - Life

    /// The lease, which is renewed again and again. Made when it is asked for, since commands are copied for each batch.
    package var lease: Lease {
        Lease(id: keys.id, record: keys.record, registry: keys.bus.drivers, key: keys.lease, milliseconds: milliseconds)
    }

    /// Appends the registration, and the entry that resque-web shows.
    package func appendRegister(started: String, to pipeline: inout RedisPipeline) {
        lease.appendRegister(["worker": keys.worker, "queue": keys.queue], digests: digests, to: &pipeline)
        pipeline.append(contentsOf: .registering([keys.worker], started: started, bus: keys.bus))
    }
}

extension RedisClient {
    /// The batches that `fin` kept, of all drivers: the hash from an in-flight list to the JSON list of what it owes.
    ///
    /// - Returns: names and values in turn, or an error reply.
    package func keptBatches(bus: BusKeys) async throws(RedisError) -> RedisReply {
        try await send(RedisPipeline("HGETALL", bus.keptBatches))[0]
    }
}

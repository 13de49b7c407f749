package import BusWire
package import RedisConnection

/// Writes the commands by which a leading scheduler publishes the bus heartbeat (`publish_bus_heartbeats.lua`). It
/// decides nothing and sends nothing.
package struct BusHeartbeatCommands: Sendable {
    /// What Ruby's heartbeat job keeps in Redis (contract §5).
    package struct State: Sendable, Hashable {
        /// The epoch second until which another process publishes; nil for none.
        package let lock: String?
        /// The last epoch minute that was published; nil for none.
        package let timestamp: String?
        /// Both byte for byte, empty for nothing: what is there need not be text.
        let bytes: [[UInt8]]

        package init(lock: String?, timestamp: String?) {
            (self.lock, self.timestamp) = (lock, timestamp)
            bytes = [lock, timestamp].map { Array(($0 ?? "").utf8) }
        }

        init(_ replies: RedisReplies) {
            lock = replies[0].string
            timestamp = replies[1].string
            bytes = [replies[0].bytes ?? [], replies[1].bytes ?? []]
        }
    }

    private let bus: BusKeys
    private let lock: SchedulerLock.Identity
    private let queue: String

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - lock: what the schedulers' lock holds while this one leads.
    ///   - queue: the incoming queue, without namespace and `queue:`.
    package init(bus: BusKeys, lock: SchedulerLock.Identity, queue: String) {
        self.bus = bus
        self.lock = lock
        self.queue = queue
    }

    /// Reads what Ruby's heartbeat job keeps.
    ///
    /// - Throws: `RedisError`; that of a key with another type of value names the key.
    package func readState(_ connection: any RedisClient) async throws(RedisError) -> State {
        let keys = [bus.busHeartbeatLock, bus.busHeartbeatTimestamp]
        var pipeline = RedisPipeline()
        for key in keys { pipeline.append("GET", key) }
        return State(try await connection.send(pipeline, keys: keys))
    }

    /// Appends the publishing of some minutes: one reply, a ``LeaderAnswer``. The script is called by its text: a call
    /// a minute is not worth a digest that the server may forget.
    ///
    /// - Parameters:
    ///   - elements: of the events, in order; none only moves the timestamp.
    ///   - timestamp: the epoch minute to note.
    ///   - state: from which this was decided.
    package func append(
        _ elements: [[UInt8]], timestamp: Int, replacing state: State, to pipeline: inout RedisPipeline
    ) {
        ScriptDigests().begin(
            .publishBusHeartbeats,
            keys: [lock.key, bus.busHeartbeatLock, bus.busHeartbeatTimestamp, bus.queues, bus.queue(queue)],
            argumentCount: 5 + elements.count, in: &pipeline)
        pipeline.argument(lock.value)
        for bytes in state.bytes { bytes.withUnsafeBytes { pipeline.argument(bytes: $0) } }
        pipeline.argument(timestamp)
        pipeline.argument(queue)
        for element in elements { element.withUnsafeBytes { pipeline.argument(bytes: $0) } }
    }
}

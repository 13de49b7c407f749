import BusWire
import RedisConnection

extension Script {
    /// Publishes minutes of the bus heartbeat.
    public static let publishHeartbeats = Script("publish_heartbeats", asking: PackageResources.publish_heartbeats_lua)
}

/// Writes the commands by which a leading scheduler publishes the bus heartbeat (`Scripts/publish_heartbeats.lua`). It
/// decides nothing and sends nothing.
public struct HeartbeatCommands: Sendable {
    /// What Ruby's heartbeat job keeps in Redis (contract §5).
    public struct State: Sendable, Hashable {
        /// The epoch second until which another process publishes; nil for none.
        public var lock: String?
        /// The last epoch minute that was published; nil for none.
        public var timestamp: String?

        public init(lock: String?, timestamp: String?) {
            self.lock = lock
            self.timestamp = timestamp
        }

        /// - Parameter replies: to ``HeartbeatCommands/appendRead(to:)``.
        public init(_ replies: RedisReplies) {
            self.init(lock: replies[0].string, timestamp: replies[1].string)
        }
    }

    private let bus: BusKeys
    private let lock: SchedulerLock.Identity
    private let queue: String

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - lock: what the schedulers' lock holds while this one leads.
    ///   - queue: the incoming queue, without namespace and `queue:`.
    public init(bus: BusKeys, lock: SchedulerLock.Identity, queue: String) {
        self.bus = bus
        self.lock = lock
        self.queue = queue
    }

    /// Appends the reading of a ``State``: two replies.
    public func appendRead(to pipeline: inout RedisPipeline) {
        pipeline.append("GET", bus.heartbeatLock)
        pipeline.append("GET", bus.heartbeatTimestamp)
    }

    /// Appends the publishing of some minutes: one reply, a ``LeaderAnswer``. The script is called by its text: a call
    /// a minute is not worth a digest that the server may forget.
    ///
    /// - Parameters:
    ///   - elements: of the events, in order; none only moves the timestamp.
    ///   - timestamp: the epoch minute to note.
    ///   - state: from which this was decided.
    public func append(
        _ elements: [[UInt8]], timestamp: Int, replacing state: State, to pipeline: inout RedisPipeline
    ) {
        ScriptDigests().begin(
            .publishHeartbeats,
            keys: [lock.key, bus.heartbeatLock, bus.heartbeatTimestamp, bus.queues, bus.queue(queue)],
            argumentCount: 5 + elements.count, in: &pipeline)
        pipeline.argument(lock.value)
        pipeline.argument(state.lock ?? "")
        pipeline.argument(state.timestamp ?? "")
        pipeline.argument(timestamp)
        pipeline.argument(queue)
        for element in elements { element.withUnsafeBytes { pipeline.argument(bytes: $0) } }
    }
}

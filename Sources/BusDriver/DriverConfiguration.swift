import BusWire
import RedisConnection

/// What one driver needs to know. One driver drives one incoming list.
public struct DriverConfiguration: Sendable {
    /// Where Redis is.
    public var redis: RedisConfiguration
    /// The names of the keys; default namespace `resque`.
    public var keys: BusKeys
    /// The queue to drive; default `bus_incoming`.
    public var queue: String
    /// Where republished delayed events and heartbeats go; default `bus_incoming`.
    public var publishQueue: String
    /// How long a dead driver's events wait before another may take them; default 15 s, at least 500 ms.
    public var lease: Duration
    /// Drive what is there, then end; default false.
    public var drains: Bool
    /// Most events of one batch; default 512.
    public var mostPerBatch: Int
    /// This host's name, for the driver's id.
    public var host: String
    /// This process, for the driver's id.
    public var processID: Int32
    /// Wall clock in epoch seconds, for `bus_driven_at` and the like.
    public var now: @Sendable () -> Int
    /// Makes the random part of an event's id: a lower-case UUID.
    public var uuid: @Sendable () -> String
    /// Offset of local time from UTC in seconds at an epoch second, for the local fields of bus heartbeats.
    public var localOffset: @Sendable (Int) -> Int

    /// A configuration with every default.
    ///
    /// - Parameters:
    ///   - redis: where Redis is.
    ///   - host: this host's name.
    ///   - processID: this process.
    ///   - now: wall clock in epoch seconds.
    ///   - uuid: makes a lower-case UUID.
    ///   - localOffset: local time minus UTC in seconds.
    public init(
        redis: RedisConfiguration, host: String, processID: Int32, now: @escaping @Sendable () -> Int,
        uuid: @escaping @Sendable () -> String, localOffset: @escaping @Sendable (Int) -> Int
    ) {
        self.redis = redis
        self.host = host
        self.processID = processID
        self.now = now
        self.uuid = uuid
        self.localOffset = localOffset
        keys = BusKeys()
        queue = "bus_incoming"
        publishQueue = "bus_incoming"
        lease = .seconds(15)
        drains = false
        mostPerBatch = 512
    }
}

package import BusWire
package import RedisConnection

/// What one driver needs to know. One driver drives one incoming list.
package struct DriverConfiguration: Sendable {
    /// Where Redis is.
    package var redis: RedisConfiguration
    /// The names of the keys; default namespace `resque`.
    package var keys: BusKeys
    /// The queue to drive; default `bus_incoming`.
    package var queue: String
    /// Where republished delayed events and heartbeats go; default `bus_incoming`.
    package var publishQueue: String
    /// How long a dead driver's events wait before another may take them; default 15 s, at least 500 ms.
    package var lease: Duration
    /// Drive what is there, then end; default false.
    package var drains: Bool
    /// Most events of one batch; default 512.
    package var mostPerBatch: Int
    /// This host's name, for the driver's id.
    package var host: String
    /// This process, for the driver's id.
    package var processID: Int32
    /// Wall clock in epoch seconds, for `bus_driven_at` and the like.
    package var now: @Sendable () -> Int
    /// Makes the random part of an event's id: a lower-case UUID.
    package var uuid: @Sendable () -> String
    /// Offset of local time from UTC in seconds at an epoch second, for the local fields of bus heartbeats.
    package var localOffset: @Sendable (Int) -> Int
    /// Whether the driver makes sure before it begins that the server throws no events away and spreads no keys.
    /// Default true; false where whoever runs it has seen to that.
    package var inspectsServer: Bool

    /// A configuration with every default.
    ///
    /// - Parameters:
    ///   - redis: where Redis is.
    ///   - host: this host's name.
    ///   - processID: this process.
    ///   - now: wall clock in epoch seconds.
    ///   - uuid: makes a lower-case UUID.
    ///   - localOffset: local time minus UTC in seconds.
    package init(
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
        inspectsServer = true
    }
}

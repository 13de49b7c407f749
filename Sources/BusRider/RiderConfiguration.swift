package import BusWire
package import RedisConnection

/// What one rider needs to know.
package struct RiderConfiguration: Sendable {
    /// Where Redis is.
    package var redis: RedisConfiguration
    /// The names of the keys; default namespace `resque`.
    package var keys: BusKeys
    /// The queues to work on, in which order.
    package var queues: QueueSelection
    /// The queues that drivers take events from: no pattern matches them, so that `*` leaves the drivers' work to them.
    /// Default `bus_incoming`, and `resquebus_incoming` of resque-bus before 0.4.
    package var incoming: [String]
    /// How many jobs run at once; default 10.
    package var concurrency: Int
    /// How long a dead rider's jobs wait before another may take them; default 15 s, at least 500 ms.
    package var lease: Duration
    /// How often a rider looks for new queues while it is never idle, or where Redis may announce nothing; there it
    /// also looks for jobs as often, or each second if that is more often. Otherwise Redis wakes it. Default 5 s, as
    /// Resque's `INTERVAL`.
    package var interval: Duration
    /// Work off what is there, then end. Such a rider does not wait for a Redis that cannot be used at its start, and
    /// later for one lease. Default false.
    package var drains: Bool
    /// This host's name, for the rider's id.
    package var host: String
    /// This process, for the rider's id.
    package var processID: Int32
    /// Wall clock in epoch seconds.
    package var now: @Sendable () -> Int

    /// A configuration with every default.
    ///
    /// - Parameters:
    ///   - redis: where Redis is.
    ///   - queues: the queues to work on.
    ///   - host: this host's name.
    ///   - processID: this process.
    ///   - now: wall clock in epoch seconds.
    package init(
        redis: RedisConfiguration, queues: QueueSelection, host: String, processID: Int32,
        now: @escaping @Sendable () -> Int
    ) {
        self.redis = redis
        self.queues = queues
        self.host = host
        self.processID = processID
        self.now = now
        keys = BusKeys()
        incoming = ["bus_incoming", "resquebus_incoming"]
        concurrency = 10
        lease = .seconds(15)
        interval = .seconds(5)
        drains = false
    }
}

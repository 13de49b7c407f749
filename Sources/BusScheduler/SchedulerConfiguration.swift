package import BusCalendar
package import BusProtocol
package import BusWire
package import RedisConnection

/// What a scheduler needs to know.
package struct SchedulerConfiguration: Sendable {
    /// Where Redis is.
    package var redis: RedisConfiguration
    /// The names of the keys; default namespace `resque`.
    package var keys: BusKeys
    /// The recurring jobs besides those that Redis keeps, which win over one of the same name. Default none.
    package var entries: [ScheduleEntry]
    /// Where ``entries`` come from, for `busdriver schedule list`. Default `code`.
    package var source: PublishedSchedule.Source
    /// `RAILS_ENV`: which entries are meant for here; nil, the default, for those that name no environment.
    package var environment: String?
    /// Local time: of lines of cron without a zone, and of the local fields of the bus heartbeat. Default UTC.
    package var zone: ZoneRules
    /// Where there is a bus heartbeat; default ``BusHeartbeat/Mode/whereItRuns``.
    package var heartbeat: BusHeartbeat.Mode
    /// For how many missed minutes the heartbeat is made up for; nil, the default, for all of them.
    package var mostMissedMinutes: Int?
    /// The queue that heartbeats are published to; default `bus_incoming`.
    package var publishQueue: String
    /// How long the leaders' lock lasts without renewal: the longest time that nobody leads after a crash. Whole
    /// seconds, from 2 to 86 400; default 180, as in Ruby.
    package var lock: Duration
    /// `RESQUE_SCHEDULER_MASTER_LOCK_PREFIX` of the Ruby schedulers; empty, the default, for none.
    package var lockPrefix: String
    /// Which part of the time many due jobs may take at most, so that drivers beside have the rest: more than 0, at
    /// most 1, which is the default and as fast as possible.
    package var promotionShare: Double
    /// This host's name, for the lock.
    package var host: String
    /// This process, for the lock.
    package var processID: Int32
    /// Wall clock in epoch seconds, for entries in `failed`; nothing falls due by it.
    package var now: @Sendable () -> Int
    /// Makes the random part of an event's id: a lower-case UUID.
    package var uuid: @Sendable () -> String
    /// Whether the scheduler makes sure before it begins that the server throws nothing away and spreads no keys.
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
    package init(
        redis: RedisConfiguration, host: String, processID: Int32, now: @escaping @Sendable () -> Int,
        uuid: @escaping @Sendable () -> String
    ) {
        self.redis = redis
        self.host = host
        self.processID = processID
        self.now = now
        self.uuid = uuid
        keys = BusKeys()
        entries = []
        source = .code
        zone = .utc
        heartbeat = .whereItRuns
        publishQueue = "bus_incoming"
        lock = .seconds(SchedulerLock.defaultSeconds)
        lockPrefix = ""
        promotionShare = 1
        inspectsServer = true
    }
}

import FoundationEssentials
import RedisTestSupport
import Testing

/// A private redis-server with delayed and recurring work on it, for one scenario with schedulers as processes.
struct SchedulerFaultBench: ProcessBench {
    let server: RedisServer
    let ledger = DelayedLedger()

    init(on server: RedisServer) { self.server = server }

    /// What fires from the file: every half second and every second.
    static let recurring = ["tick": 500, "second": 1000]
    private static let schedule = """
        tick:
          every: 0.5s
          class: Tick
          queue: recurring_tick
          catch_up: all
        second:
          cron: "* * * * * *"
          class: Second
          queue: recurring_second
          catch_up: all

        """

    func prepare(_ redis: RawRedis) throws {
        try Self.schedule.write(toFile: scheduleFile, atomically: false, encoding: .utf8)
    }

    private var scheduleFile: String { "\(server.directory)/schedule.yml" }

    // MARK: - Processes

    /// Starts a scheduler whose lock lasts two seconds.
    func scheduler(
        crash: BusDriverProcess.PlannedCrash? = nil, roles: String = "scheduler"
    ) throws -> BusDriverProcess {
        try BusDriverProcess(
            running: "busdriver",
            [
                "run", "--redis", server.url, "--roles", roles, "--schedule", scheduleFile, "--heartbeat",
                "--time-zone", "Europe/Paris", "--leader-lock", "2s",
            ], on: server, crash: crash)
    }

    /// Starts a scheduler and waits until it leads.
    func leader(_ redis: RawRedis, roles: String = "scheduler") async throws -> BusDriverProcess {
        let leader = try scheduler(roles: roles)
        try await awaitLeadership(of: leader, redis, "it leads")
        return leader
    }

    func leads(_ scheduler: BusDriverProcess, _ redis: RawRedis) throws -> Bool {
        try redis.call("GET", SchedulerTrace.lock).string?.contains(":\(scheduler.id):") ?? false
    }

    /// - Returns: how long it took.
    @discardableResult
    func awaitLeadership(
        of scheduler: BusDriverProcess, _ redis: RawRedis, within deadline: Duration = .seconds(10), _ scenario: String
    ) async throws -> Duration {
        do {
            return try await pollUntil("\(scenario): the scheduler leads", within: deadline) {
                try leads(scheduler, redis)
            }
        } catch {
            Issue.record("\(scenario): \(scheduler.log)")
            throw error
        }
    }

    // MARK: - Work

    /// Work that is overdue, work for the next seconds, three missed heartbeats, and a schedule that Ruby has set.
    func addWork(_ redis: RawRedis) throws {
        let now = DelayedLedger.second
        try ledger.add(300, due: now - 2...now + 3, on: redis)
        try redis.call("SET", "resque:bus:heartbeat:timestamp", String(now / 60 - 3))
        try redis.call("SET", "saved", String(now / 60 - 3))
        try setSchedule("dynamic", redis)
    }

    /// `Resque.set_schedule` with `persist`: it fires each second.
    func setSchedule(_ name: String, _ redis: RawRedis) throws {
        let definition = #"{"class":"Dynamic","cron":"* * * * * *","queue":"recurring_\#(name)","catch_up":"all"}"#
        try redis.call("HSET", "resque:persistent_schedules", name, definition)
        try redis.call("SADD", "resque:schedules_changed", name)
    }

    /// Whether nothing delayed waits any more.
    func isMoved(_ redis: RawRedis) throws -> Bool {
        try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 0
    }
}

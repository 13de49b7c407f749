import FoundationEssentials
import Glibc
import LibevExecutor
import RedisTestSupport
import Testing

/// A private redis-server with delayed and recurring work on it, for one scenario with schedulers as processes.
struct SchedulerFaultBench: Sendable {
    let server: RedisServer
    let ledger = DelayedLedger()

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

    /// Runs one scenario for each of `items`, four at a time: most of their time goes by waiting.
    static func runEach<Item: Sendable>(
        _ items: [Item], _ scenario: @escaping @Sendable (Item, SchedulerFaultBench, RawRedis) async throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, item) in items.enumerated() {
                if index >= 4 { await group.next() }
                group.addTask {
                    do {
                        try await run { try await scenario(item, $0, $1) }
                    } catch {
                        Issue.record(error, "\(item)")
                    }
                }
            }
        }
    }

    /// Runs a scenario on a thread of its own, which its raw clients may block.
    static func run(
        config: [String] = [], _ scenario: (SchedulerFaultBench, RawRedis) async throws -> Void
    ) async throws {
        let thread = LibevExecutor(name: "test.scenario")
        defer { thread.stop() }
        try await withTaskExecutorPreference(thread) {
            // Up to its first suspension a task stays where it is, on a thread of the pool.
            await Task.yield()
            let bench = SchedulerFaultBench(server: try RedisServer(config: config))
            defer { bench.server.stop() }
            try schedule.write(toFile: bench.scheduleFile, atomically: false, encoding: .utf8)
            try await scenario(bench, try bench.server.connect())
        }
    }

    private var scheduleFile: String { "\(server.directory)/schedule.yml" }

    // MARK: - Processes

    /// Starts a scheduler whose lock lasts two seconds.
    func scheduler(
        crash: BusDriverProcess.DriverCrashPoint? = nil, roles: String = "scheduler"
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

    /// Ends a scheduler in order.
    func stop(_ scheduler: BusDriverProcess, _ scenario: String) async throws {
        scheduler.signal(SIGTERM)
        try await pollUntil("\(scenario): the scheduler has ended", within: .seconds(6)) { !scheduler.isRunning }
        #expect(scheduler.ending == .exit(0), "\(scenario): \(scheduler.log)")
    }

    // MARK: - Work

    /// Work that is overdue, work for the next seconds, three missed heartbeats, and a schedule that Ruby has set.
    func prepare(_ redis: RawRedis) throws {
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

import BusCalendar
import BusScheduler
import BusWire
import RedisTestSupport
import Testing

/// Of several schedulers one leads.
@Suite(.timeLimit(.minutes(1))) struct SchedulerLeadTests {
    private static func item(_ number: Int) -> String { #"{"class":"Job","args":[\#(number)],"queue":"jobs"}"# }

    @Test(.timeLimit(.minutes(1))) func aCleanStopHandsOverAtOnce() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let first = bench.scheduler(try bench.schedulerConfiguration())
            let log = CapturedLog()
            let second = bench.scheduler(try bench.schedulerConfiguration(), log: log)
            let firstRun = bench.start(first)
            try await pollUntil("the first leads") { await first.statistics.isLeading }
            try await bench.whileRunning(second) {
                try await pollUntil("the second waits") { !log.lines(with: "following").isEmpty }
                #expect(await !second.statistics.isLeading)
                await first.stop()
                let wait = try await pollUntil("the second leads") { await second.statistics.isLeading }
                // It has just looked; unannounced, it would look again after ten seconds.
                #expect(wait < .seconds(5))
                #expect(try await firstRun.value == .finished)
                try redis.delay(Self.item(1), until: 5)
                try await pollUntil("it works") { try redis.length(of: "jobs") == 1 }
            }
            #expect(try redis.call("EXISTS", RawRedis.schedulerLock).integer == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func itWaitsForARubySchedulerAndWarnsThatItsSchedulesStop() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            try redis.call("SET", RawRedis.schedulerLock, "web1:4711", "EX", "2")
            try redis.call("HSET", "resque:delayed:last_enqueued_at", "nightly", "2026-11-21 03:00:00 +0000")
            try redis.delay(Self.item(1), until: 5)
            let scheduler = bench.scheduler(try bench.schedulerConfiguration(), log: log)
            try await bench.whileRunning(scheduler) {
                try await pollUntil("it follows") { !log.lines(with: "following leader=web1:4711").isEmpty }
                // Ruby's renewal.
                for _ in 1...3 {
                    try await letPass(.milliseconds(700), until: "it is renewed")
                    try redis.call("EXPIRE", RawRedis.schedulerLock, "2")
                }
                #expect(try redis.length(of: "jobs") == 0)
                let wait = try await pollUntil("it leads when the lock has ended") {
                    await scheduler.statistics.isLeading
                }
                #expect(wait > .seconds(1) && wait < .seconds(4))
                try await pollUntil("it works") { try redis.length(of: "jobs") == 1 }
            }
            let warning = try #require(log.lines(with: "a Ruby scheduler led before").first)
            #expect(warning.contains("web1:4711") && warning.contains("nightly"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func aLockThatRubyTakesAwayEndsTheLead() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let tick = try ScheduleEntry.entry("tick", [JSONMember("every", "0.3s")])
            let scheduler = bench.scheduler(try bench.schedulerConfiguration([tick]))
            try await bench.whileRunning(scheduler) {
                try await pollUntil("it fires") { try redis.length(of: "recurring") > 0 }
                try redis.call("SET", RawRedis.schedulerLock, "web1:4711", "EX", "3")
                let fired = try redis.length(of: "recurring")
                try redis.delay(Self.item(1), until: 5)
                try await pollUntil("it leads no more") { await !scheduler.statistics.isLeading }
                #expect(try redis.length(of: "recurring") == fired)
                #expect(try redis.length(of: "jobs") == 0)
                try await pollUntil("it leads again") { await scheduler.statistics.isLeading }
                try await pollUntil("it works") { try redis.length(of: "jobs") == 1 }
            }
        }
    }

    /// Without tracking it hears of a change by looking, and of the other leader only when it asks for the lock.
    @Test(.timeLimit(.minutes(1))) func whatALeaderTookTooLateIsAnnouncedAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            let scheduler = bench.scheduler(try bench.configurationWithoutTracking(), log: log)
            try await bench.whileRunning(scheduler) {
                // With all that was announced before it led.
                try await pollUntil("it leads") { !log.lines(with: "leading").isEmpty }
                try redis.pipeline([
                    ["MULTI"], ["SET", RawRedis.schedulerLock, "web1:4711", "EX", "60"],
                    ["SADD", "resque:schedules_changed", "tick", "tock"], ["EXEC"],
                ])
                try await pollUntil("it leads no more") { await !scheduler.statistics.isLeading }
                #expect(try redis.call("SMEMBERS", "resque:schedules_changed").strings.sorted() == ["tick", "tock"])
            }
        }
    }

    /// Fifty times the lock is deleted under two schedulers that both have work.
    @Test(.timeLimit(.minutes(1))) func whenTheLockIsDeletedAgainAndAgainNothingHappensTwice() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let tick = try ScheduleEntry.entry("tick", [JSONMember("every", "0.3s"), JSONMember("catch_up", "all")])
            let schedulers = try (0..<2).map { _ in bench.scheduler(try bench.schedulerConfiguration([tick])) }
            let runs = schedulers.map { bench.start($0) }
            for round in 0..<50 {
                for number in 0..<40 { try redis.delay(Self.item(round * 40 + number), until: 5 + number % 4) }
                try redis.call("DEL", RawRedis.schedulerLock)
                try await letPass(.milliseconds(50), until: "time passes")
            }
            try await pollUntil("all have moved") { try redis.length(of: "jobs") >= 2000 }
            for scheduler in schedulers { await scheduler.stop() }
            for run in runs { #expect(try await run.value == .finished) }
            let jobs = try redis.call("LRANGE", "resque:queue:jobs", "0", "-1").strings
            #expect(jobs.count == 2000 && Set(jobs).count == 2000)
            let noted = try redis.call("HGET", "resque:busdriver:cron", "tick").string
            let state = try #require(noted).split(separator: " ")
            let (last, anchor) = (try #require(Int(state[0])), try #require(Int(state[2])))
            #expect(try redis.length(of: "recurring") == (last - anchor) / 300 + 1)
        }
    }
}

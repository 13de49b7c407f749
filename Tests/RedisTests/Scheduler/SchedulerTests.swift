import BusCalendar
import BusScheduler
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// What one leading scheduler does.
@Suite(.timeLimit(.minutes(1))) struct SchedulerTests {
    private static func item(_ number: Int) -> String { #"{"class":"Job","args":[\#(number)],"queue":"jobs"}"# }

    private static func pushed(_ number: Int) -> String { #"{"class":"Job","args":[\#(number)]}"# }

    /// How late a job may be on a machine that is busy with other tests, in seconds.
    private static let tolerance = 0.25

    @Test(.timeLimit(.minutes(1))) func whatIsDueMovesAtOnceAndNothingIsLeftOfIt() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            for number in 1...300 { try redis.delay(Self.item(number), until: 1000 + number % 3) }
            let scheduler = bench.scheduler(try bench.schedulerConfiguration())
            try await bench.whileRunning(scheduler) {
                try await pollUntil("all have moved") { try redis.length(of: "jobs") == 300 }
                try await pollUntil("the times are gone") { try redis.call("KEYS", "*delayed*").strings.isEmpty }
            }
            #expect(try redis.call("KEYS", "*timestamps*").strings.isEmpty)
            let expected = (0..<3).flatMap { rest in (1...300).filter { $0 % 3 == rest }.map(Self.pushed) }
            #expect(try redis.call("LRANGE", "resque:queue:jobs", "0", "-1").strings == expected)
            #expect(try redis.call("SMEMBERS", "resque:queues").strings == ["jobs"])
            #expect(await scheduler.statistics.promoted == 300)
        }
    }

    @Test(.timeLimit(.minutes(1))) func itSleepsUntilTheTimeComesAndWakesForAnEarlierOne() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.delay(Self.item(0), until: Int(try redis.time()) + 3600)
            try await bench.whileRunning(bench.scheduler(try bench.schedulerConfiguration())) {
                try await pollUntil("it leads") { try redis.call("GET", RawRedis.schedulerLock).string != nil }
                for number in 1...3 {
                    let due = Int(try redis.time()) + 2
                    try redis.delay(Self.item(number), until: due)
                    try await pollUntil("job \(number) has moved") { try redis.length(of: "jobs") == number }
                    let late = try redis.time() - Double(due)
                    #expect(late >= 0 && late < Self.tolerance, "\(late)")
                }
            }
            #expect(try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func withoutTheRightToTrackItLooksEverySecond() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            try await bench.whileRunning(bench.scheduler(try bench.configurationWithoutTracking(), log: log)) {
                try await pollUntil("it leads") { try redis.call("GET", RawRedis.schedulerLock).string != nil }
                try redis.delay(Self.item(1), until: Int(try redis.time()) + 1)
                let wait = try await pollUntil("it has moved") { try redis.length(of: "jobs") == 1 }
                #expect(wait < .seconds(3))
                try redis.call("HSET", "resque:persistent_schedules", "tick", #"{"every":"1s","queue":"ticks"}"#)
                try redis.call("SADD", "resque:schedules_changed", "tick")
                try await pollUntil("it has fired") { try redis.length(of: "ticks") > 0 }
            }
            #expect(log.lines(with: "looks each second for what falls due").count == 1)
        }
    }

    /// For a minute it would look at what falls due 60 times, and 15 times at the clock, at schedules and whether it
    /// may write.
    @Test(.timeLimit(.minutes(1))) func anIdleLeaderWithoutTheRightToTrackAsksLittleMoreThanOnceASecond() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            try await bench.whileRunning(bench.scheduler(try bench.configurationWithoutTracking(), log: log)) {
                try await pollUntil("it leads") { !log.lines(with: "leading").isEmpty }
                try await redis.countCallsOnceQuiet()
                try await letPass(.seconds(8), until: "eight seconds are over")
                let counts = try redis.callCounts()
                #expect((6...9).contains(counts["zrange"] ?? 0), "\(counts)")
                #expect(counts.values.reduce(0, +) <= 18, "\(counts)")
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func recurringJobsFireOnTimeAndCarryOnWhereTheyWere() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let entry = try ScheduleEntry.entry("tick", [JSONMember("every", "1s"), JSONMember("args", [1, "two"])])
            for _ in 1...2 {
                try redis.call("DEL", "resque:queue:recurring")
                try await bench.whileRunning(bench.scheduler(try bench.schedulerConfiguration([entry]))) {
                    try await pollUntil("it has fired") { try redis.length(of: "recurring") >= 2 }
                }
            }
            let fired = Set(try redis.call("LRANGE", "resque:queue:recurring", "0", "-1").strings)
            #expect(fired == [#"{"class":"Job","args":[1,"two"]}"#])
            #expect(try redis.call("HGET", "resque:delayed:last_enqueued_at", "tick").string != nil)
            // The anchor of the first scheduler is that of the second.
            let noted = try redis.call("HGET", "resque:busdriver:cron", "tick").string
            let state = try #require(noted).split(separator: " ")
            let (last, anchor) = (try #require(Int(state[0])), try #require(Int(state[2])))
            #expect((last - anchor) % 1000 == 0 && last > anchor)
        }
    }

    @Test(.timeLimit(.minutes(1))) func schedulesInRedisCanBeSetPausedAndRemovedMeanwhile() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let scheduler = bench.scheduler(try bench.schedulerConfiguration())
            try redis.call("HSET", "resque:persistent_schedules", "early", #"{"every":"0.5s","queue":"early"}"#)
            try redis.call("HSET", "resque:persistent_schedules", "broken", #"{"cron":"what","queue":"x"}"#)
            try await bench.whileRunning(scheduler) {
                try await pollUntil("what was there fires") { try redis.length(of: "early") >= 2 }
                try redis.call("HSET", "resque:persistent_schedules", "tick", #"{"every":"0.5s","queue":"ticks"}"#)
                try redis.call("SADD", "resque:schedules_changed", "tick")
                try await pollUntil("what is new fires") { try redis.length(of: "ticks") >= 2 }

                try redis.call("SADD", "resque:busdriver:paused", "tick")
                try redis.call("SADD", "resque:schedules_changed", "tick")
                try await pollUntil("it is heard") { try redis.call("EXISTS", "resque:schedules_changed").integer == 0 }
                let (ticks, early) = (try redis.length(of: "ticks"), try redis.length(of: "early"))
                try await pollUntil("time passes") { try redis.length(of: "early") >= early + 3 }
                #expect(try redis.length(of: "ticks") <= ticks + 1)

                try redis.call("HDEL", "resque:persistent_schedules", "early")
                try redis.call("SADD", "resque:schedules_changed", "early")
                try await pollUntil("its state is forgotten") {
                    try redis.call("HEXISTS", "resque:busdriver:cron", "early").integer == 0
                }
            }
            #expect(await scheduler.statistics.schedules == 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func whileItHasNothingToDoItCostsRedisACommandASecond() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let entries = try (0..<100).map { try ScheduleEntry.entry("s\($0)", [JSONMember("cron", "0 3 1 1 *")]) }
            var configuration = try bench.schedulerConfiguration(entries)
            configuration.heartbeat = .whereItRuns
            try await bench.whileRunning(bench.scheduler(configuration)) {
                try await pollUntil("it leads") {
                    try redis.call("HLEN", "resque:busdriver:schedules").integer == 100
                }
                try redis.delay(Self.item(0), until: Int(try redis.time()) + 3600)
                try await redis.countCallsOnceQuiet()
                try await letPass(.seconds(5), until: "five seconds are over")
                let counts = try redis.callCounts().filter { $0.key != "config|resetstat" && $0.key != "info" }
                #expect(counts["time", default: 0] <= 6)
                // At a full minute the heartbeat looks whether it is wanted.
                #expect(counts.values.reduce(0, +) <= 9, "\(counts)")
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func whatCannotRunGoesToFailedAndTheRestGoesOn() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", "resque:queue:odd", "no list")
            try redis.delay("no JSON", until: 5)
            try redis.delay(#"{"class":"Job","args":[]}"#, until: 5)
            try redis.delay(#"{"class":"Job","args":[],"queue":"odd"}"#, until: 5)
            try redis.delay(Self.item(1), until: 5)
            let scheduler = bench.scheduler(try bench.schedulerConfiguration())
            try await bench.whileRunning(scheduler) {
                try await pollUntil("all have moved") {
                    try redis.length(of: "jobs") == 1 && redis.call("LLEN", "resque:failed").integer == 3
                }
                try await pollUntil("the time is gone") {
                    try redis.call("EXISTS", "resque:delayed_queue_schedule").integer == 0
                }
            }
            #expect(await scheduler.statistics.failed == 3)
        }
    }
}

import BusCalendar
import BusScheduler
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// What a leader does while something is amiss in Redis.
@Suite(.timeLimit(.minutes(1))) struct SchedulerTroubleTests {
    private static func item(_ number: Int) -> String { #"{"class":"Job","args":[\#(number)],"queue":"jobs"}"# }

    private static let tick = #"{"every":"0.5s","queue":"ticks"}"#

    /// How late a job may be on a machine that is busy with other tests, in seconds.
    private static let tolerance = 0.5

    @Test(.timeLimit(.minutes(1)), arguments: ["+inf", "1e300", "9e18", "-inf", "-9e15"])
    func aTimeBeyondAllTimesNeitherEndsItNorKeepsItBusy(score: String) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("ZADD", "resque:delayed_queue_schedule", score, "odd")
            try redis.call("SET", "resque:delayed:odd", "no list")
            let scheduler = bench.scheduler(try bench.schedulerConfiguration())
            try await bench.whileRunning(scheduler) {
                try redis.delay(Self.item(1), until: Int(try redis.time()) + 1)
                try await pollUntil("the other job has moved") { try redis.length(of: "jobs") == 1 }
                try redis.call("CONFIG", "RESETSTAT")
                try await letPass(.seconds(2), until: "two seconds are over")
                let counts = try redis.callCounts().filter { $0.key != "config|resetstat" && $0.key != "info" }
                #expect(counts.values.reduce(0, +) < 100, "\(counts)")
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func anOrphanMovesOnTimeAndSoDoesWhatIsDelayedAfterwards() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let due = Int(try redis.time()) + 3
            try redis.call("RPUSH", "resque:delayed:\(due)", Self.item(1))
            try await bench.whileRunning(bench.scheduler(try bench.schedulerConfiguration())) {
                try await pollUntil("it is adopted") {
                    try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 1
                }
                try redis.delay(Self.item(2), until: due - 1)
                for (number, time) in [due - 1, due].enumerated() {
                    try await pollUntil("job \(number) has moved") { try redis.length(of: "jobs") == number + 1 }
                    let late = try redis.time() - Double(time)
                    #expect(late >= 0 && late < Self.tolerance, "\(late)")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["persistent_schedules", "busdriver:cron", "busdriver:paused"])
    func whereSchedulesCannotBeReadTheRestGoesOn(key: String) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            try redis.call("XADD", "resque:\(key)", "*", "some", "stream")
            let entry = try ScheduleEntry.entry("tick", [JSONMember("every", "0.5s")])
            let scheduler = bench.scheduler(try bench.schedulerConfiguration([entry]), log: log)
            try await bench.whileRunning(scheduler) {
                try redis.delay(Self.item(1), until: 5)
                try await pollUntil("a delayed job moves") { try redis.length(of: "jobs") == 1 }
                try await pollUntil("it says so") { !log.lines(with: "resque:\(key) has another type").isEmpty }
                #expect(try redis.length(of: "recurring") == 0)
                try redis.call("DEL", "resque:\(key)")
                try await pollUntil("schedules run") { try redis.length(of: "recurring") > 0 }
            }
            #expect(await scheduler.statistics.reconnects == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func aDelayedJobThatCannotRunWaitsForFailedAndTheOthersMove() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let log = CapturedLog()
            try redis.call("SET", "resque:failed", "text")
            try redis.delay("not json", until: 5)
            try redis.delay(Self.item(1), until: 5)
            let scheduler = bench.scheduler(try bench.schedulerConfiguration(), log: log)
            try await bench.whileRunning(scheduler) {
                try await pollUntil("the other job has moved") { try redis.length(of: "jobs") == 1 }
                try await pollUntil("it says so: \(log.lines)") { !log.lines(with: "failures wait").isEmpty }
                #expect(try redis.call("LLEN", "resque:busdriver:failed").integer == 1)
                #expect(try redis.call("KEYS", "resque:delayed:*").strings.isEmpty)
                try redis.call("DEL", "resque:failed")
                try await pollUntil("the entry is in failed", within: .seconds(8)) {
                    try redis.call("LLEN", "resque:failed").integer == 1
                }
            }
            #expect(await scheduler.statistics.reconnects == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func aRefusedLookAtWhatIsDueIsRepeated() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var configuration = try bench.schedulerConfiguration()
            configuration.redis = try bench.redisConfiguration(ofUserWithout: ["zrange"])
            let log = CapturedLog()
            try redis.delay(Self.item(1), until: 5)
            try await bench.whileRunning(bench.scheduler(configuration, log: log)) {
                try await pollUntil("it says so") { !log.lines(with: "delayed jobs cannot be read").isEmpty }
                try redis.call("ACL", "SETUSER", "bus", "+zrange")
                let wait = try await pollUntil("it has moved") { try redis.length(of: "jobs") == 1 }
                #expect(wait < .seconds(5))
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func othersMayKnowWhatItDoesNotAndSoItForgetsNothingOfThat() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("HSET", "resque:busdriver:cron", "elsewhere", "1000 cron:0_3_*_*_*")
            try await bench.whileRunning(bench.scheduler(try bench.schedulerConfiguration())) {
                try await pollUntil("it leads") { try redis.call("GET", RawRedis.schedulerLock).string != nil }
                try redis.call("HSET", "resque:persistent_schedules", "tick", Self.tick)
                try redis.call("SADD", "resque:schedules_changed", "elsewhere", "tick")
                try await pollUntil("what was announced is heeded") { try redis.length(of: "ticks") > 0 }
            }
            #expect(try redis.call("HGET", "resque:busdriver:cron", "elsewhere").string == "1000 cron:0_3_*_*_*")
        }
    }

    @Test(.timeLimit(.minutes(1))) func entriesThatAreReplacedManyTimesInARowAreThoseOfTheLastTime() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let scheduler = bench.scheduler(try bench.schedulerConfiguration())
            try await bench.whileRunning(scheduler) {
                try await pollUntil("it leads") { try redis.call("GET", RawRedis.schedulerLock).string != nil }
                for round in 1...50 {
                    // The scheduler is busy with this while it is told.
                    try redis.call("SADD", "resque:schedules_changed", "other")
                    let entries = try (0..<round).map { try ScheduleEntry.entry("s\($0)", [JSONMember("every", "1h")]) }
                    await scheduler.replaceEntries(entries)
                    try await pollUntil("they run") { await scheduler.statistics.schedules == round }
                }
            }
        }
    }

    /// What Redis refuses for good is asked for again on the same connection.
    @Test(.timeLimit(.minutes(1))) func aLockOfAnotherTypeIsSaidAndAskedForAgain() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("RPUSH", RawRedis.schedulerLock, "no lock")
            let log = CapturedLog()
            let scheduler = bench.scheduler(try bench.schedulerConfiguration(), log: log)
            try await bench.whileRunning(scheduler) {
                try await pollUntil("it says so") { !log.lines(with: "this scheduler cannot lead").isEmpty }
                try redis.call("DEL", RawRedis.schedulerLock)
                try await pollUntil("it leads") { await scheduler.statistics.isLeading }
            }
            #expect(await scheduler.statistics.reconnects == 0, "\(log.lines)")
        }
    }

    @Test(.timeLimit(.minutes(1))) func theLeadIsGivenAwayThoughTheConnectionsWereCut() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let scheduler = bench.scheduler(try bench.schedulerConfiguration())
            try await bench.whileRunning(scheduler) {
                try await pollUntil("it leads") { await scheduler.statistics.isLeading }
                try redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            }
            #expect(try redis.call("EXISTS", RawRedis.schedulerLock).integer == 0)
        }
    }
}

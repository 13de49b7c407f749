import BusRider
import BusWire
import RedisConnection
import RedisTestSupport
import ResqueBus
import Testing

/// Retries as resque-retry has them (contract §8), from the first failure to the entry of `failed`. Where a scheduler
/// would promote, the test does so by resque-scheduler's own commands (contract §7).
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderRetryTests {
    static let now = 1_795_239_502
    static let element = RubyClient.job(
        [
            ("secret", .string(PayloadMarker.text)), ("bus_driven_at", .integer(1_795_239_500)),
            ("bus_rider_queue", "app_default"),
            ("bus_rider_app_key", "app"), ("bus_rider_sub_key", "sub"), ("bus_rider_class_name", "::QueueBus::Rider"),
            ("bus_event_type", "sub"), ("bus_id", "1-a"),
        ], proxy: "::QueueBus::Rider")
    static let item = String(element.dropLast()) + #","queue":"app_default"}"#

    /// The counter's key, as Ruby makes it.
    static func counter(_ redis: RawRedis) throws -> String {
        let script = "return redis.sha1hex(cjson.decode(ARGV[1]).args[1])"
        return "resque:resque-retry:QueueBus::Worker:"
            + (try redis.call("EVAL", script, "0", element).string ?? "")
    }

    /// The application's handler fails until `failures` are used up.
    static func rider(
        on bench: RoleBench, failures: Int = .max, queues: [String] = ["other", "app_default"]
    ) throws -> (rider: Rider, runs: RunCount) {
        let runs = RunCount()
        let application = Application("app") {
            Subscribe("sub") { _ in
                if runs.increment() <= failures { throw HandlerTrouble.nothingWorks }
            }
        }
        var configuration = try bench.riderConfiguration(queues, concurrency: 1, now: now)
        configuration.interval = .seconds(60)
        return (bench.rider(configuration, try JobRouter([application])), runs)
    }

    enum HandlerTrouble: Error { case nothingWorks }

    /// Moves a delayed job to its queue, as resque-scheduler 5 does.
    static func promote(_ time: Int, _ redis: RawRedis) throws {
        try redis.call("WATCH", "resque:delayed:\(time)")
        let answers = try redis.pipeline([
            ["MULTI"], ["SREM", "resque:timestamps:\(item)", "delayed:\(time)"],
            ["SADD", "resque:queues", "app_default"],
            ["RPUSH", "resque:queue:app_default", element], ["LTRIM", "resque:delayed:\(time)", "1", "-1"], ["EXEC"],
            ["MULTI"], ["DEL", "resque:delayed:\(time)"], ["ZREM", "resque:delayed_queue_schedule", String(time)],
            ["EXEC"],
        ])
        #expect(answers[5].array?.count == 4)
    }

    @Test(.timeLimit(.minutes(1))) func aJobThatAlwaysFailsIsRunSevenTimesAndThenKept() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let counter = try Self.counter(redis)
            let failure = counter.replacing("resque:", with: "resque:failure-", maxReplacements: 1)
            let (rider, runs) = try Self.rider(on: bench)
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:other", Self.element)
                for (number, delay) in [60, 600, 3600, 10800, 21600].enumerated() {
                    let time = Self.now + delay
                    try await pollUntil("retry \(number + 1) waits") {
                        try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 1
                    }
                    // The first retry is made at once, on the bus's own queue for it.
                    #expect(runs.value == number + 2)
                    #expect(
                        try redis.call("ZRANGE", "resque:delayed_queue_schedule", "0", "-1", "WITHSCORES").strings
                            == [String(time), String(time)])
                    #expect(try redis.call("LRANGE", "resque:delayed:\(time)", "0", "-1").strings == [Self.item])
                    #expect(
                        try redis.call("SMEMBERS", "resque:timestamps:\(Self.item)").strings == ["delayed:\(time)"])
                    #expect(try redis.call("GET", counter).string == String(number + 1))
                    #expect(try redis.call("TTL", counter).integer == -1)
                    let lifetime = try redis.call("TTL", failure).integer ?? 0
                    #expect((2 * delay - 5...2 * delay).contains(lifetime))
                    let record = try #require(try redis.call("GET", failure).string)
                    #expect(
                        record.hasPrefix(#"{"failed_at":"2026/11/21 05:38:22","payload":\#(Self.element),"exception":"#)
                    )
                    #expect(try redis.call("EXISTS", "resque:failed").integer == 0)
                    #expect(try redis.call("KEYS", "resque:queue:*").strings == [])
                    try Self.promote(time, redis)
                }
                try await pollUntil("it is given up") { try redis.call("LLEN", "resque:failed").integer == 1 }
                #expect(runs.value == 7)
                let entry = try #require(try redis.call("LINDEX", "resque:failed", "0").string)
                #expect(
                    entry.hasPrefix(#"{"failed_at":"2026/11/21 05:38:22 UTC","payload":\#(Self.element),"exception":"#))
                #expect(entry.hasSuffix(#","queue":"app_default"}"#))
                #expect(try redis.call("GET", "resque:stat:processed").string == "7")
                #expect(try redis.call("GET", "resque:stat:failed").string == "7")
            }
            #expect(
                try redis.call("KEYS", "*").strings.sorted()
                    == ["resque:failed", "resque:queues", "resque:stat:failed", "resque:stat:processed"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func aSuccessEndsTheCount() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let (rider, runs) = try Self.rider(on: bench, failures: 2)
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:other", Self.element)
                try await pollUntil("a retry waits") {
                    try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 1
                }
                try Self.promote(Self.now + 60, redis)
                try await pollUntil("it is done") { try redis.call("GET", "resque:stat:processed").string == "3" }
                #expect(runs.value == 3)
                #expect(try redis.call("EXISTS", Self.counter(redis)).integer == 0)
                #expect(try redis.call("EXISTS", "resque:failed").integer == 0)
            }
        }
    }

    /// Ruby counts with SETNX and INCR before the run; a retry that waits has the number of the run that failed.
    @Test(.timeLimit(.minutes(1))) func whatRubyBeganIsContinuedAndTheOtherWayRound() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let counter = try Self.counter(redis)
            let (rider, _) = try Self.rider(on: bench)
            try await bench.whileRunning(rider) {
                // Three runs of Ruby's have failed, then the job comes to us.
                try redis.call("SETNX", counter, "-1")
                for _ in 1...3 { try redis.call("INCR", counter) }
                try redis.call("RPUSH", "resque:queue:app_default", Self.element)
                try await pollUntil("our retry waits") {
                    try redis.call("LLEN", "resque:delayed:\(Self.now + 3600)").integer == 1
                }
                // Ruby's next run.
                try redis.call("SETNX", counter, "-1")
                #expect(try redis.call("INCR", counter).integer == 4)
            }
        }
    }

    /// F26: one of the keys that a waiting retry needs holds the whole job in its name. Each log is looked through for
    /// payloads.
    @Test(.timeLimit(.minutes(1))) func aRetryThatCannotWaitIsToldWithoutTheJob() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", "resque:delayed_queue_schedule", "text")
            let log = CapturedLog()
            let application = Application("app") { Subscribe("sub") { _ in throw HandlerTrouble.nothingWorks } }
            let configuration = try bench.riderConfiguration(["app_default"], concurrency: 1, now: Self.now)
            let rider = bench.rider(configuration, log: log, try JobRouter([application]))
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:app_default", Self.element)
                try await pollUntil("the log names the keys: \(log.lines)") {
                    !log.lines(with: "resque:delayed_queue_schedule, resque:timestamps:<the job>").isEmpty
                }
                try redis.call("DEL", "resque:delayed_queue_schedule")
                try await pollUntil("the retry waits", within: .seconds(4)) {
                    try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 1
                }
            }
        }
    }

    /// A counter that the user may not read must not be taken for a first failure, again and again.
    @Test(.timeLimit(.minutes(1))) func aCounterThatMayNotBeReadStopsTheRetries() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let gate = Gate()
            let runs = RunCount()
            let application = Application("app") {
                Subscribe("sub") { _ in
                    _ = runs.increment()
                    await gate.pass()
                    throw HandlerTrouble.nothingWorks
                }
            }
            var configuration = try bench.riderConfiguration(["app_default"], concurrency: 1, now: Self.now)
            configuration.redis = try bench.redisConfiguration(ofUserWithout: [])
            let log = CapturedLog()
            let rider = bench.rider(configuration, log: log, try JobRouter([application]))
            try await bench.whileRunning(rider) {
                try redis.call("RPUSH", "resque:queue:app_default", Self.element)
                try await pollUntil("the job runs") { gate.arrivals == 1 }
                try redis.call("ACL", "SETUSER", "bus", "-get")
                gate.open()
                try await pollUntil("the log says it: \(log.lines)") { !log.lines(with: "get").isEmpty }
                #expect(runs.value == 1)
                try redis.call("ACL", "SETUSER", "bus", "+get")
                try await pollUntil("a retry waits") {
                    try redis.call("ZCARD", "resque:delayed_queue_schedule").integer == 1
                }
                #expect(runs.value == 2)
            }
        }
    }
}

import Foundation
import RedisTestSupport
import Testing

/// The process around a rider: what signals do, the PID file, the restart.
extension ProcessFaults {
    private static let queue = "resque:queue:under_test_notes"

    private func push(_ name: String, _ texts: [String], _ redis: RawRedis) throws {
        for text in texts { _ = try redis.call("RPUSH", Self.queue, job(name, text)) }
        _ = try redis.call("SADD", "resque:queues", "under_test_notes")
    }

    private func job(_ name: String, _ text: String) -> String {
        #"{"class":"\#(name)","args":["\#(text)"],"secret":"\#(PayloadMarker.text)"}"#
    }

    private func waiting(_ redis: RawRedis) throws -> [String] {
        try redis.call("LRANGE", Self.queue, "0", "-1").strings
    }

    private func end(_ rider: RiderUnderTestProcess, within deadline: Duration = .seconds(10)) async throws {
        try await pollUntil("the rider has ended", within: deadline) { rider.ending != nil }
    }

    /// Starts a rider that has `text` in hand.
    private func busyRider(
        _ bench: FaultBench, _ redis: RawRedis, _ text: String, environment: [String] = []
    ) async throws -> RiderUnderTestProcess {
        try push("Wait", [text], redis)
        let rider = try RiderUnderTestProcess(on: bench.server, environment: environment)
        try await pollUntil("the job has begun: \(rider.log)") { rider.notes == [text] }
        return rider
    }

    @Test(.timeLimit(.minutes(1))) func terminatedRiderFinishesWhatItHasInHand() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try await busyRider(bench, redis, "a")
            #expect(rider.pidFile == "\(rider.id)\n")
            rider.signal(SIGTERM)
            try await pollUntil("it stops") { rider.log.contains("stopping") }
            try push("Note", ["left"], redis)
            try rider.letGo()
            try await end(rider)
            #expect(rider.ending == .exit(0))
            #expect(rider.notes == ["a", "done a"])
            #expect(try waiting(redis) == [job("Note", "left")])
            #expect(try redis.call("KEYS", "resque:busdriver:*").strings == [])
            #expect(try redis.call("SMEMBERS", "resque:workers").strings == [])
            #expect(try redis.call("GET", "resque:stat:processed").string == "1")
            #expect(rider.pidFile == nil)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [SIGTERM, SIGINT])
    func deadlineGivesBackTheRest(signal: Int32) async throws {
        try await FaultBench.run { bench, redis in
            let rider = try await busyRider(bench, redis, "b", environment: ["RESQUE_TERM_TIMEOUT=0.2"])
            rider.signal(signal)
            try await end(rider, within: .seconds(5))
            #expect(rider.ending == .exit(0))
            #expect(rider.notes == ["b"])
            #expect(try waiting(redis) == [job("Wait", "b")])
            #expect(try redis.call("LLEN", "resque:failed").integer == 0)
            #expect(try redis.call("EXISTS", "resque:stat:failed").integer == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func secondTerminationGivesBackAtOnce() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try await busyRider(bench, redis, "c", environment: ["GRACEFUL_TERM=1"])
            rider.signal(SIGTERM)
            try await pollUntil("it stops") { rider.log.contains("stopping") }
            #expect(rider.ending == nil)
            rider.signal(SIGTERM)
            try await end(rider, within: .seconds(5))
            #expect(rider.ending == .exit(0))
            #expect(rider.log.contains("told a second time to end"))
            #expect(try waiting(redis) == [job("Wait", "c")])
        }
    }

    @Test(.timeLimit(.minutes(1))) func pausedRiderTakesNothingUntilItContinues() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try await busyRider(bench, redis, "d")
            rider.signal(SIGUSR2)
            try await pollUntil("it pauses", within: .seconds(1)) { rider.log.contains("paused by SIGUSR2") }
            try await pollUntil("others see it", within: .seconds(1)) {
                let ids = try redis.call("ZRANGE", "resque:busdriver:riders", "0", "-1").strings
                return try ids.map { try redis.call("HGET", "resque:busdriver:r:\($0)", "paused").string } == ["1"]
            }
            try rider.letGo()
            try await pollUntil("the job in hand goes on") { rider.notes == ["d", "done d"] }
            try push("Note", ["later"], redis)
            // A rider that claims is told of the queue within a millisecond; another one proves that so much time went
            // by.
            let other = try RiderUnderTestProcess(on: bench.server, environment: ["QUEUES=elsewhere"])
            _ = try redis.call("RPUSH", "resque:queue:elsewhere", job("Note", "there"))
            try await pollUntil("the other one works") { other.notes == ["there"] }
            #expect(try waiting(redis).count == 1)
            #expect(rider.notes == ["d", "done d"])
            rider.signal(SIGCONT)
            try await pollUntil("it goes on") { rider.notes == ["d", "done d", "later"] }
            rider.signal(SIGQUIT)
            try await end(rider)
            #expect(rider.ending == .exit(0))
        }
    }

    /// Every signal that a worker of Resque survives, many times, while jobs come (F22).
    @Test(.timeLimit(.minutes(1))) func signalsUnderLoadLoseAndRepeatNothing() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try RiderUnderTestProcess(on: bench.server)
            var names: [String] = []
            for round in 0..<40 {
                let more = (0..<25).map { "\(round)-\($0)" }
                names += more
                try push("Note", more, redis)
                if round > 0 { rider.signal([SIGHUP, SIGUSR1, SIGUSR2, SIGCONT][round % 4]) }
                try await pollUntil("it has begun") { !rider.notes.isEmpty }
            }
            rider.signal(SIGCONT)
            try await pollUntil("all are done: \(rider.log)") { rider.notes.count >= names.count }
            rider.signal(SIGTERM)
            try await end(rider)
            #expect(rider.ending == .exit(0))
            #expect(rider.notes.sorted() == names.sorted())
            #expect(try waiting(redis) == [])
            #expect(rider.log.components(separatedBy: "SIGHUP").count == 2, "it is said once")
        }
    }

    @Test(.timeLimit(.minutes(1))) func userSignalCancelsTheJobsInHandAndGoesOn() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try await busyRider(bench, redis, "e")
            rider.signal(SIGUSR1)
            // The first retry comes at once; it shares the counter with the run that was cancelled.
            try await pollUntil("it runs again") { rider.notes == ["e", "e"] }
            try rider.letGo()
            try await pollUntil("it is done") { rider.notes == ["e", "e", "done e"] }
            try await pollUntil("both are counted") {
                try redis.call("GET", "resque:stat:processed").string == "2"
            }
            #expect(try redis.call("GET", "resque:stat:failed").string == "1")
            rider.signal(SIGQUIT)
            try await end(rider)
            #expect(rider.ending == .exit(0))
        }
    }

    @Test(.timeLimit(.minutes(1))) func riderRestartsItselfWithTheSameProcessID() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try RiderUnderTestProcess(on: bench.server, environment: ["RESTART_AFTER_JOBS=3"])
            for round in 1...3 {
                try push("Note", (1...3).map { "\(round).\($0)" }, redis)
                try await pollUntil("round \(round): \(rider.log)") {
                    rider.notes.count == 3 * round
                        && rider.log.components(separatedBy: "reason=3 jobs were done").count == round + 1
                        && rider.log.components(separatedBy: "riding").count == round + 2
                }
            }
            #expect(rider.noters == ["\(rider.id)"])
            #expect(rider.pidFile == "\(rider.id)\n")
            #expect(Set(rider.notes).count == 9)
            rider.signal(SIGQUIT)
            try await end(rider)
            #expect(rider.ending == .exit(0))
            #expect(rider.pidFile == nil)
            #expect(try redis.call("KEYS", "resque:busdriver:*").strings == [])
        }
    }

    @Test(.timeLimit(.minutes(1))) func riderThatLeaksRestartsItself() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try RiderUnderTestProcess(on: bench.server, environment: ["RESTART_ABOVE_MEGABYTES=120"])
            try push("Leak", ["1", "2"], redis)
            try await pollUntil("it has restarted: \(rider.log)") {
                rider.log.contains("MB of memory are in use")
                    && rider.log.components(separatedBy: "riding").count == 3
            }
            try push("Note", ["after"], redis)
            try await pollUntil("it works again") { rider.notes.last == "after" }
            #expect(rider.noters == ["\(rider.id)"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func thirdTerminationEndsTheProcessOnTheSpot() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try await busyRider(bench, redis, "f", environment: ["GRACEFUL_TERM=1"])
            bench.server.suspend()
            defer { bench.server.resume() }
            rider.signal(SIGTERM)
            try await pollUntil("it stops") { rider.log.contains("stopping") }
            rider.signal(SIGTERM)
            try await pollUntil("it hurries") { rider.log.contains("handlers are cancelled") }
            rider.signal(SIGTERM)
            try await end(rider, within: .seconds(1))
            #expect(rider.ending == .exit(1))
            #expect(rider.log.contains("ended at once"))
            #expect(rider.pidFile == nil)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [("COUNT=none", "COUNT is 'none'"), ("QUEUES=!x", "QUEUES: No queue")])
    func wrongEnvironmentIsNamed(variable: String, message: String) async throws {
        try await FaultBench.run { bench, redis in
            let rider = try RiderUnderTestProcess(on: bench.server, environment: [variable])
            try await end(rider)
            #expect(rider.ending == .exit(78))
            #expect(rider.log.contains(message))
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [("--help", Int32(0), "Three small applications"), ("ride", 64, "takes no arguments")])
    func exampleSaysWhatItIsInsteadOfRiding(argument: String, status: Int32, message: String) async throws {
        try await FaultBench.run { bench, _ in
            let example = try BusDriverProcess(running: "example", [argument], on: bench.server)
            try await pollUntil("it has ended: \(example.log)") { !example.isRunning }
            #expect(example.ending == .exit(status))
            #expect(example.log.contains(message) && example.log.contains("JOURNAL"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func riderThatCannotReachRedisEndsWhenItIsTold() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try RiderUnderTestProcess(
                on: bench.server, environment: ["REDIS_URL=unix:///nowhere/redis.sock"])
            try await pollUntil("it has tried: \(rider.log)") { rider.log.contains("not subscribed yet") }
            rider.signal(SIGTERM)
            try await end(rider)
            #expect(rider.ending == .exit(0))
            #expect(!rider.log.contains("riding"))
        }
    }

    @Test(.timeLimit(.minutes(1))) func wrongPasswordIsReportedOnceAndRidingBeginsAfterIt() async throws {
        try await FaultBench.run { bench, redis in
            _ = try redis.call("CONFIG", "SET", "requirepass", "other")
            let rider = try RiderUnderTestProcess(on: bench.server, environment: ["REDIS_PASSWORD=right"])
            try await pollUntil("it has tried three times: \(rider.log)") {
                let statistics = try redis.call("INFO", "errorstats").string ?? ""
                return statistics.firstMatch(of: /WRONGPASS:count=(\d+)/).flatMap { Int($0.1) } ?? 0 >= 3
            }
            #expect(rider.log.components(separatedBy: "not subscribed yet").count == 2)
            #expect(!rider.log.contains("riding"))
            _ = try redis.call("CONFIG", "SET", "requirepass", "right")
            try await pollUntil("it rides: \(rider.log)") { rider.log.contains("riding") }
            rider.signal(SIGTERM)
            try await end(rider)
            #expect(rider.ending == .exit(0))
        }
    }

    @Test(.timeLimit(.minutes(1))) func riderSubscribesAnewWhenRedisHasForgottenEverything() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try RiderUnderTestProcess(on: bench.server, environment: ["SUBSCRIBES=1"])
            try await pollUntil("it works: \(rider.log)") { rider.log.contains("working") }
            let subscriptions = try redis.call("HGETALL", "resque:bus_app:under_test").fields
            #expect(subscriptions.count == 1)
            _ = try redis.call("FLUSHALL")
            try await pollUntil("it has subscribed anew: \(rider.log)") {
                try redis.call("HGETALL", "resque:bus_app:under_test").fields == subscriptions
            }
            try push("Note", ["after"], redis)
            try await pollUntil("it works on") { rider.notes == ["after"] }
        }
    }

    /// `docker stop` kills after ten seconds; eight are for the handlers.
    @Test(.timeLimit(.minutes(1))) func riderEndsInTimeWhileRedisHangs() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try await busyRider(bench, redis, "a", environment: ["RESQUE_TERM_TIMEOUT=1"])
            bench.server.suspend()
            defer { bench.server.resume() }
            rider.signal(SIGTERM)
            try await end(rider, within: .seconds(3))
            #expect(rider.ending == .exit(1))
            #expect(rider.log.contains("Redis is away; up to 1 jobs in hand wait"))
        }
    }
}

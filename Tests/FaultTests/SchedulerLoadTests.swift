import RedisTestSupport
import Testing

/// Much at once.
extension ProcessFaults {
    /// A hundred thousand jobs are first written, and then moved while the driver is measured: minutes beside a busy
    /// neighbour.
    @Test(.timeLimit(.minutes(4))) func aHundredThousandJobsOfOneSecondComeOnceAndTheDriverGoesOn() async throws {
        try await SchedulerFaultBench.run { bench, redis in
            let subscription = RubyClient.Subscription(
                key: "echo", queue: "echo_default", matcher: ["bus_event_type": "echo"])
            try RubyClient(redis).subscribe("echo", [subscription])
            try redis.call("SET", "resque:bus:heartbeat:timestamp", String(DelayedLedger.second / 60))
            let processes = [
                try await bench.leader(redis, roles: "driver,scheduler"), try bench.scheduler(roles: "scheduler"),
            ]
            let base = try Self.echoes(200, redis)
            let due = DelayedLedger.second + 6
            for _ in 0..<50 { try bench.ledger.add(2000, due: due...due, on: redis) }
            try await pollUntil("the second has come") { DelayedLedger.second >= due }
            let began = DelayedLedger.now
            var meanwhile: [Int] = []
            while try !bench.isMoved(redis), DelayedLedger.now - began < 120_000_000 {
                meanwhile += try Self.echoes(10, redis)
            }
            let seconds = Double(DelayedLedger.now - began) / 1_000_000
            for process in processes { try await bench.stop(process, "100 000") }
            let verdict = try bench.ledger.verdict(on: redis, nil)
            #expect(verdict.isClean, "\(verdict)")
            #expect(try redis.call("KEYS", "resque:timestamps:*").strings == [])
            print(
                "100 000 of one second in \(seconds) s: the driver's echo \(Lateness(meanwhile)), before \(Lateness(base))"
            )
            #expect(Lateness(meanwhile).p99 < 100_000, "the driver stood still")
        }
    }

    /// - Returns: how long each took from its publication to its rider, in microseconds.
    private static func echoes(_ count: Int, _ redis: RawRedis) throws -> [Int] {
        try (0..<count).map { _ in
            let began = ContinuousClock.now
            try RubyClient(redis).publish("echo")
            try #require(
                try redis.call("BLPOP", "resque:queue:echo_default", "9").array != nil, "the driver stands still")
            return Int((ContinuousClock.now - began) / .microseconds(1))
        }
    }
}

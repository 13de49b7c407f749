import BusRider
import RedisConnection
import RedisTestSupport
import Testing

/// An idle rider is woken; it does not look by itself.
@Suite(.serialized, .timeLimit(.minutes(1))) struct RiderIdleTests {
    private func rider(on bench: RoleBench, _ book: RunBook, queues: [String] = ["jobs", "more"]) throws -> Rider {
        var configuration = try bench.riderConfiguration(queues)
        configuration.interval = .seconds(60)
        return bench.rider(configuration, book.performer)
    }

    private func measure(_ duration: Duration, _ redis: RawRedis) async throws -> [String: Int] {
        try redis.call("CONFIG", "RESETSTAT")
        try await letPass(duration, until: "the time is over")
        return try redis.callCounts()
    }

    @Test(.timeLimit(.minutes(1))) func nothingButHeartbeatsIsSentWhileIdle() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let book = RunBook()
            try await bench.whileRunning(try rider(on: bench, book)) {
                var waits = Duration.zero
                for number in 1...20 {
                    try redis.call("RPUSH", number % 2 == 0 ? "resque:queue:jobs" : "resque:queue:more", "\(number)")
                    waits += try await pollUntil("job \(number) is run") { book.count == number }
                    try await pollUntil("it is counted") {
                        try redis.call("GET", "resque:stat:processed").string == String(number)
                    }
                }
                // Whoever looked each second would need ten.
                #expect(waits < .seconds(4))
                try await letPass(.milliseconds(300), until: "the last run is shown")
                let counts = try await measure(.seconds(3), redis)
                let heartbeats: Set = [
                    "pexpire", "evalsha", "time", "type", "zadd", "zrange", "config|resetstat", "info",
                ]
                #expect(Set(counts.keys).isSubset(of: heartbeats), "\(counts)")
                #expect(counts["evalsha", default: 0] <= 6 && counts["pexpire", default: 0] <= 17, "\(counts)")
                try redis.call("RPUSH", "resque:queue:more", "late")
                let wait = try await pollUntil("a late job is run") { book.contains("late") }
                #expect(wait < .milliseconds(500))
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func withoutTheRightToTrackItLooksAtIntervals() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            var configuration = try bench.riderConfiguration(["jobs"])
            configuration.interval = .milliseconds(200)
            configuration.redis = try bench.redisConfiguration(ofUserWithout: ["client|tracking"])
            let book = RunBook()
            let log = CapturedLog()
            let rider = bench.rider(configuration, log: log, book.performer)
            try await bench.whileRunning(rider) {
                try await pollUntil("the log says it") { !log.lines(with: "looks for jobs every 0.2 seconds").isEmpty }
                for number in 1...3 {
                    let counts = try await measure(.milliseconds(300), redis)
                    #expect(counts["llen", default: 0] <= 5, "\(counts)")
                    try redis.call("RPUSH", "resque:queue:jobs", "\(number)")
                    try await pollUntil("job \(number) is run", within: .seconds(2)) { book.count == number }
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aQueueThatIsNoListIsNotPolled() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try redis.call("SET", "resque:queue:jobs", "text")
            let book = RunBook()
            let log = CapturedLog()
            var configuration = try bench.riderConfiguration(["jobs", "more"])
            configuration.interval = .seconds(60)
            let rider = bench.rider(configuration, log: log, book.performer)
            try await bench.whileRunning(rider) {
                try await pollUntil("the log names it") { !log.lines(with: "resque:queue:jobs").isEmpty }
                let counts = try await measure(.seconds(1), redis)
                #expect(counts["evalsha", default: 0] <= 5, "\(counts)")
                try redis.call("RPUSH", "resque:queue:more", "1")
                try await pollUntil("the other queue is served") { book.count == 1 }
                try redis.call("DEL", "resque:queue:jobs")
                try redis.call("RPUSH", "resque:queue:jobs", "2")
                try await pollUntil("the queue is served once it is a list") { book.count == 2 }
            }
        }
    }
}

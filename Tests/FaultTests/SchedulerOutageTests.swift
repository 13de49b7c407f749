import RedisTestSupport
import Testing

/// Redis goes away and comes back, with everything or with less.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func redisRestartsUnderSchedulersWithEverything() async throws {
        try await SchedulerFaultBench.run(config: ["appendonly yes"]) { bench, redis in
            try bench.addWork(redis)
            let now = DelayedLedger.second
            try bench.ledger.add(900, due: now...now + 9, on: redis)
            let schedulers = [try await bench.leader(redis), try bench.scheduler()]
            var redis = redis
            for turn in 1...3 {
                let ticks = try redis.call("LLEN", "resque:queue:recurring_tick").integer ?? 0
                try await pollUntil("restart \(turn): the leader works: \(schedulers.map(\.log))") {
                    try redis.call("LLEN", "resque:queue:recurring_tick").integer ?? 0 > ticks + 2
                }
                try bench.server.restart()
                redis = try bench.server.connect()
            }
            try await pollUntil("everything is moved", within: .seconds(20)) { try bench.isMoved(redis) }
            for scheduler in schedulers { try await bench.stop(scheduler, "restart") }
            try bench.check("restart", redis, nil)
        }
    }

    /// What was done since the snapshot is undone by it, and so is done once more.
    @Test(.timeLimit(.minutes(1))) func redisComesBackUnderSchedulersWithAnOlderSnapshot() async throws {
        try await SchedulerFaultBench.run { bench, redis in
            try bench.addWork(redis)
            let now = DelayedLedger.second
            try bench.ledger.add(900, due: now...now + 9, on: redis)
            let schedulers = [try await bench.leader(redis), try bench.scheduler()]
            func awaitTicks(_ count: Int) async throws {
                try await pollUntil("ticks come", within: .seconds(20)) {
                    try redis.call("LLEN", "resque:queue:recurring_tick").integer ?? 0 >= count
                }
            }
            try await awaitTicks(3)
            try redis.call("SAVE")
            try await awaitTicks(9)
            try bench.server.restart()
            let redis = try bench.server.connect()
            try await pollUntil("everything is moved", within: .seconds(20)) { try bench.isMoved(redis) }
            for scheduler in schedulers { try await bench.stop(scheduler, "snapshot") }
            try bench.check("snapshot", redis, nil)
        }
    }
}

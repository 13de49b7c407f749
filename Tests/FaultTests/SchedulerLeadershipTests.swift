import Glibc
import RedisTestSupport
import Testing

/// The lock in other hands: deleted under the leader, given on in order, taken by a Ruby scheduler.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func leadersWhoseLockIsDeletedAgainAndAgainDoubleNothing() async throws {
        try await SchedulerFaultBench.run { bench, redis in
            let monitor = try SchedulerTrace.monitor(bench.server)
            try bench.addWork(redis)
            let load = bench.ledger.startAdding(on: bench.server)
            let schedulers = [try await bench.leader(redis), try bench.scheduler(), try bench.scheduler()]
            let harm = RepeatingThread(every: .milliseconds(120)) { [server = bench.server] in
                let redis = try server.connect()
                return { try redis.call("DEL", SchedulerTrace.lock) }
            }
            try await pollUntil("the load has run for a while", within: .seconds(20)) { bench.ledger.count > 900 }
            try harm.finish()
            try load.finish()
            try await pollUntil("everything is moved") { try bench.isMoved(redis) }
            for scheduler in schedulers { try await bench.stop(scheduler, "deleted lock") }
            let trace = SchedulerTrace(try monitor.finish())
            let leaders = trace.lockChanges.map(\.value).filter { !$0.isEmpty }
            print("deleted lock: \(leaders.count) leaderships of \(Set(leaders).count) schedulers")
            #expect(leaders.count >= 10)
            #expect(Set(leaders).count >= 2, "only one scheduler ever led")
            try bench.check("deleted lock", redis, trace)
        }
    }

    @Test(.timeLimit(.minutes(1))) func aLeaderThatIsStoppedInOrderIsFollowedAtOnce() async throws {
        try await SchedulerFaultBench.run { bench, redis in
            let monitor = try SchedulerTrace.monitor(bench.server)
            try bench.addWork(redis)
            let load = bench.ledger.startAdding(on: bench.server)
            var leader = try await bench.leader(redis)
            for turn in 1...6 {
                let count = try redis.call("CLIENT", "LIST").string?.split(separator: "\n").count ?? 0
                let next = try bench.scheduler()
                try await pollUntil("another scheduler waits: \(next.log)") {
                    try redis.call("CLIENT", "LIST").string?.split(separator: "\n").count ?? 0 > count
                        && next.log.contains("following ")
                }
                try await bench.stop(leader, "hand-over \(turn)")
                try await bench.awaitLeadership(of: next, redis, "hand-over \(turn)")
                leader = next
            }
            try load.finish()
            try await pollUntil("everything is moved") { try bench.isMoved(redis) }
            try await bench.stop(leader, "hand-over")
            let trace = SchedulerTrace(try monitor.finish())
            print("hand-overs: \(trace.handOvers)")
            #expect(trace.handOvers.count == 6)
            // One that meets a busy machine may take longer, but no lock was waited for.
            #expect(trace.handOvers.count { $0 < .milliseconds(100) } >= 4)
            for handOver in trace.handOvers { #expect(handOver < .seconds(1)) }
            try bench.check("hand-over", redis, trace)
        }
    }

    /// As `DEL` by hand, and then a Ruby scheduler that comes first and ends without releasing its lock.
    @Test(.timeLimit(.minutes(1))) func whileARubySchedulerHoldsTheLockNothingMoves() async throws {
        try await SchedulerFaultBench.run { bench, redis in
            let ruby = "worker-1.example:22095"
            let monitor = try SchedulerTrace.monitor(bench.server)
            try bench.addWork(redis)
            let load = bench.ledger.startAdding(on: bench.server)
            let schedulers = [try await bench.leader(redis), try bench.scheduler()]
            try await pollUntil("the leader has begun") {
                try redis.call("LLEN", "resque:queue:recurring_tick").integer ?? 0 > 3
            }
            try redis.pipeline([
                ["MULTI"], ["DEL", SchedulerTrace.lock], ["SET", SchedulerTrace.lock, ruby, "EX", "3"], ["EXEC"],
            ])
            try await pollUntil("one of ours leads again") { try schedulers.contains { try bench.leads($0, redis) } }
            try load.finish()
            try await pollUntil("everything is moved") { try bench.isMoved(redis) }
            for scheduler in schedulers { try await bench.stop(scheduler, "Ruby") }
            let trace = SchedulerTrace(try monitor.finish())
            let taken = try #require(trace.lockChanges.firstIndex { $0.value == ruby })
            let (began, ended) = (trace.lockChanges[taken].time, trace.lockChanges[taken + 1].time)
            #expect(trace.pushes.count { began..<ended ~= $0.time } == 0, "moved while Ruby held the lock")
            // Ruby's lock ends by itself, and only then.
            print("after a Ruby scheduler: lock held for \(ended - began) µs")
            #expect(2_950_000..<3_300_000 ~= ended - began)
            #expect(schedulers.contains { $0.log.contains(ruby) }, "nobody warned")
            try bench.check("Ruby", redis, trace)
        }
    }
}

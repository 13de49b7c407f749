import Glibc
import RedisTestSupport
import Testing

/// A Ruby worker starts beside a rider of ours that died, and cleans up behind what it takes for dead workers of its
/// kind.
extension ProcessFaults {
    @Test(.timeLimit(.minutes(1))) func aJobOfADeadRiderRunsOnceMoreThoughARubyWorkerPrunes() async throws {
        try await FaultBench.run { bench, redis in
            let rider = try RiderUnderTestProcess(on: bench.server)
            let jobs = ["a", "b"].map { #"{"class":"Wait","args":["\#($0)"]}"# }
            try redis.call("RPUSH", "resque:queue:under_test_notes", jobs[0], jobs[1])
            try await pollUntil("both jobs are shown: \(rider.log)") {
                try redis.call("KEYS", "resque:worker:*:under_test_notes").strings.count == 2
            }
            let slots = try redis.call("SMEMBERS", "resque:workers").strings.sorted()
            rider.signal(SIGKILL)
            try await pollUntil("it is dead") { rider.ending != nil }

            try redis.passFiveMinutes()
            // On the same host and for the same queues, where Resque's rule is the strictest.
            let host = try #require(slots.first).prefix { $0 != "+" }
            let ruby = RubyClient(redis)
            for worker in ["\(host):22095:under_test_notes", "\(host):22096:*", "worker-1:22097:other"] {
                #expect(try ruby.pruneDeadWorkers(startingAs: worker) == [])
                try redis.call("DEL", "resque:pruning_dead_workers_in_progress")
            }
            #expect(try redis.call("SMEMBERS", "resque:workers").strings.sorted() == slots)
            #expect(try redis.call("LLEN", "resque:failed").integer == 0)

            let successor = try RiderUnderTestProcess(on: bench.server)
            try await pollUntil("both run again: \(successor.log)") { successor.notes.count == 2 }
            try successor.letGo()
            try await pollUntil("both are done") { successor.notes.count == 4 }
            #expect(successor.notes.sorted() == ["a", "b", "done a", "done b"])
            #expect(try redis.call("LLEN", "resque:queue:under_test_notes").integer == 0)
            #expect(try redis.call("LLEN", "resque:failed").integer == 0)
            // Nothing of the dead one is left.
            #expect(try redis.call("SMEMBERS", "resque:workers").strings.allSatisfy { !slots.contains($0) })
            successor.signal(SIGTERM)
            try await pollUntil("it has ended") { successor.ending == .exit(0) }
            #expect(try redis.call("KEYS", "resque:worker:*").strings == [])
        }
    }
}

extension RawRedis {
    /// Leases end, and heartbeats become older than Resque's patience.
    fileprivate func passFiveMinutes() throws {
        for rider in try call("ZRANGE", "resque:busdriver:riders", "0", "-1").strings {
            try call("ZADD", "resque:busdriver:riders", "0", rider)
            try call("DEL", "resque:busdriver:lease:\(rider)")
        }
        for worker in try call("HKEYS", "resque:workers:heartbeat").strings {
            try call("HSET", "resque:workers:heartbeat", worker, "2026-01-01T00:00:00Z")
        }
    }
}

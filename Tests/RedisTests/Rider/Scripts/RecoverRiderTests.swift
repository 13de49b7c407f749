import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `recover_rider.lua`.
@Suite(.timeLimit(.minutes(1))) struct RecoverRiderTests {
    private static let both: [(sequence: Int, queue: String)] = [(2, "jobs"), (1, "jobs")]

    /// Five jobs, four of them reserved in two batches.
    private func prepare(_ bench: RiderScriptBench) throws {
        try bench.push(["a", "b", "c", "d", "e"])
        try bench.claim(1, most: 2)
        try bench.claim(2, most: 2)
    }

    @Test func bothHalvesOfTheLeaseProtect() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.expectNoChange {
                try #expect(bench.recover(claimed: 2, batches: Self.both, leases: "dead") == ["ALIVE"])
            }
            try bench.redis.call("ZADD", bench.bus.riders, "1", bench.keys.id)
            #expect(try bench.recover(claimed: 2, batches: Self.both, leases: "dead") == ["ALIVE"], "by the key")
            let end = try bench.redis.call("ZSCORE", bench.bus.riders, bench.keys.id)
            #expect(end.string == "1")
            let now = try bench.redis.call("TIME").strings.first.flatMap { Int($0) } ?? 0
            try bench.redis.call("ZADD", bench.bus.riders, String(now * 1000 + 60_000), bench.keys.id)
            try bench.redis.call("DEL", bench.bus.lease(bench.keys.id))
            #expect(try bench.recover(claimed: 2, batches: Self.both, leases: "dead") == ["ALIVE"], "by the entry")
            try bench.redis.call("ZADD", bench.bus.riders, "1", bench.keys.id)
            #expect(try bench.recover(claimed: 2, batches: Self.both, leases: "dead") == ["DONE", "4"])
        }
    }

    /// An entry that lies further ahead than any lease is no sign of life.
    @Test(arguments: ["inf", "9e15", "1e308"]) func anEndThatNoLeaseHasProtectsNobody(end: String) throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.redis.call("ZADD", bench.bus.riders, end, bench.keys.id)
            #expect(try bench.recover(claimed: 2, batches: Self.both, leases: "dead") == ["ALIVE"], "by the key")
            try bench.redis.call("DEL", bench.bus.lease(bench.keys.id))
            #expect(try bench.recover(claimed: 2, batches: Self.both, leases: "dead") == ["DONE", "4"])
        }
    }

    @Test func whoeverReadAnOldRecordReadsItAgain() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.settle(1, count: 2, done: [0])
            try bench.expectNoChange {
                try #expect(bench.recover(claimed: 1, settled: 1, batches: [(1, "jobs")]) == ["MOVED"])
                try #expect(bench.recover(claimed: 2, settled: 0, batches: Self.both) == ["MOVED"])
            }
            #expect(try bench.recover(claimed: 2, settled: 1, batches: Self.both) == ["DONE", "3"])
        }
    }

    @Test func theJobsAreBackInTheirOldOrderAndNothingIsLeft() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            #expect(try bench.recover(claimed: 2, batches: Self.both) == ["DONE", "4"])
            #expect(try bench.queue() == ["a", "b", "c", "d", "e"])
            #expect(try bench.redis.call("KEYS", "*").strings.sorted() == ["resque:queue:jobs", "resque:queues"])
            #expect(try bench.recover(claimed: 0, batches: []) == ["GONE"])
        }
    }

    @Test func aZombieChangesNothing() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.recover(claimed: 2, batches: Self.both)
            try bench.expectNoChange {
                try #expect(bench.claim(3) == ["FENCED"])
                try #expect(bench.settle(1, count: 2, done: [0, 1]) == ["FENCED"])
                try #expect(bench.send { bench.commands.appendRenewal(to: &$0) }.words == ["FENCED"])
                try #expect(bench.send { bench.commands.appendKeyRenewal(to: &$0) }.words == ["0"])
            }
        }
    }

    @Test func aBatchWhoseQueueIsNoListWaits() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b"], to: "first")
            try bench.push(["c"], to: "second")
            try bench.claim(1, queues: ["first"])
            try bench.claim(2, queues: ["second"])
            try bench.redis.call("SET", "resque:queue:first", "text")
            let batches: [(sequence: Int, queue: String)] = [(2, "second"), (1, "first")]
            #expect(try bench.recover(claimed: 2, batches: batches) == ["STUCK", "1"])
            #expect(try bench.queue("second") == ["c"])
            #expect(try bench.reserved(1) == ["a", "b"])
            #expect(try bench.claim(3, queues: ["second"]) == ["FENCED"])
            #expect(try bench.recover(claimed: 2, batches: batches) == ["STUCK", "0"])
            try bench.redis.call("DEL", "resque:queue:first")
            #expect(try bench.recover(claimed: 2, batches: batches) == ["DONE", "2"])
            #expect(try bench.queue("first") == ["a", "b"])
            #expect(try bench.redis.call("KEYS", "resque:busdriver:*").strings == [])
        }
    }

    @Test func aRegistryOfAnotherTypeIsFoundBeforeAnythingMoves() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.redis.call("DEL", bench.bus.riders)
            try bench.redis.call("SET", bench.bus.riders, "text")
            try bench.expectNoChange {
                try #expect(bench.recover(claimed: 2, batches: Self.both)[0].hasPrefix("WRONGTYPE"))
            }
        }
    }

    @Test func jobsInHandAreSuspectedAndForgottenInTime() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.suspect("b", recoveries: 1)
            try bench.recover(claimed: 2, batches: Self.both, suspicion: 5000)
            #expect(try ["a", "b", "c", "d", "e"].map(bench.suspicion) == [1, 2, 1, 1, nil])
            #expect((1...5000).contains(try bench.redis.call("PTTL", bench.bus.suspectJobs).integer ?? 0))
        }
    }

    /// Not their number makes equal jobs suspects, but the crashes at which they were in hand.
    @Test func equalJobsAreCountedOnce() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.redis.call("RPUSH", bench.keys.reserved(2), "d", "d")
            try bench.recover(claimed: 2, batches: Self.both, suspicion: 5000)
            #expect(try bench.suspicion(of: "d") == 1)
        }
    }

    /// Of a queue's head no more is looked at than recoveries have put there, and settlements before that.
    @Test func suspectsAreLookedForAtTheHeadOnly() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.push((1...100).map { "job \($0)" })
            try bench.suspect("d", recoveries: 1)
            try bench.recover(claimed: 2, batches: Self.both, suspicion: 5000)
            #expect(try bench.redis.call("HGET", bench.bus.suspectJobs, bench.bus.queue("jobs")).string == "4")
            try bench.send { bench.commands.appendRegister(worker: "host+swift:1", queues: "jobs", slots: 1, to: &$0) }
            try bench.claim(1, most: 2)
            try bench.settle(1, count: 2, back: [0, 1])
            #expect(try bench.redis.call("HGET", bench.bus.suspectJobs, bench.bus.queue("jobs")).string == "4")
            #expect(try bench.claim(2) == ["OK", "jobs", "102"], "a, b and c")
            #expect(try bench.claim(3, isAlone: true) == ["OK", "jobs", "101", "2"])
            #expect(try bench.claim(4, most: 100) == ["OK", "jobs", "1"])
        }
    }

    @Test func aFullMemoryKeepsNothingFromBeingRecovered() throws {
        try RiderScriptBench.run { bench in
            try prepare(bench)
            try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
            #expect(try bench.recover(claimed: 2, batches: Self.both, suspicion: 5000) == ["DONE", "4"])
            #expect(try bench.queue() == ["a", "b", "c", "d", "e"])
        }
    }

    @Test func anIdIsNeverUsedAgain() throws {
        try RiderScriptBench.run { bench in
            let before = try bench.redis.call("HGETALL", bench.record).fields
            let answer = try bench.send {
                bench.commands.appendRegister(worker: "host+swift:2", queues: "other", slots: 9, to: &$0)
            }
            #expect(answer == .bytes(Array("EXISTS".utf8)))
            #expect(try bench.redis.call("HGETALL", bench.record).fields == before)
        }
    }
}

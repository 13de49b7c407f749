import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `settle_jobs.lua`.
@Suite(.timeLimit(.minutes(1))) struct SettleJobsTests {
    private func stat(_ name: String, _ bench: RiderScriptBench) throws -> String? {
        try bench.redis.call("GET", "resque:stat:\(name)").string
    }

    @Test func aWholeBatchLeavesNothing() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["1", "2"])
            try bench.claim(1)
            try bench.redis.call("SET", "resque:resque-retry:Job", "0")
            var settlement = Settlement(number: 1)
            settlement.processed = 2
            settlement.batches = [.init(sequence: 1, queue: "jobs", count: 2, done: [0, 1], back: [])]
            settlement.endedCounters = ["resque:resque-retry:Job"]
            #expect(try bench.settle(settlement) == ["DONE"])
            #expect(try bench.reserved(1) == [] && bench.queue() == [])
            #expect(try stat("processed", bench) == "2")
            #expect(try stat("failed", bench) == nil)
            #expect(try bench.redis.call("EXISTS", "resque:resque-retry:Job").integer == 0)
            let record = try bench.redis.call("HGETALL", bench.record).fields
            #expect(record["1"] == nil && record["settled"] == "1" && record["claimed"] == "1")
        }
    }

    @Test func jobsLeaveFromAnyPlace() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b", "c", "d", "e", "f"])
            try bench.claim(1)
            #expect(try bench.settle(1, count: 6, done: [0, 1]) == ["DONE"])
            #expect(try bench.reserved(1) == ["c", "d", "e", "f"])
            #expect(try bench.settle(2, count: 4, done: [1, 3]) == ["DONE"])
            #expect(try bench.reserved(1) == ["c", "e"])
            #expect(try bench.redis.call("HGET", bench.record, "1").string == "jobs")
            #expect(try bench.settle(3, count: 2, done: [0], failed: [(1, bench.failure("e"))]) == ["DONE"])
            #expect(try bench.redis.call("EXISTS", bench.keys.reserved(1)).integer == 0)
            #expect(try bench.redis.call("HEXISTS", bench.record, "1").integer == 0)
            #expect(try bench.list(bench.bus.waitingFailures) == ["e"])
            #expect(try stat("processed", bench) == "6")
            #expect(try stat("failed", bench) == "1")
        }
    }

    @Test func jobsGoBackInTheirOldOrder() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b", "c", "d", "e", "f", "g"])
            try bench.claim(1, most: 3)
            try bench.claim(2, most: 3)
            try bench.redis.call("DEL", "resque:queues")
            var settlement = Settlement(number: 1)
            settlement.processed = 2
            settlement.batches = [
                .init(sequence: 2, queue: "jobs", count: 3, done: [1], back: [0, 2]),
                .init(sequence: 1, queue: "jobs", count: 3, done: [0], back: [1, 2]),
            ]
            #expect(try bench.settle(settlement) == ["DONE"])
            #expect(try bench.queue() == ["b", "c", "d", "f", "g"])
            #expect(try bench.redis.call("SMEMBERS", "resque:queues").strings == ["jobs"])
            #expect(try bench.redis.call("KEYS", "resque:busdriver:reserved:*").strings == [])
        }
    }

    @Test func aFailureWhoseKeyHasAnotherTypeStays() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b", "c", "d"])
            try bench.claim(1)
            try bench.redis.call("SET", bench.bus.waitingFailures, "text")
            var delayed = Settlement.Consequence()
            delayed.delay(Array("d".utf8), until: 5, bus: bench.bus)
            let failed = [(1, bench.failure("b")), (2, bench.failure("c")), (3, delayed)]
            let answer = try bench.settle(1, count: 4, done: [0], failed: failed)
            #expect(answer == ["DONE", "1", "2"])
            #expect(try bench.reserved(1) == ["b", "c"])
            #expect(try bench.list("resque:delayed:5") == ["d"])
            #expect(try stat("processed", bench) == "2")
            #expect(try stat("failed", bench) == "1")
            try bench.expectNoChange {
                try #expect(bench.settle(1, count: 4, done: [0], failed: failed) == answer, "asked again")
            }
        }
    }

    @Test func jobsWhoseQueueIsNoListAnyMoreStay() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b", "c"])
            try bench.claim(1)
            try bench.redis.call("SET", "resque:queue:jobs", "text")
            let failed = [(1, bench.failure("b"))]
            let answer = try bench.settle(1, count: 3, done: [0], back: [2], failed: failed)
            #expect(answer == ["DONE", "-1"])
            #expect(try bench.reserved(1) == ["c"])
            #expect(try bench.list(bench.bus.waitingFailures) == ["b"])
            #expect(try bench.settle(1, count: 3, done: [0], back: [2], failed: failed) == answer, "asked again")
            #expect(try bench.list(bench.bus.waitingFailures) == ["b"])
        }
    }

    @Test func aSettlementThatArrivesAgainHasNoEffect() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b", "c"])
            try bench.claim(1)
            let failed = [(1, bench.failure("b"))]
            #expect(try bench.settle(1, count: 3, done: [0], back: [2], failed: failed) == ["DONE"])
            try bench.expectNoChange {
                try #expect(bench.settle(1, count: 3, done: [0], back: [2], failed: failed) == ["DONE"])
            }
        }
    }

    @Test func aSettlementThatDoesNotFitHasNoEffect() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b"])
            try bench.claim(1)
            try bench.expectNoChange {
                try #expect(bench.settle(2, count: 2, done: [0]) == ["GAP"], "a number too high")
                try #expect(bench.settle(1, count: 3, done: [0]) == ["GAP"], "another length")
                try #expect(bench.settle(1, batch: 7, count: 1, done: [0]) == ["GAP"], "a list that is gone")
            }
            try bench.redis.call("RENAME", bench.record, "resque:busdriver:dead:\(bench.keys.id)")
            try bench.expectNoChange {
                try #expect(bench.settle(1, count: 2, done: [0], failed: [(1, bench.failure("b"))]) == ["FENCED"])
            }
        }
    }

    @Test func aFullMemoryKeepsNothingFromBeingSettled() throws {
        try RiderScriptBench.run { bench in
            try bench.push(["a", "b", "c"])
            try bench.claim(1)
            try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
            #expect(try bench.settle(1, count: 3, done: [0], back: [2], failed: [(1, bench.failure("b"))]) == ["DONE"])
            #expect(try bench.queue() == ["c"])
            #expect(try bench.list(bench.bus.waitingFailures) == ["b"])
        }
    }

    @Test func whatAUserMayNotDoIsNotBegun() throws {
        let commands = [
            "hget", "llen", "type", "hdel", "hset", "del", "lset", "lrem", "incrby", "lpush", "rpush", "sadd",
            "lrange", "lindex", "zadd", "set", "eval evalsha",
        ]
        for command in commands {
            try RiderScriptBench.run { bench in
                try bench.push(["a", "b", "c", "d"])
                try bench.suspect("a", recoveries: 1)
                try bench.claim(1)
                try bench.push(["e", "f"])
                try bench.claim(2)
                var failure = bench.failure("b")
                failure.delay(Array("b".utf8), until: 5, bus: bench.bus)
                failure.set("resque:resque-retry:Job", to: [48])
                var settlement = Settlement(number: 1)
                settlement.processed = 4
                settlement.failed = 1
                settlement.batches = [
                    .init(sequence: 2, queue: "jobs", count: 2, done: [0, 1], back: []),
                    .init(sequence: 1, queue: "jobs", count: 4, done: [0], back: [2]),
                ]
                settlement.failures = [.init(batch: 1, place: 1, consequence: failure)]
                try bench.expectRefusal(without: command) { try bench.settle(settlement, on: $0) }
                #expect(try bench.settle(settlement) == ["DONE"], "\(command)")
            }
        }
    }

    @Test func whoeverIsSettledIsNoSuspectAnyMore() throws {
        try RiderScriptBench.run { bench in
            let jobs = ["a", "b", "c", "d", "e"]
            try bench.push(jobs)
            for job in jobs { try bench.suspect(job, recoveries: 1) }
            try bench.claim(1, most: 4)
            try bench.claim(2, most: 1)
            try bench.settle(1, count: 4, done: [0], back: [2], failed: [(1, bench.failure("b"))])
            #expect(try jobs.map(bench.suspicion) == [nil, nil, 1, 1, 1])
            try bench.settle(2, batch: 2, count: 1, done: [0])
            #expect(try jobs.map(bench.suspicion) == [nil, nil, 1, 1, nil])
        }
    }

    @Test func aCounterOfAnotherTypeDoesNotKeepJobs() throws {
        try RiderScriptBench.run { bench in
            try bench.redis.call("RPUSH", "resque:stat:processed", "no number")
            try bench.push(["a", "b"])
            try bench.claim(1)
            #expect(try bench.settle(1, count: 2, done: [0], failed: [(1, bench.failure("b"))]) == ["DONE"])
            #expect(try bench.reserved(1) == [])
            #expect(try stat("failed", bench) == "1")
        }
    }
}

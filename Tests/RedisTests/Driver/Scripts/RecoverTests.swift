import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `recover.lua` but those for suspects (`SuspicionTests`) and odd records (`UnbelievedDriverTests`).
@Suite(.timeLimit(.minutes(1))) struct RecoverTests {
    private typealias Bench = DriverScriptBench

    /// Five events, four of them in flight in two batches.
    private func twoBatches(config: [String] = [], _ body: (Bench) throws -> Void) throws {
        try Bench.run(config: config) { bench in
            try bench.publish(["a", "b", "c", "d", "e"])
            try bench.claim(1, most: 2)
            try bench.claim(2, low: 1, most: 2)
            try body(bench)
        }
    }

    @Test func bothHalvesOfTheLeaseProtect() throws {
        try twoBatches { bench in
            let lease = bench.bus.lease(bench.keys.id)
            try bench.expectNoChange { try #expect(bench.recover(claimed: 2, leases: "dead") == ["ALIVE"]) }
            try bench.redis.call("ZADD", bench.bus.drivers, "1", bench.keys.id)
            #expect(try bench.recover(claimed: 2, leases: "dead") == ["ALIVE"], "by the key")
            let now = try bench.redis.call("TIME").strings.first.flatMap { Int($0) } ?? 0
            try bench.redis.call("ZADD", bench.bus.drivers, String(now * 1000 + 60_000), bench.keys.id)
            try bench.redis.call("DEL", lease)
            #expect(try bench.recover(claimed: 2, leases: "dead") == ["ALIVE"], "by the entry")
            try bench.redis.call("ZADD", bench.bus.drivers, "1", bench.keys.id)
            #expect(try bench.recover(claimed: 2, leases: "dead") == ["DONE", "4"])
        }
    }

    @Test func whoeverReadAnOldRecordReadsItAgain() throws {
        try twoBatches { bench in
            try bench.expectNoChange { try #expect(bench.recover(claimed: 1) == ["MOVED"]) }
            #expect(try bench.recover(claimed: 2) == ["DONE", "4"])
        }
    }

    @Test func theEventsAreBackInTheirOldOrderAndNothingIsLeft() throws {
        try twoBatches { bench in
            let answer = try bench.recover(claimed: 2)
            #expect(answer == ["DONE", "4"])
            #expect(try bench.incoming() == ["a", "b", "c", "d", "e"])
            #expect(try bench.redis.call("KEYS", "resque:busdriver:*").strings == [])
            #expect(try bench.recover(claimed: 0) == ["GONE"])
        }
    }

    /// A record that another recovery has renamed says as much as one that has its name still.
    @Test func whatARecoveryHasBegunAnotherEnds() throws {
        try twoBatches { bench in
            try bench.redis.call("RENAME", bench.record, bench.bus.dead(bench.keys.id))
            #expect(try bench.recover(claimed: 0) == ["MOVED"])
            #expect(try bench.recover(claimed: 2) == ["DONE", "4"])
            #expect(try bench.redis.call("KEYS", "resque:busdriver:*").strings == [])
        }
    }

    @Test func aDriverWithoutBatchesIsForgotten() throws {
        try Bench.run { bench in
            let answer = try bench.recover(claimed: 0)
            #expect(answer == ["DONE", "0"])
            #expect(try bench.redis.call("KEYS", "resque:busdriver:*").strings == [])
        }
    }

    @Test func aZombieChangesNothing() throws {
        try twoBatches { bench in
            try bench.recover(claimed: 2)
            try bench.expectNoChange {
                try #expect(bench.claim(3, low: 1) == ["FENCED"])
                try #expect(bench.swap(3, event: "a", copies: [("one", ["1"])]) == ["FENCED"])
                try #expect(bench.renewLease() == ["FENCED"])
                try #expect(bench.redis.send { bench.commands.appendKeyRenewal(to: &$0) }.words == ["0"])
            }
        }
    }

    @Test func aBatchThatIsNoListHoldsUpTheWhole() throws {
        try twoBatches { bench in
            try bench.redis.call("RENAME", bench.keys.inFlight(1), "elsewhere")
            try bench.redis.call("SET", bench.keys.inFlight(1), "text")
            try bench.expectNoChange { try #expect(bench.recover(claimed: 2) == ["STUCK", bench.keys.inFlight(1)]) }
            try bench.redis.call("RENAME", "elsewhere", bench.keys.inFlight(1))
            #expect(try bench.recover(claimed: 2) == ["DONE", "4"])
        }
    }

    @Test func aRegistryOfAnotherTypeIsFoundBeforeAnythingMoves() throws {
        try twoBatches { bench in
            try bench.redis.call("DEL", bench.bus.drivers)
            try bench.redis.call("SET", bench.bus.drivers, "text")
            try bench.expectNoChange { try #expect(bench.recover(claimed: 2)[0].hasPrefix("WRONGTYPE")) }
        }
    }

    /// Without anything in flight it does not matter what stands in place of the incoming list.
    @Test func anIncomingKeyThatIsNoListHoldsUpNobodyWithoutBatches() throws {
        try Bench.run { bench in
            try bench.redis.call("SET", bench.keys.incoming, "text")
            #expect(try bench.recover(claimed: 0) == ["DONE", "0"])
        }
    }

    /// Another recovery has renamed the record, or not.
    @Test(arguments: [false, true]) func aFullMemoryKeepsNobodyFromBeingRecovered(isBegun: Bool) throws {
        try twoBatches { bench in
            if isBegun { try bench.redis.call("RENAME", bench.record, bench.bus.dead(bench.keys.id)) }
            try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
            #expect(try bench.recover(claimed: 2, suspicion: 5000) == ["DONE", "4"])
            try bench.redis.call("CONFIG", "SET", "maxmemory", "0")
            #expect(try bench.incoming() == ["a", "b", "c", "d", "e"])
            #expect(try bench.recoveries(of: "a") == 1)
        }
    }

    @Test func whatAUserMayNotDoIsNotBegun() throws {
        for command in ["del", "rename", "lmove", "zrem", "type", "exists"] {
            try twoBatches { bench in
                let user = try bench.server.user(without: command)
                try bench.expectNoChange("\(command)") {
                    try #expect(bench.recover(claimed: 2, on: user) != ["DONE", "4"], "\(command)")
                }
            }
        }
    }
}

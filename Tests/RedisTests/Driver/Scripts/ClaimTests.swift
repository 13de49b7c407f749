import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `claim.lua` but those for suspects (`SuspicionTests`) and odd records (`UnbelievedDriverTests`).
@Suite(.timeLimit(.minutes(1))) struct ClaimTests {
    private typealias Bench = DriverScriptBench

    @Test(arguments: ["sort", "copy"]) func theHeadOfTheListMovesInItsOrder(_ copying: String) throws {
        let events = (1...200).map(String.init)
        try Bench.run { bench in
            try bench.publish(events)
            #expect(try bench.claim(1, most: 150, copying: copying) == ["OK", "150", "50"])
            #expect(try bench.inFlight(1) == Array(events[..<150]))
            #expect(try bench.incoming() == Array(events[150...]))
            #expect(try bench.redis.call("HGET", bench.record, "claimed").string == "1")
            #expect(try bench.claim(2, low: 1, most: 150, copying: copying) == ["OK", "50", "0"])
            #expect(try bench.inFlight(2) == Array(events[150...]))
            try bench.expectNoChange { try #expect(bench.claim(3, low: 1, copying: copying) == ["EMPTY"]) }
        }
    }

    @Test(arguments: ["sort", "copy"]) func aBatchIsHalvedUntilItIsSmallEnough(_ copying: String) throws {
        let events = (1...8).map { "\($0)" + String(repeating: "x", count: 10_000) }
        try Bench.run { bench in
            try bench.publish(events)
            #expect(try bench.claim(1, copying: copying, mostBatchBytes: 25_000) == ["OK", "2", "6"])
            #expect(try bench.inFlight(1) == Array(events[..<2]))
            #expect(try bench.incoming() == Array(events[2...]))
        }
    }

    @Test(arguments: ["sort", "copy"]) func anEventThatIsTooLargeIsNotMoved(_ copying: String) throws {
        try Bench.run { bench in
            try bench.publish([String(repeating: "x", count: 5000), "small"])
            try bench.expectNoChange {
                try #expect(bench.claim(1, most: 1, copying: copying, mostEventBytes: 1000) == ["OVERSIZED"])
            }
        }
    }

    @Test func aClaimThatArrivesAgainMovesNothing() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b", "c"])
            try bench.claim(1, most: 2)
            try bench.expectNoChange { try #expect(bench.claim(1, most: 2) == ["REPLAY"]) }
            try bench.commit(1, events: 2)
            #expect(try bench.claim(1, most: 2) == ["REPLAY"], "its batch is committed")
            #expect(try bench.incoming() == ["c"])
        }
    }

    @Test func aClaimOutOfTurnOrWithoutRecordMovesNothing() throws {
        try Bench.run { bench in
            try bench.publish(["a"])
            try bench.expectNoChange { try #expect(bench.claim(2) == ["GAP"]) }
            try bench.redis.call("DEL", bench.record)
            try bench.expectNoChange { try #expect(bench.claim(1) == ["FENCED"]) }
        }
    }

    @Test func aCommitThatNeverHappenedIsNoticed() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b"])
            try bench.claim(1, most: 1)
            try bench.expectNoChange { try #expect(bench.claim(2, low: 2) == ["BACK"]) }
            #expect(try bench.claim(2, low: 1) == ["OK", "1", "0"])
        }
    }

    /// Those of the commit among them: what is in flight and cannot be committed would stay there.
    @Test func whatAUserMayNotDoIsNotBegun() throws {
        let commands = [
            "del", "hset", "lindex", "ltrim", "memory|usage", "multi", "rename", "type", "watch", "sort", "hget",
            "llen",
            "exists", "del sort",
        ]
        for command in commands {
            try Bench.run { bench in
                try bench.publish(["a", "b"])
                try bench.expectRefusal(without: command) { try bench.claim(1, copying: "sort", on: $0) }
            }
        }
    }
}

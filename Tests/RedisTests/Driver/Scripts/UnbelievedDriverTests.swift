import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// A record of a driver, or an end of its lease, that says what no driver wrote.
@Suite(.timeLimit(.minutes(1))) struct UnbelievedDriverTests {
    private typealias Bench = DriverScriptBench

    private static let wrong = Extremes.texts.filter { text in
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return !isNumber || text.count > 15
    }

    /// A driver has two batches in hand at most: a third one ahead is nobody's.
    @Test(arguments: wrong + ["4"]) func aClaimByANumberThatNobodyWroteHasNoEffect(text: String) throws {
        try Bench.run { bench in
            try bench.publish(["a", "b"])
            try bench.redis.call("HSET", bench.bus.driver(bench.keys.id), "claimed", text)
            try bench.expectNoChange { try #expect(bench.claim(1) == ["UNBELIEVED", String(text.prefix(200))]) }
            try bench.redis.call("HSET", bench.bus.driver(bench.keys.id), "claimed", "0")
            #expect(try bench.claim(1) == ["OK", "2", "0"])
        }
    }

    @Test func aRecordOfAnotherTypeIsNotBelieved() throws {
        try Bench.run { bench in
            let record = bench.bus.driver(bench.keys.id)
            try bench.publish(["a", "b"])
            try bench.claim(1)
            try bench.redis.call("DEL", record)
            try bench.redis.call("SET", record, "no hash")
            try bench.expectNoChange { try #expect(bench.claim(2) == ["UNBELIEVED"]) }
            #expect(try bench.recover(claimed: 1) == ["DONE", "2"])
            #expect(try bench.incoming() == ["a", "b"])
            #expect(try bench.redis.call("EXISTS", record).integer == 0)
        }
    }

    /// An entry that lies further ahead than any lease is no sign of life.
    @Test(arguments: ["inf", "9e15", "1e308"]) func anEndThatNoLeaseHasProtectsNobody(end: String) throws {
        try Bench.run { bench in
            try bench.publish(["a"])
            try bench.claim(1)
            try bench.redis.call("ZADD", bench.bus.drivers, end, bench.keys.id)
            #expect(try bench.recover(claimed: 1, leases: "dead") == ["ALIVE"], "by the key")
            try bench.redis.call("DEL", bench.bus.lease(bench.keys.id))
            #expect(try bench.recover(claimed: 1, leases: "dead") == ["DONE", "1"])
        }
    }

    /// Else it would have a record without an end.
    @Test func whoeverWasRecoveredIsNotNotedAsPaused() throws {
        try Bench.run { bench in
            #expect(try bench.pause().string == "OK")
            #expect(try bench.redis.call("HGET", bench.bus.driver(bench.keys.id), "paused").string == "1")
            try bench.recover(claimed: 0)
            #expect(try bench.pause().string == "FENCED")
            #expect(try bench.redis.call("EXISTS", bench.bus.driver(bench.keys.id)).integer == 0)
        }
    }
}

import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Whom a driver's death makes a suspect, and what that costs: `recover.lua`, `claim.lua` and `absolve.lua`.
@Suite(.timeLimit(.minutes(1))) struct SuspicionTests {
    private typealias Bench = DriverScriptBench

    /// Not their number makes equal events suspects, but the recoveries at which they were in flight.
    @Test func equalEventsAreCountedOnce() throws {
        try Bench.run { bench in
            try bench.publish(Array(repeating: "beat", count: 64) + ["a"])
            try bench.claim(1, most: 40)
            try bench.claim(2, low: 1, most: 40)
            #expect(try bench.recover(claimed: 2, suspicion: 5000) == ["DONE", "65"])
            #expect(try bench.recoveries(of: "beat") == 1)
            #expect(try bench.recoveries(of: "a") == 1)
        }
    }

    @Test func batchesRunUpToTheFirstSuspectWhichTravelsAlone() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b", "deadly", "c", "d"])
            try bench.putBack(5)
            try bench.suspect("deadly", recoveries: 2)
            #expect(try bench.claim(1) == ["OK", "2", "3"])
            #expect(try bench.inFlight(1) == ["a", "b"])
            try bench.expectNoChange { try #expect(bench.claim(2, low: 1) == ["ALONE"], "beside batch 1") }
            try bench.commit(1, events: 2)
            #expect(try bench.claim(2) == ["OK", "1", "2", "2"])
            #expect(try bench.inFlight(2) == ["deadly"])
            try bench.commit(2, events: 1, absolves: true)
            #expect(try bench.recoveries(of: "deadly") == nil)
            #expect(try bench.claim(3) == ["OK", "2", "0"])
            #expect(try bench.redis.call("EXISTS", bench.bus.suspects).integer == 0)
        }
    }

    /// The answer to a claim was lost, and its batch is claimed again.
    @Test func aReplayTellsOfASuspect() throws {
        try Bench.run { bench in
            try bench.publish(["deadly", "a", "b"])
            try bench.putBack(1)
            try bench.suspect("deadly", recoveries: 2)
            try bench.claim(1)
            try bench.expectNoChange { try #expect(bench.claim(1) == ["REPLAY", "2"]) }
            try bench.commit(1, events: 1, absolves: true)
            try bench.claim(2)
            #expect(try bench.claim(2) == ["REPLAY"], "innocents")
        }
    }

    /// An event was suspected and somebody else took it, a Ruby driver for one.
    @Test func aLeftoverSuspicionCostsNoCommandAndNoEventItsCompany() throws {
        try Bench.run { bench in
            try bench.publish((1...300).map { "event \($0)" })
            var answers: [[String]] = []
            var commands: [[String: Int]] = []
            for sequence in 1...2 {
                try bench.redis.call("CONFIG", "RESETSTAT")
                answers.append(try bench.claim(sequence, most: 100))
                commands.append(try bench.redis.callCounts())
                try bench.commit(sequence, events: 100)
                try bench.suspect("gone")
            }
            #expect(answers == [["OK", "100", "200"], ["OK", "100", "100"]])
            #expect(commands[0] == commands[1])
        }
    }

    /// Of a list's head no more is looked at than recoveries have put there.
    @Test func suspectsAreLookedForAtTheHeadOnly() throws {
        try Bench.run { bench in
            try bench.publish((1...200).map { "event \($0)" })
            try bench.claim(1, most: 3)
            try bench.recover(claimed: 1, suspicion: 5000)
            try bench.register()
            for sequence in 1...3 {
                #expect(try bench.claim(sequence) == ["OK", "1", String(200 - sequence), "1"])
                try bench.commit(sequence, events: 1, absolves: true)
            }
            #expect(try bench.claim(4, most: 150) == ["OK", "150", "47"])
        }
    }

    /// Events that nobody suspects stand before those that are.
    @Test func whatIsPutBackUnsuspectedShiftsTheSuspects() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b", "deadly", "c"])
            try bench.claim(1, most: 2)
            try bench.suspect("deadly")
            try bench.putBack(1)
            #expect(try bench.recover(claimed: 1) == ["DONE", "2"])
            try bench.register()
            #expect(try bench.claim(1) == ["OK", "2", "2"])
            try bench.commit(1, events: 2)
            #expect(try bench.claim(2) == ["OK", "1", "1", "1"])
        }
    }

    /// Deaths that have nothing to do with each other keep no suspicion alive; a loop of them does.
    @Test func aSuspicionEndsInItsTimeUnlessItIsRepeated() throws {
        try Bench.run { bench in
            func milliseconds() throws -> Int { try bench.redis.call("PTTL", bench.bus.suspects).integer ?? 0 }
            try bench.publish(["a"])
            try bench.claim(1)
            try bench.recover(claimed: 1, suspicion: 5000)
            #expect(try (1...5000).contains(milliseconds()))
            try bench.register()
            try bench.redis.call("LPUSH", bench.keys.incoming, "b")
            try bench.putBack(2)
            try bench.claim(1)
            #expect(try bench.inFlight(1) == ["b"])
            try bench.recover(claimed: 1, suspicion: 60_000)
            #expect(try (1...5000).contains(milliseconds()), "another event")
            try bench.register()
            try bench.claim(1)
            try bench.recover(claimed: 1, suspicion: 60_000)
            #expect(try (50_000...60_000).contains(milliseconds()), "the same event")
        }
    }

    @Test func aKeyThatIsNoHashAccusesNobodyAndStopsNothing() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b"])
            try bench.redis.call("SET", bench.bus.suspects, "text")
            #expect(try bench.claim(1, most: 1) == ["OK", "1", "1"])
            #expect(try bench.claim(1, most: 1) == ["REPLAY"])
            #expect(try bench.recover(claimed: 1, suspicion: 5000) == ["DONE", "1"])
            #expect(try bench.incoming() == ["a", "b"])
        }
    }

    /// So does one that holds no number.
    @Test(arguments: ["", "text", "nan", "-inf", "-5"]) func whatIsNoNumberAccusesNobody(_ text: String) throws {
        try Bench.run { bench in
            try bench.publish(["a", "b"])
            try bench.suspect("a")
            try bench.redis.call("HSET", bench.bus.suspects, bench.keys.incoming, text)
            #expect(try bench.claim(1) == ["OK", "2", "0"])
        }
    }

    @Test func anIncomingKeyThatIsNoListHoldsUpARecoveryThatDoesNothing() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b"])
            try bench.claim(1)
            try bench.redis.call("SET", bench.keys.incoming, "text")
            try bench.expectNoChange {
                try #expect(bench.recover(claimed: 1, suspicion: 5000) == ["STUCK", bench.keys.incoming])
            }
            try bench.redis.call("DEL", bench.keys.incoming)
            #expect(try bench.recover(claimed: 1, suspicion: 5000) == ["DONE", "2"])
            #expect(try bench.recoveries(of: "a") == 1)
        }
    }
}

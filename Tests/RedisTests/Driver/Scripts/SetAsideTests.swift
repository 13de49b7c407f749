import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `set_aside.lua`, and what `move_failures.lua` does behind it.
@Suite(.timeLimit(.minutes(1))) struct SetAsideTests {
    private typealias Bench = DriverScriptBench

    private static let large = String(repeating: "x", count: 5000)

    private func setAside(
        _ sequence: Int, copying: String = "sort", least: Int = 1000, _ bench: Bench, on connection: RawRedis? = nil
    ) throws -> [String] {
        try bench.call(
            .setAside,
            [
                bench.record, bench.keys.incoming, bench.bus.oversized(bench.keys.id, sequence),
                bench.bus.waitingFailures, "resque:stat:processed",
            ],
            [String(sequence), String(least), copying, "entry \(sequence)"], on: connection)
    }

    /// How many wait then.
    private func move(_ bench: Bench, most: Int = 1000) throws -> [String] {
        try bench.call(
            .moveFailures, [bench.bus.waitingFailures, bench.bus.failed, bench.bus.failedQueues],
            [String(most), bench.bus.prefix, ""])
    }

    @Test(arguments: ["sort", "copy"]) func whatIsTooLargeMovesOnceForEachNumber(_ copying: String) throws {
        try Bench.run { bench in
            try bench.publish([Self.large, Self.large, "small"])
            #expect(try setAside(1, copying: copying, bench) == ["OK"])
            try bench.expectNoChange {
                try #expect(setAside(1, copying: copying, bench) == ["REPLAY"], "its answer was lost")
                try #expect(setAside(3, copying: copying, bench) == ["GAP"])
            }
            #expect(try setAside(2, copying: copying, bench) == ["OK"])
            for sequence in 1...2 {
                #expect(try bench.list(bench.bus.oversized(bench.keys.id, sequence)) == [Self.large])
            }
            #expect(try bench.list(bench.bus.waitingFailures) == ["entry 1", "entry 2"])
            #expect(try bench.redis.call("GET", "resque:stat:processed").string == "2")
            try bench.expectNoChange { try #expect(setAside(3, copying: copying, bench) == ["CHANGED"]) }
            #expect(try bench.claim(3) == ["OK", "1", "0"])
        }
    }

    @Test func whoWasRecoveredMovesNothing() throws {
        try Bench.run { bench in
            try bench.publish([Self.large])
            try bench.recover(claimed: 0)
            try bench.expectNoChange { try #expect(setAside(1, bench) == ["FENCED"]) }
        }
    }

    @Test(arguments: ["sort", "copy"]) func ofAListThatIsEmptyNothingMoves(_ copying: String) throws {
        try Bench.run { bench in
            try bench.expectNoChange { try #expect(setAside(1, copying: copying, bench) == ["CHANGED"]) }
        }
    }

    @Test func whatCannotBeCountedIsSetAside() throws {
        try Bench.run { bench in
            try bench.publish([Self.large])
            try bench.redis.call("RPUSH", "resque:stat:processed", "no number")
            #expect(try setAside(1, bench) == ["OK"])
            #expect(try bench.list(bench.bus.oversized(bench.keys.id, 1)) == [Self.large])
        }
    }

    /// F7: a step that is refused and repeated leaves no copies behind.
    @Test(arguments: ["sort", "copy"]) func aRefusedStepLeavesNothingHoweverOftenItIsRepeated(_ copying: String) throws
    {
        try Bench.run { bench in
            try bench.publish([Self.large])
            try bench.redis.call("SET", bench.bus.waitingFailures, "text")
            try bench.expectNoChange {
                for _ in 1...20 { try #expect(setAside(1, copying: copying, bench)[0].hasPrefix("WRONGTYPE")) }
            }
            try bench.redis.call("DEL", bench.bus.waitingFailures)
            let user = try bench.server.user(without: "rpush")
            try bench.expectNoChange {
                for _ in 1...20 { try #expect(setAside(1, copying: copying, bench, on: user)[0].contains("NOPERM")) }
            }
        }
    }

    @Test func entriesWaitUntilFailedIsAList() throws {
        try Bench.run { bench in
            try bench.redis.call("RPUSH", bench.bus.waitingFailures, "1", "2", "3")
            try bench.redis.call("SET", bench.bus.failed, "text")
            try bench.expectNoChange { try #expect(move(bench) == ["3"]) }
            try bench.redis.call("DEL", bench.bus.failed)
            try bench.redis.call("RPUSH", bench.bus.failed, "0")
            #expect(try move(bench, most: 2) == ["1"])
            #expect(try move(bench) == ["0"])
            #expect(try bench.list(bench.bus.failed) == ["0", "1", "2", "3"])
            #expect(try move(bench) == ["0"])
        }
    }
}

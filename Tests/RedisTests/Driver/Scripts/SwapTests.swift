import BusWire
import RedisTestSupport
import Testing

@testable import BusProtocol

/// Every branch of `swap.lua`.
@Suite(.timeLimit(.minutes(1))) struct SwapTests {
    private typealias Bench = DriverScriptBench

    private static let copies: [(queue: String, jobs: [String])] = [("one", ["1", "2"]), ("two", ["3"])]

    /// Calls the script for batch 1, and expects an answer without effect.
    private func expectNothing(_ answer: [String], sequence: Int = 1, event: String = "a", _ bench: Bench) throws {
        try bench.expectNoChange { try #expect(bench.swap(sequence, event: event, copies: Self.copies) == answer) }
    }

    @Test func theHeadIsReplacedByItsCopies() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b"])
            #expect(try bench.swap(1, event: "a", copies: Self.copies) == ["OK", "1"])
            #expect(try bench.incoming() == ["b"])
            #expect(try bench.list(bench.bus.queue("one")) == ["1", "2"])
            #expect(try bench.list(bench.bus.queue("two")) == ["3"])
            #expect(try bench.redis.call("SMEMBERS", bench.bus.queues).strings.sorted() == ["one", "two"])
            for counter in bench.keys.processed {
                #expect(try bench.redis.call("GET", counter).string == "1", "\(counter)")
            }
            try expectNothing(["CHANGED"], bench)
            #expect(try bench.swap(1, event: "b", copies: []) == ["OK", "0"], "nobody wants it")
        }
    }

    /// Its answer was lost, or a neighbour was faster.
    @Test func anotherHeadStays() throws {
        try Bench.run { bench in
            try expectNothing(["CHANGED"], bench)
            try bench.publish(["b", "a"])
            try expectNothing(["CHANGED"], bench)
        }
    }

    @Test func whoClaimedSinceOrWasRecoveredReplacesNothing() throws {
        try Bench.run { bench in
            try bench.publish(["a", "a", "a"])
            try expectNothing(["STALE"], sequence: 2, bench)
            try bench.claim(1, most: 1)
            try expectNothing(["STALE"], bench)
            try expectNothing(["BACK"], sequence: 2, bench)
            try bench.commit(1, events: 1)
            #expect(try bench.swap(2, event: "a", copies: Self.copies) == ["OK", "1"])
            try bench.recover(claimed: 1)
            try expectNothing(["FENCED"], sequence: 2, bench)
        }
    }

    @Test func aKeyOfAnotherTypeIsFoundBeforeAnythingIsPushed() throws {
        try Bench.run { bench in
            try bench.publish(["a"])
            for key in [bench.bus.queue("two"), bench.bus.queues] {
                try bench.redis.call("SET", key, "text")
                try expectNothing(["WRONGTYPE"], bench)
                try bench.redis.call("DEL", key)
            }
        }
    }

    @Test func whatAUserMayNotDoIsNotBegun() throws {
        for command in ["lpop", "sadd", "rpush", "lindex", "llen", "type", "hget", "exists"] {
            try Bench.run { bench in
                try bench.publish(["a"])
                let user = try bench.server.user(without: command)
                try bench.expectNoChange("\(command)") {
                    let answer = try bench.swap(1, event: "a", copies: Self.copies, on: user)
                    #expect(
                        answer == ["NOPERM"] || answer[0].contains("can't run this command"), "\(command): \(answer)")
                }
            }
        }
    }

    @Test func whatCannotBeCountedIsHandedOver() throws {
        try Bench.run { bench in
            try bench.publish(["a"])
            for counter in bench.keys.processed { try bench.redis.call("RPUSH", counter, "no number") }
            #expect(try bench.swap(1, event: "a", copies: Self.copies) == ["OK", "0"])
            #expect(try bench.list(bench.bus.queue("two")) == ["3"])
        }
    }
}

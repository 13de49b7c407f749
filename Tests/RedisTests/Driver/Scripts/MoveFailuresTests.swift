import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `move_failures.lua`; `SetAsideTests` has `failed` that is no list.
@Suite(.timeLimit(.minutes(1))) struct MoveFailuresTests {
    private typealias Bench = DriverScriptBench

    private static let ofQueue = #"{"error":"e","queue":"jobs"}"#
    private static let ofNone = #"{"queue":"jobs","error":"e"}"#
    private static let list = "resque:jobs_failed"

    /// Moves two entries, the first of which names its queue, and says how many wait then.
    private func move(_ backend: String, _ bench: Bench) throws -> [String] {
        try bench.redis.call("DEL", bench.bus.waitingFailures)
        try bench.redis.call("RPUSH", bench.bus.waitingFailures, Self.ofQueue, Self.ofNone)
        return try bench.call(
            .moveFailures, [bench.bus.waitingFailures, bench.bus.failed, bench.bus.failedQueues],
            ["10", bench.bus.prefix, backend])
    }

    @Test(arguments: ["", "redis"]) func entriesGoToFailedInTheirOrder(_ backend: String) throws {
        try Bench.run { bench in
            let waiting = try move(backend, bench)
            #expect(waiting == ["0"])
            #expect(try bench.list(bench.bus.failed) == [Self.ofQueue, Self.ofNone])
        }
    }

    @Test func thereIsNothingToMove() throws {
        try Bench.run { bench in
            let keys = [bench.bus.waitingFailures, bench.bus.failed, bench.bus.failedQueues]
            try bench.expectNoChange {
                for backend in ["", "multi-queue"] {
                    try #expect(bench.call(.moveFailures, keys, ["10", bench.bus.prefix, backend]) == ["0"])
                }
            }
        }
    }

    /// Where the set is, RedisMultiQueue is in use.
    @Test(arguments: ["", "multi-queue"]) func entriesGoToTheListsOfTheirQueues(_ backend: String) throws {
        try Bench.run { bench in
            if backend.isEmpty { try bench.redis.call("SADD", bench.bus.failedQueues, "other_failed") }
            #expect(try move(backend, bench) == ["0"])
            #expect(try bench.list(Self.list) == [Self.ofQueue])
            #expect(try bench.list(bench.bus.failed) == [Self.ofNone], "its queue is not the last member")
            #expect(try bench.redis.call("SISMEMBER", bench.bus.failedQueues, "jobs_failed").integer == 1)
        }
    }

    @Test func theConfiguredBackendWins() throws {
        try Bench.run { bench in
            try bench.redis.call("SADD", bench.bus.failedQueues, "jobs_failed")
            #expect(try move("redis", bench) == ["0"])
            #expect(try bench.list(bench.bus.failed) == [Self.ofQueue, Self.ofNone])
        }
    }

    @Test func aSetOfAnotherTypeMeansOneList() throws {
        try Bench.run { bench in
            try bench.redis.call("SET", bench.bus.failedQueues, "text")
            #expect(try move("multi-queue", bench) == ["0"])
            #expect(try bench.list(bench.bus.failed) == [Self.ofQueue, Self.ofNone])
        }
    }

    @Test func aQueueWhoseListIsNoneGoesToFailed() throws {
        try Bench.run { bench in
            try bench.redis.call("SET", Self.list, "text")
            #expect(try move("multi-queue", bench) == ["0"])
            #expect(try bench.list(bench.bus.failed) == [Self.ofQueue, Self.ofNone])
            #expect(try bench.redis.call("EXISTS", bench.bus.failedQueues).integer == 0)
        }
    }

    /// The first entry that has no list to go to holds up those behind it.
    @Test func entriesWaitInTheirOrder() throws {
        try Bench.run { bench in
            try bench.redis.call("SET", bench.bus.failed, "text")
            #expect(try move("multi-queue", bench) == ["1"])
            #expect(try bench.list(Self.list) == [Self.ofQueue])
            #expect(try bench.list(bench.bus.waitingFailures) == [Self.ofNone])
        }
    }
}

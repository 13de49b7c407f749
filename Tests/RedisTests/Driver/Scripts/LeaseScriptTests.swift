import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `register.lua`, `renew_lease.lua` and `mark_pause.lua`, which riders call as well.
@Suite(.timeLimit(.minutes(1))) struct LeaseScriptTests {
    private typealias Bench = DriverScriptBench

    /// What `register` does for another id.
    private func register(_ bench: Bench, lease: Int = 60_000, on connection: RawRedis? = nil) throws -> [String] {
        try bench.call(
            .register, [bench.bus.driver("other"), bench.bus.drivers, bench.bus.lease("other")],
            ["other", String(lease), "queue", "bus_incoming"], on: connection)
    }

    private func milliseconds(_ bench: Bench) throws -> Int {
        let time = try bench.redis.call("TIME").strings.compactMap { Int($0) }
        return time[0] * 1000 + time[1] / 1000
    }

    /// Expects that both halves of a lease end in a minute.
    private func expectLease(of id: String, _ bench: Bench) throws {
        let score = try bench.redis.call("ZSCORE", bench.bus.drivers, id).string.flatMap { Int($0) } ?? 0
        #expect((50_000...60_000).contains(try score - milliseconds(bench)), "\(score)")
        #expect((50_000...60_000).contains(try bench.redis.call("PTTL", bench.bus.lease(id)).integer ?? 0))
        #expect(try bench.redis.call("GET", bench.bus.lease(id)).string == id)
    }

    @Test func aNewIdHasARecordAndALease() throws {
        try Bench.run { bench in
            try bench.redis.call("SET", bench.bus.lease("other"), "an old one")
            #expect(try register(bench) == ["OK"])
            var record = try bench.redis.call("HGETALL", bench.bus.driver("other")).fields
            let started = try #require(record.removeValue(forKey: "started").flatMap { Int($0) })
            #expect(try (0...5).contains(milliseconds(bench) / 1000 - started))
            #expect(record == ["claimed": "0", "queue": "bus_incoming"])
            try expectLease(of: "other", bench)
        }
    }

    @Test func anIdIsNeverGivenTwice() throws {
        try Bench.run { bench in
            #expect(try register(bench) == ["OK"])
            try bench.redis.call("HSET", bench.bus.driver("other"), "claimed", "7")
            try bench.expectNoChange { try #expect(register(bench, lease: 1) == ["EXISTS"]) }
        }
    }

    @Test func aRenewalRenewsBothHalves() throws {
        try Bench.run { bench in
            let (id, lease) = (bench.keys.id, bench.bus.lease(bench.keys.id))
            try bench.redis.call("PEXPIRE", lease, "20000")
            try bench.redis.call("ZADD", bench.bus.drivers, "1", id)
            #expect(try bench.renewLease() == ["OK"])
            try expectLease(of: id, bench)
            try bench.redis.call("DEL", lease, bench.bus.drivers)
            #expect(try bench.renewLease() == ["OK"], "somebody has deleted them")
            try expectLease(of: id, bench)
        }
    }

    @Test func whoeverWasRecoveredRenewsNothing() throws {
        try Bench.run { bench in
            try bench.recover(claimed: 0)
            try bench.expectNoChange { try #expect(bench.renewLease() == ["FENCED"]) }
        }
    }

    @Test func aFullMemoryEndsNoLease() throws {
        try Bench.run { bench in
            try bench.redis.call("PEXPIRE", bench.bus.lease(bench.keys.id), "20000")
            try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
            #expect(try bench.renewLease() == ["OK"])
            #expect(try register(bench) == ["OK"])
            try expectLease(of: bench.keys.id, bench)
            try expectLease(of: "other", bench)
        }
    }

    @Test func aRegistryOfAnotherTypeIsFoundBeforeAnythingIsWritten() throws {
        try Bench.run { bench in
            try bench.redis.call("DEL", bench.bus.drivers)
            try bench.redis.call("SET", bench.bus.drivers, "text")
            try bench.expectNoChange {
                try #expect(register(bench)[0].hasPrefix("WRONGTYPE"))
                try #expect(bench.renewLease()[0].hasPrefix("WRONGTYPE"))
            }
        }
    }

    @Test func whatAUserMayNotDoIsNotBegun() throws {
        for command in ["del", "hset", "zadd", "set", "exists", "time"] {
            try Bench.run { bench in
                try bench.expectRefusal(without: command) { try register(bench, on: $0) }
            }
        }
    }

    @Test func aPauseIsNotedUntilItEnds() throws {
        try Bench.run { bench in
            for isPaused in ["1", "0"] {
                let answer = try bench.call(.markPause, [bench.record], [isPaused])
                #expect(answer == ["OK"])
                #expect(try bench.redis.call("HGET", bench.record, "paused").string == isPaused)
            }
        }
    }
}

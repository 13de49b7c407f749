import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `fin.lua` and `absolve.lua`, called as if they stood in the commit of batch 1.
@Suite(.timeLimit(.minutes(1))) struct FinTests {
    private typealias Bench = DriverScriptBench

    /// Two events in flight, and a copy in one queue.
    private func claimed(_ body: (Bench) throws -> Void) throws {
        try Bench.run { bench in
            try bench.publish(["a", "b"])
            try bench.claim(1)
            try bench.redis.call("RPUSH", bench.bus.queue("served"), "job")
            try body(bench)
        }
    }

    private func fin(_ queues: [String], _ bench: Bench, on connection: RawRedis? = nil) throws -> [String] {
        try bench.call(
            .fin, [bench.keys.inFlight(1), bench.keys.keptBatch(1), bench.bus.keptBatches], queues.map(bench.bus.queue),
            on: connection)
    }

    /// Expects that the batch is kept for the janitor, who finds what it owes.
    private func expectKept(owing queue: String, _ bench: Bench) throws {
        #expect(try bench.inFlight(1) == [])
        #expect(try bench.list(bench.keys.keptBatch(1)) == ["a", "b"])
        let owed = try bench.redis.call("HGET", bench.bus.keptBatches, bench.keys.keptBatch(1)).string
        #expect(owed == #"["\#(bench.bus.queue(queue))"]"#)
    }

    /// `DEL` stands behind it.
    @Test func aBatchWhoseCopiesArrivedIsLeftToTheDelete() throws {
        try claimed { bench in
            try bench.expectNoChange {
                try #expect(fin(["served"], bench) == ["1"])
                try #expect(fin([], bench) == ["1"], "nobody wanted any")
            }
        }
    }

    @Test(arguments: ["text", nil]) func aBatchOwesWhatAQueueThatIsNoListDidNotGet(_ value: String?) throws {
        try claimed { bench in
            if let value { try bench.redis.call("SET", bench.bus.queue("odd"), value) }
            #expect(try fin(["served", "odd"], bench) == [bench.bus.queue("odd")])
            try expectKept(owing: "odd", bench)
        }
    }

    @Test func aBatchOwesWhatTheUserMayNotPush() throws {
        try claimed { bench in
            let user = try bench.server.user(without: "rpush")
            #expect(try fin(["served"], bench, on: user) == [bench.bus.queue("served")])
            try expectKept(owing: "served", bench)
        }
    }

    @Test func whatMayNotBeDeletedIsTrimmed() throws {
        try claimed { bench in
            let user = try bench.server.user(without: "del")
            #expect(try fin(["served"], bench, on: user) == ["1"])
            #expect(try bench.redis.call("EXISTS", bench.keys.inFlight(1)).integer == 0)
        }
    }

    @Test func whereTypesMayNotBeAskedForTheRightToPushDecides() throws {
        try claimed { bench in
            #expect(try fin(["served"], bench, on: bench.server.user(without: "type")) == ["1"])
            let user = try bench.server.user(without: "type rpush")
            #expect(try fin(["served"], bench, on: user) == [bench.bus.queue("served")])
            try expectKept(owing: "served", bench)
        }
    }

    @Test func aBatchThatWasDrivenIsSuspectedNoMore() throws {
        try Bench.run { bench in
            try bench.publish(["a", "b", "a"])
            try bench.claim(1)
            let absolve = [bench.keys.inFlight(1), bench.bus.suspects]
            #expect(try bench.call(.absolve, absolve) == ["0"], "nobody is suspected")
            for event in ["a", "b", "c"] { try bench.suspect(event) }
            #expect(try bench.call(.absolve, absolve) == ["2"])
            #expect(try ["a", "b", "c"].map(bench.recoveries) == [nil, nil, 1])
            #expect(try bench.inFlight(1) == ["a", "b", "a"])
        }
    }
}

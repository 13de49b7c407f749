import BusProtocol
import BusScheduler
import BusWire
import RedisTestSupport
import Testing

/// Who moves nothing: a scheduler that leads no longer, and one whose bucket was touched after it was read.
@Suite(.timeLimit(.minutes(1))) struct PromotionFenceTests {
    private typealias Bench = PromoterBench

    @Test func whoDoesNotLeadMovesNothing() async throws {
        let bench = try await Bench()
        try bench.delay([Bench.item(1)])
        for command in [
            ["SET", bench.lock.key, "other:1:b"], ["DEL", bench.lock.key], ["SADD", bench.lock.key, "x"],
        ] {
            try bench.redis.call(command.map { Array($0.utf8) })
            let before = try bench.digest()
            #expect(try await bench.step() == .notLeader)
            #expect(try bench.digest() == before)
        }
        try bench.redis.call("DEL", bench.lock.key)
        try bench.redis.call("SET", bench.lock.key, bench.lock.value)
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(1)])
    }

    @Test func whoDoesNotLeadSetsNothingAside() async throws {
        let bench = try await Bench()
        try bench.redis.call(
            "EVAL", "return redis.call('RPUSH', KEYS[1], string.rep('x', ARGV[1]))", "1", "resque:delayed:5",
            String(BatchLimits.mostElementBytes))
        try bench.redis.call("SET", bench.lock.key, "other:1:b")
        var commands = PromotionCommands(bus: bench.bus, lock: bench.lock)
        func setAside() throws -> String? {
            try bench.redis.send {
                commands.appendSetAside(at: Array("5".utf8), to: "aside", entry: Array("entry".utf8), to: &$0)
            }.string
        }
        let before = try bench.digest()
        #expect(try setAside() == "NOTLEADER")
        #expect(try bench.digest() == before)
        try bench.redis.call("SET", bench.lock.key, bench.lock.value)
        #expect(try setAside() == "OK")
    }

    /// The next batch is read with the last: the lock is lost between the read and the move.
    @Test(arguments: [["SET", "other:1:b"], ["DEL"], ["SET", "host:1:a"]])
    func whoLeadsNoLongerMovesNothing(command: [String]) async throws {
        let bench = try await Bench()
        try bench.delay((0..<9).map { Bench.item($0) })
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        try bench.redis.call(([command[0], bench.lock.key] + command[1...]).map { Array($0.utf8) })
        let before = try bench.digest()
        #expect(try await bench.step() == .moved(jobs: 0, failed: 0))
        #expect(try bench.digest() == before)
        // Its own value again is the lock that it has renewed.
        let leads = command.last == bench.lock.value
        #expect(try await bench.promote() == (leads ? .idle : .notLeader))
        #expect(try bench.queue().count == (leads ? 9 : 1))
    }

    /// Nobody has looked at the key since it ended, so nothing but its time tells.
    @Test func aLockThatRanOutFences() async throws {
        let bench = try await Bench()
        try bench.redis.call("DEBUG", "SET-ACTIVE-EXPIRE", "0")
        try bench.delay((0..<9).map { Bench.item($0) })
        try bench.redis.call("PEXPIRE", bench.lock.key, "2000")
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        try await letPass(.milliseconds(2010), until: "the lock ran out")
        #expect(try await bench.step() == .moved(jobs: 0, failed: 0))
        #expect(try bench.queue() == [Bench.pushed(0)])
        #expect(try await bench.step() == .notLeader)
        #expect(try bench.list("resque:delayed:5").count == 8)
    }

    /// By Ruby's own commands.
    @Test func aBucketThatWasTouchedIsReadAgain() async throws {
        let bench = try await Bench()
        let items = (0..<9).map { Bench.item($0) }
        try bench.delay(items)
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        try bench.redis.call("LREM", "resque:delayed:5", "0", items[2])
        try bench.redis.call("SREM", bench.bus.timestamps(items[2]), "delayed:5")
        #expect(try await bench.step() == .moved(jobs: 0, failed: 0))
        #expect(try bench.queue() == [Bench.pushed(0)])
        try bench.delay([Bench.item(9)])
        #expect(try await bench.step() == .moved(jobs: 0, failed: 0))
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [0, 1, 3, 4, 5, 6, 7, 8, 9].map { Bench.pushed($0) })
        #expect(try bench.keys() == ["resque:queue:jobs", "resque:queues"])
    }

    @Test func aBucketThatWasEmptiedIsTidied() async throws {
        let bench = try await Bench()
        try bench.delay((0..<9).map { Bench.item($0) })
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        try bench.redis.call("DEL", "resque:delayed:5")
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(0)])
        #expect(try bench.redis.call("ZCARD", bench.bus.delayedSchedule).integer == 0)
    }

    @Test func whatAnEarlierPromoterHasReadHoldsNobodyUp() async throws {
        let bench = try await Bench()
        try bench.delay((0..<9).map { Bench.item($0) })
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        try bench.delay([Bench.item(9)])
        let next = bench.promoter(on: bench.connection)
        while case .moved = try await next.step(upTo: 5) {}
        #expect(try bench.queue() == (0..<10).map { Bench.pushed($0) })
    }

    /// What Ruby's own race leaves: a job that was moved between its RPUSH and its SADD is noted as delayed for ever.
    @Test func rubyAddsAndRemovesMeanwhile() async throws {
        let bench = try await Bench()
        let ending = Task.detached { [socket = bench.server.socketPath] in
            try Self.addAndRemove(try RawRedis(unixSocket: socket), added: 1500)
        }
        var isOver = false
        while !isOver {
            isOver = try bench.redis.call("EXISTS", "over").integer == 1
            _ = try await bench.promote(upTo: 20)
        }
        let removed = try await ending.value
        #expect(try await bench.promote(upTo: 20) == .idle)
        let moved = try bench.queue()
        #expect(!removed.isEmpty && !moved.isEmpty)
        #expect((moved + removed.map { Bench.pushed($0) }).sorted() == (0..<1500).map { Bench.pushed($0) }.sorted())
        #expect(try bench.redis.call("KEYS", "resque:delayed*").strings == [])
        for key in try bench.redis.call("KEYS", "resque:timestamps:*").strings {
            let item = key.dropFirst(bench.bus.timestampsPrefix.count)
            #expect(moved.contains { item.hasPrefix($0.dropLast()) }, "\(key) was not moved")
        }
    }

    /// Delays jobs until one of twenty seconds, and removes every third again; returns those that it found.
    private static func addAndRemove(_ redis: RawRedis, added: Int) throws -> [Int] {
        let bus = BusKeys()
        var removed: [Int] = []
        for number in 0..<added {
            let (time, item) = (String(1 + number % 20), Bench.item(number))
            try redis.call("RPUSH", bus.delayedPrefix + time, item)
            try redis.call("SADD", bus.timestamps(item), "delayed:" + time)
            try redis.call("ZADD", bus.delayedSchedule, time, time)
            guard number.isMultiple(of: 3) else { continue }
            for name in try redis.call("SMEMBERS", bus.timestamps(item)).strings {
                let replies = try redis.pipeline([
                    ["LREM", bus.key(name), "0", item], ["SREM", bus.timestamps(item), name],
                ])
                if replies[0].integer == 1 { removed.append(number) }
            }
        }
        try redis.call("SET", "over", "1")
        return removed
    }
}

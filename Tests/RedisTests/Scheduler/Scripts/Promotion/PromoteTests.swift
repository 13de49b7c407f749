import BusProtocol
import BusScheduler
import BusWire
import RedisTestSupport
import Testing

/// What a promoter moves, and what it leaves behind.
@Suite(.timeLimit(.minutes(1))) struct PromoteTests {
    private typealias Bench = PromoterBench

    @Test func everythingDueMovesAndLeavesNothingBehind() async throws {
        let bench = try await Bench()
        let items = [Bench.item(1), Bench.item(2, queue: "others"), Bench.item(3), Bench.item(4)]
        try bench.delay(Array(items[..<3]))
        try bench.delay([items[3]], until: 4)
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(4), Bench.pushed(1), Bench.pushed(3)])
        #expect(try bench.queue("others") == [Bench.pushed(2)])
        #expect(try bench.redis.call("SMEMBERS", "resque:queues").strings.sorted() == ["jobs", "others"])
        #expect(try bench.keys() == ["resque:queue:jobs", "resque:queue:others", "resque:queues"])
    }

    @Test func aStepMovesABatch() async throws {
        let bench = try await Bench()
        let items = (0..<1000).map { Bench.item($0) }
        try bench.delay(items)
        try bench.delay([items[0]], until: 9)
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0), "what is in the bucket nobody knows")
        #expect(try await bench.step() == .moved(jobs: 4, failed: 0))
        #expect(try bench.queue() == (0..<5).map { Bench.pushed($0) })
        #expect(try bench.list("resque:delayed:5") == Array(items[5...]))
        #expect(try bench.redis.call("ZRANGE", bench.bus.delayedSchedule, "0", "-1").strings == ["5", "9"])
        #expect(try bench.redis.call("SMEMBERS", bench.bus.timestamps(items[0])).strings == ["delayed:9"])
        #expect(try bench.redis.call("EXISTS", bench.bus.timestamps(items[4])).integer == 0)
        #expect(try bench.redis.call("SMEMBERS", bench.bus.timestamps(items[5])).strings == ["delayed:5"])
        for count in [16, 64, 128, 128] {
            #expect(try await bench.step() == .moved(jobs: count, failed: 0))
        }
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == (0..<1000).map { Bench.pushed($0) })
        #expect(try bench.redis.call("ZRANGE", bench.bus.delayedSchedule, "0", "-1").strings == ["9"])
        #expect(try bench.list("resque:delayed:9") == [items[0]])
    }

    @Test func everyItemMayHaveAQueueOfItsOwn() async throws {
        let bench = try await Bench()
        try bench.delay((0..<400).map { Bench.item($0, queue: $0.isMultiple(of: 2) ? "jobs" : "q\($0)") })
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == stride(from: 0, to: 400, by: 2).map { Bench.pushed($0) })
        for number in stride(from: 1, to: 400, by: 2) {
            #expect(try bench.queue("q\(number)") == [Bench.pushed(number)])
        }
        #expect(try bench.redis.call("SCARD", "resque:queues").integer == 201)
    }

    @Test func moreTimesThanAPageAllMove() async throws {
        let bench = try await Bench()
        for time in 1...300 { try bench.delay([Bench.item(time)], until: time) }
        #expect(try await bench.promote(upTo: 299) == .idle)
        #expect(try bench.queue() == (1...299).map { Bench.pushed($0) })
        #expect(try bench.redis.call("ZRANGE", bench.bus.delayedSchedule, "0", "-1").strings == ["300"])
    }

    @Test func anEmptyBucketLeavesTheSchedule() async throws {
        let bench = try await Bench()
        let odd: [UInt8] = [0xFF, 0x00, 0x0A]
        try bench.redis.call("ZADD", bench.bus.delayedSchedule, "5", "5", "4", "no number")
        try bench.redis.call([Array("ZADD".utf8), Array(bench.bus.delayedSchedule.utf8), Array("3".utf8), odd])
        #expect(try await bench.step() == .moved(jobs: 0, failed: 0))
        #expect(try await bench.promote() == .idle)
        #expect(try bench.keys() == [])
    }

    /// The bucket is named by the member, whatever the score says.
    @Test func aTimeThatIsNoNumberHasABucketToo() async throws {
        let bench = try await Bench()
        let items = [Bench.item(1), Bench.item(2)]
        try bench.redis.call("RPUSH", "resque:delayed:soon", items[0], items[1])
        try bench.redis.call("SADD", bench.bus.timestamps(items[0]), "delayed:soon")
        try bench.redis.call("ZADD", bench.bus.delayedSchedule, "4.5", "soon")
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(2)])
        #expect(try bench.keys() == ["resque:queue:jobs", "resque:queues"])
    }

    @Test func equalItemsAllMove() async throws {
        let bench = try await Bench()
        try bench.delay([Bench.item(1), Bench.item(1), Bench.item(1)])
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == Array(repeating: Bench.pushed(1), count: 3))
        #expect(try bench.keys() == ["resque:queue:jobs", "resque:queues"])
    }

    @Test func whatRubyWroteOtherwiseIsPushedInItsOwnSpelling() async throws {
        let bench = try await Bench()
        let items = [
            #"{"class":"Job","args":{"a":1},"queue":"jobs"}"#, #"{"queue":"jobs", "class":"Job"}"#, Bench.item(1),
            #"{"class":"QueueBus::Worker","args":["{\"a\":1}"],"queue":"jobs"}"#,
        ]
        // As the Data adapter delays: nothing is noted in `timestamps:`.
        for item in items { try bench.redis.call("RPUSH", "resque:delayed:5", item) }
        try bench.redis.call("ZADD", bench.bus.delayedSchedule, "5", "5")
        #expect(try await bench.promote() == .idle)
        #expect(
            try bench.queue() == [
                #"{"class":"Job","args":[{"a":1}]}"#, #"{"class":"Job","args":[]}"#, Bench.pushed(1),
                #"{"class":"QueueBus::Worker","args":["{\"a\":1}"]}"#,
            ])
    }

    @Test func whatNamesNoQueueGoesToFailed() async throws {
        let bench = try await Bench()
        try bench.delay(["not json", Bench.item(1), #"{"class":"Job","args":[7]}"#])
        #expect(try await bench.step() == .moved(jobs: 0, failed: 1))
        #expect(try await bench.step() == .moved(jobs: 1, failed: 1))
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(1)])
        let failed = try bench.failed()
        #expect(failed.map { $0["exception"]?.string } == ["Resque::Helpers::DecodeException", "Resque::NoQueueError"])
        #expect(failed[0]["busdriver_raw"] == "bm90IGpzb24=")
        #expect(failed[1]["payload"] == ["class": "Job", "args": [7]])
        #expect(failed[1]["worker"] == "host+swift:1:scheduler")
        #expect(failed[1]["failed_at"] == "2026/11/21 06:00:00 UTC")
        #expect(try bench.keys() == ["resque:busdriver:failed", "resque:queue:jobs", "resque:queues"])
    }

    @Test func anyBytesAreMoved() async throws {
        let bench = try await Bench()
        let item: [UInt8] = [0xFF, 0x00, 0x0D, 0x0A, 0xC3]
        let key = Array("resque:timestamps:".utf8) + item
        try bench.redis.call([Array("RPUSH".utf8), Array("resque:delayed:5".utf8), item])
        try bench.redis.call([Array("SADD".utf8), key, Array("delayed:5".utf8)])
        try bench.redis.call("ZADD", bench.bus.delayedSchedule, "5", "5")
        #expect(try await bench.promote() == .idle)
        #expect(try bench.redis.call([Array("EXISTS".utf8), key]).integer == 0)
        #expect(FailureEntry.element(of: try bench.failed()[0]) == item)
    }

    @Test func aBatchOfLargeItemsIsSmall() async throws {
        let bench = try await Bench()
        let padding = String(repeating: "x", count: 100_000)
        let items = (0..<12).map { #"{"class":"Job","args":["\#($0)\#(padding)"],"queue":"jobs"}"# }
        try bench.delay(items)
        try bench.delay((0..<8).map { Bench.item($0, queue: "small") }, until: 6)
        var counts: [Int] = []
        while case .moved(let jobs, _) = try await bench.step(upTo: 6) { counts.append(jobs) }
        // One; of four that were read those that fit; then as many as fit; then up again in steps.
        #expect(counts == [1, 2, 2, 2, 2, 2, 1, 2, 6])
        #expect(try bench.queue() == items.map { $0.dropLast(16) + "}" })
        #expect(try bench.queue("small").count == 8)
    }

    @Test func whatCannotBeLoadedIsSetAside() async throws {
        let bench = try await Bench()
        let large = String(repeating: "x", count: BatchLimits.mostElementBytes + (2 << 20))
        try bench.delay((0..<3).map { Bench.item($0) } + [large] + (3..<6).map { Bench.item($0) })
        try bench.delay([Bench.item(6)], until: 6)
        var promoter = bench.promoter
        var losses = 0
        while losses < 10 {
            do {
                guard case .moved = try await promoter.step(upTo: 6) else { break }
            } catch {
                losses += 1
                promoter = bench.promoter(on: try await bench.connection())
            }
        }
        #expect((1...3).contains(losses))
        #expect(try bench.queue().sorted() == (0..<7).map { Bench.pushed($0) })
        let entry = try #require(try bench.failed().first)
        #expect(entry["exception"] == "BusDriver::Oversized")
        let lists = try bench.keys().filter { $0.hasPrefix(bench.bus.oversizedPrefix) }
        #expect(lists.count == 1)
        #expect(entry["error"]?.string?.hasSuffix(" only element of \(lists[0])") == true)
        #expect(
            try bench.redis.call("EVAL", "return #redis.call('LINDEX', KEYS[1], 0)", "1", lists[0]).integer
                == large.utf8.count)
        #expect(try bench.redis.call("KEYS", "resque:timestamps:*").array?.count == 0)
        #expect(try bench.redis.call("ZCARD", bench.bus.delayedSchedule).integer == 0)
    }
}

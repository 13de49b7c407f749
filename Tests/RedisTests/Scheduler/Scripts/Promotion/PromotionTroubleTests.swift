import BusScheduler
import BusWire
import RedisTestSupport
import Testing

/// Keys of the wrong type, and refusals: nothing is lost, nothing is done twice, and what can move moves.
@Suite(.timeLimit(.minutes(1))) struct PromotionTroubleTests {
    private typealias Bench = PromoterBench

    @Test func theItemsOfAQueueThatIsNoListGoToFailed() async throws {
        let bench = try await Bench()
        let items = [
            Bench.item(0), Bench.item(1, queue: "text"), Bench.item(2), Bench.item(3, queue: "set"),
            Bench.item(4, queue: "set"),
        ]
        try bench.delay(items)
        try bench.redis.call("SET", "resque:queue:text", "text")
        try bench.redis.call("SADD", "resque:queue:set", "member")
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        // Nobody knows yet: what cannot be pushed stays, and is noted as before.
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        #expect(try bench.list("resque:delayed:5") == [items[1], items[3], items[4]])
        for item in [items[1], items[3], items[4]] {
            #expect(try bench.redis.call("SMEMBERS", bench.bus.timestamps(item)).strings == ["delayed:5"])
        }
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(0), Bench.pushed(2)])
        let failed = try bench.failed()
        #expect(failed.map { $0["queue"] } == ["text", "set", "set"])
        #expect(failed.map { $0["payload"]?["args"] } == [[1], [3], [4]])
        #expect(failed[0]["error"] == "queue:text is not a list; rename or delete that key")
        #expect(
            try bench.keys() == [
                "resque:busdriver:failed", "resque:queue:jobs", "resque:queue:set", "resque:queue:text",
                "resque:queues",
            ])
    }

    @Test func aQueueThatIsAListAgainIsFound() async throws {
        let bench = try await Bench()
        try bench.redis.call("SET", "resque:queue:jobs", "text")
        try bench.delay([Bench.item(1)])
        #expect(try await bench.promote() == .idle)
        try bench.redis.call("DEL", "resque:queue:jobs")
        try bench.delay([Bench.item(2)])
        #expect(try await bench.promote(upTo: 14) == .idle)
        #expect(try bench.failed().map { $0["payload"]?["args"] } == [[1], [2]], "it is not asked for every item")
        try bench.delay([Bench.item(3)])
        #expect(try await bench.promote(upTo: 15) == .idle)
        #expect(try bench.queue() == [Bench.pushed(3)])
    }

    @Test func withoutAListOfFailuresNothingIsLost() async throws {
        let bench = try await Bench()
        let bad = ["not json", "nor this", "nor that"]
        try bench.delay([bad[0], Bench.item(1), bad[1], bad[2]])
        try bench.delay([Bench.item(2)], until: 6)
        try bench.redis.call("SET", bench.bus.waitingFailures, "text")
        var reasons: [String] = []
        while true {
            let progress = try await bench.step(upTo: 7)
            if progress == .idle { break }
            if let reason = progress.reason { reasons.append(reason) }
        }
        #expect(reasons == ["resque:busdriver:failed is not a list; rename or delete that key."])
        #expect(try bench.queue() == [Bench.pushed(2)])
        #expect(try bench.list("resque:delayed:5") == [Bench.item(1), bad[1], bad[2], bad[0]])
        for item in bad { #expect(try bench.redis.call("EXISTS", bench.bus.timestamps(item)).integer == 1) }
        #expect(bench.promoter.retry == 12)
        try bench.redis.call("DEL", bench.bus.waitingFailures)
        #expect(try await bench.promote(upTo: 11) == .idle)
        #expect(try bench.failed().isEmpty)
        #expect(try await bench.promote(upTo: 12) == .idle)
        #expect(try bench.failed().count == 3)
        #expect(try bench.queue() == [Bench.pushed(2), Bench.pushed(1)])
        #expect(bench.promoter.retry == nil)
        #expect(try bench.keys() == ["resque:busdriver:failed", "resque:queue:jobs", "resque:queues"])
    }

    @Test func aBucketThatIsNoListKeepsNoOtherWaiting() async throws {
        let bench = try await Bench()
        for time in 1...200 {
            try bench.redis.call("SET", "resque:delayed:\(time)", "text")
            try bench.redis.call("ZADD", bench.bus.delayedSchedule, String(time), String(time))
        }
        try bench.delay([Bench.item(1)], until: 201)
        #expect(try await bench.step(upTo: 300).reason == "resque:delayed:1 is not a list; rename or delete that key.")
        var reports = 1
        while true {
            let progress = try await bench.step(upTo: 300)
            if progress == .idle { break }
            if progress.reason != nil { reports += 1 }
        }
        #expect(reports == 200)
        #expect(try bench.queue() == [Bench.pushed(1)])
        #expect(bench.promoter.retry == 305)
        #expect(try await bench.step(upTo: 304) == .idle)
        #expect(try await bench.step(upTo: 305).reason != nil)
    }

    @Test func aScheduleThatIsNoSortedSetKeepsEverything() async throws {
        let bench = try await Bench()
        try bench.delay([Bench.item(1)])
        try bench.redis.call("SET", bench.bus.delayedSchedule, "text")
        let before = try bench.digest()
        #expect(try await bench.step().reason?.hasPrefix("WRONGTYPE") == true)
        #expect(try bench.digest() == before)
    }

    @Test func whatCannotBeNotedDoesNotKeepJobs() async throws {
        let bench = try await Bench()
        let items = [Bench.item(1), Bench.item(2)]
        try bench.delay(items)
        try bench.redis.call("SET", bench.bus.timestamps(items[0]), "text")
        try bench.redis.call("SET", "resque:queues", "text")
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(2)])
        #expect(try bench.redis.call("EXISTS", bench.bus.timestamps(items[1])).integer == 0)
    }

    @Test(arguments: [
        ("OOM", ["CONFIG", "SET", "maxmemory", "1"]), ("READONLY", ["REPLICAOF", "127.0.0.1", "1"]),
        ("NOREPLICAS", ["CONFIG", "SET", "min-replicas-to-write", "1"]),
    ]) func aRefusalMovesNothing(word: String, cause: [String]) async throws {
        let bench = try await Bench()
        try bench.delay([Bench.item(1), "not json", Bench.item(2)])
        #expect(try await bench.step() == .moved(jobs: 1, failed: 0))
        try bench.redis.call(cause.map { Array($0.utf8) })
        let before = try bench.digest()
        for _ in 0..<2 {
            let reason = try #require(try await bench.step().reason)
            #expect(reason.hasPrefix(word))
        }
        #expect(try bench.digest() == before)
    }

    @Test func whatWasRefusedMovesLater() async throws {
        let bench = try await Bench()
        try bench.delay([Bench.item(1), "not json", Bench.item(2)])
        try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
        #expect(try await bench.step().reason?.hasPrefix("OOM") == true)
        try bench.redis.call("CONFIG", "SET", "maxmemory", "0")
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(2)])
        #expect(try bench.failed().count == 1)
    }

    @Test(arguments: [
        "get", "watch", "multi", "exec", "zrangebyscore", "memory|usage", "lrange", "type", "rpush", "ltrim", "sadd",
        "srem",
        "eval",
    ]) func whatAUserMayNotDoIsNotBegun(command: String) async throws {
        let bench = try await Bench()
        let items = ["not json", Bench.item(1), Bench.item(2, queue: "text")]
        try bench.delay(items)
        try bench.redis.call("SET", "resque:queue:text", "text")
        let limited = try await bench.promoter(without: command)
        // The first item alone needs no SADD.
        if command == "sadd" { #expect(try await limited.step(upTo: 5) == .moved(jobs: 0, failed: 1)) }
        let before = try bench.digest()
        let reason = try #require(try await limited.step(upTo: 5).reason)
        #expect(reason.contains("NOPERM") || reason.contains("can't run this command"))
        #expect(try bench.digest() == before)
        #expect(try await bench.promote() == .idle)
        #expect(try bench.queue() == [Bench.pushed(1)])
        #expect(try bench.failed().count == 2)
    }

    /// Jobs move, and the time of the empty bucket stays until somebody may remove it.
    @Test(arguments: ["zrem", "exists"]) func withoutTidyingJobsMove(command: String) async throws {
        let bench = try await Bench()
        try bench.delay([Bench.item(1)])
        try bench.delay([Bench.item(2)], until: 6)
        let limited = try await bench.promoter(without: command)
        for _ in 0..<2 {
            #expect(try await limited.step(upTo: 6).reason?.hasPrefix(bench.bus.delayedSchedule) == true)
        }
        #expect(try await limited.step(upTo: 6) == .idle)
        #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(2)])
        #expect(try bench.redis.call("ZCARD", bench.bus.delayedSchedule).integer == 2)
        #expect(try await bench.promote(upTo: 6) == .idle)
        #expect(try bench.keys() == ["resque:queue:jobs", "resque:queues"])
    }
}

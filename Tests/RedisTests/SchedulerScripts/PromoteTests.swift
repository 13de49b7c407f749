import BusStore
import BusWire
import RedisTestSupport
import Testing

/// Every branch of `promote.lua`.
@Suite struct PromoteTests {
    private typealias Bench = SchedulerScriptBench

    @Test func aWholeBucketLeavesNothingBehind() throws {
        try Bench.run { bench in
            let items = [Bench.item(1), Bench.item(2, queue: "others"), Bench.item(3)]
            try bench.delay(items)
            #expect(try bench.promote(items) == ["OK", "0"])
            #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(3)])
            #expect(try bench.queue("others") == [Bench.pushed(2)])
            #expect(try bench.redis.call("SMEMBERS", "resque:queues").strings.sorted() == ["jobs", "others"])
            #expect(
                try bench.keys() == [
                    "resque:queue:jobs", "resque:queue:others", "resque:queues",
                    "resque:resque:resque_scheduler_master_lock",
                ])
        }
    }

    @Test func theRestOfABucketStays() throws {
        try Bench.run { bench in
            let items = (1...5).map { Bench.item($0) }
            try bench.delay(items)
            try bench.delay([items[0]], until: 9)
            #expect(try bench.promote(Array(items[..<2])) == ["OK", "3"])
            #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(2)])
            #expect(try bench.list("resque:delayed:5") == Array(items[2...]))
            #expect(try bench.redis.call("ZRANGE", bench.bus.delayedSchedule, "0", "-1").strings == ["5", "9"])
            #expect(try bench.redis.call("SMEMBERS", bench.bus.timestamps(items[0])).strings == ["delayed:9"])
            #expect(try bench.redis.call("EXISTS", bench.bus.timestamps(items[1])).integer == 0)
            #expect(try bench.redis.call("SMEMBERS", bench.bus.timestamps(items[2])).strings == ["delayed:5"])
        }
    }

    @Test func whoDoesNotLeadMovesNothing() throws {
        try Bench.run { bench in
            let items = [Bench.item(1)]
            try bench.delay(items)
            try bench.redis.call("SET", bench.lock.key, "other:1:b")
            var before = try bench.digest()
            #expect(try bench.promote(items) == ["NOTLEADER"])
            #expect(try bench.digest() == before)
            try bench.redis.call("DEL", bench.lock.key)
            before = try bench.digest()
            #expect(try bench.promote(items) == ["NOTLEADER"])
            #expect(try bench.digest() == before)
        }
    }

    @Test func aBucketThatHasChangedIsReadAgain() throws {
        try Bench.run { bench in
            let items = (1...3).map { Bench.item($0) }
            try bench.delay(items)
            let before = try bench.digest()
            #expect(try bench.promote(items + [Bench.item(4)]) == ["CHANGED"], "too many")
            #expect(try bench.promote([items[1]]) == ["CHANGED"], "not the first")
            #expect(try bench.promote([items[0], items[2]]) == ["CHANGED"], "one is missing")
            #expect(try bench.promote([]) == ["CHANGED"], "not empty")
            #expect(try bench.promote(items, at: "6") == ["CHANGED"], "another bucket")
            #expect(try bench.promote([items[0] + " "]) == ["CHANGED"], "it began like that")
            #expect(try bench.promote([" " + items[0]]) == ["CHANGED"], "it ended like that")
            #expect(try bench.promote([items[0].replacing("1", with: "9")]) == ["CHANGED"], "as long as that")
            #expect(try bench.digest() == before)
            #expect(try bench.promote(items) == ["OK", "0"])
            let after = try bench.digest()
            #expect(try bench.promote(items) == ["CHANGED"], "a second time")
            #expect(try bench.digest() == after)
        }
    }

    @Test func anEmptyBucketLeavesTheSchedule() throws {
        try Bench.run { bench in
            try bench.redis.call("ZADD", bench.bus.delayedSchedule, "5", "5", "6", "no number")
            #expect(try bench.promote([]) == ["OK", "0"])
            #expect(try bench.promote([], at: "no number") == ["OK", "0"])
            #expect(try bench.keys() == [bench.lock.key])
        }
    }

    @Test func equalItemsAllMove() throws {
        try Bench.run { bench in
            let items = [Bench.item(1), Bench.item(1), Bench.item(1)]
            try bench.delay(items)
            #expect(try bench.promote([items[0], items[1]]) == ["OK", "1"])
            #expect(try bench.promote([items[2]]) == ["OK", "0"])
            #expect(try bench.queue() == Array(repeating: Bench.pushed(1), count: 3))
        }
    }

    @Test func whatRubyWroteOtherwiseIsPushedInItsOwnSpelling() throws {
        try Bench.run { bench in
            let items = [
                #"{"class":"Job","args":{"a":1},"queue":"jobs"}"#, #"{"queue":"jobs", "class":"Job"}"#, Bench.item(1),
            ]
            // As the Data adapter delays: nothing is noted in `timestamps:`.
            for item in items { try bench.redis.call("RPUSH", "resque:delayed:5", item) }
            try bench.redis.call("ZADD", bench.bus.delayedSchedule, "5", "5")
            #expect(try bench.promote(items) == ["OK", "0"])
            #expect(
                try bench.queue() == [
                    #"{"class":"Job","args":[{"a":1}]}"#, #"{"class":"Job","args":[]}"#, Bench.pushed(1),
                ])
        }
    }

    @Test func whatNamesNoQueueGoesToFailed() throws {
        try Bench.run { bench in
            let items = ["not json", Bench.item(1), #"{"class":"Job","args":[7]}"#]
            try bench.delay(items)
            #expect(try bench.promote(items) == ["OK", "0"])
            #expect(try bench.queue() == [Bench.pushed(1)])
            let failed = try bench.list("resque:failed").map { try JSONValue.parse($0) }
            #expect(
                failed.map { $0["exception"]?.string } == ["Resque::Helpers::DecodeException", "Resque::NoQueueError"])
            #expect(failed[0]["busdriver_raw"] == "bm90IGpzb24=")
            #expect(failed[1]["payload"] == ["class": "Job", "args": [7]])
            #expect(failed[1]["worker"] == "host+swift:1:scheduler")
            #expect(try bench.redis.call("KEYS", "resque:timestamps:*").strings == [])
        }
    }

    @Test func anyBytesAreMoved() throws {
        try Bench.run { bench in
            let item: [UInt8] = [0xFF, 0x00, 0x0D, 0x0A, 0xC3]
            let key = Array("resque:timestamps:".utf8) + item
            try bench.redis.call([Array("RPUSH".utf8), Array("resque:delayed:5".utf8), item])
            try bench.redis.call([Array("SADD".utf8), key, Array("delayed:5".utf8)])
            let promotion = Promotion(of: [item], at: "5", worker: "w", now: 0)
            #expect(promotion.failed == 1)
            #expect(try bench.send(promotion) == ["OK", "0"])
            #expect(try bench.redis.call([Array("EXISTS".utf8), key]).integer == 0)
            let entry = try JSONValue.parse(try bench.list("resque:failed")[0])
            #expect(FailureEntry.element(of: entry) == item)
        }
    }

    @Test func aQueueThatIsNoListIsNamedAndPassedBy() throws {
        try Bench.run { bench in
            let items = [Bench.item(1), Bench.item(2, queue: "text"), Bench.item(3, queue: "set"), Bench.item(4)]
            try bench.delay(items)
            try bench.redis.call("SET", "resque:queue:text", "text")
            try bench.redis.call("SADD", "resque:queue:set", "member")
            let before = try bench.digest()
            #expect(try bench.promote(items) == ["WRONGTYPE", "2", "3"])
            #expect(try bench.digest() == before)
            #expect(try bench.promote(items, unusable: ["text", "set"]) == ["OK", "0"])
            #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(4)])
            let failed = try bench.list("resque:failed").map { try JSONValue.parse($0) }
            #expect(failed.map { $0["queue"] } == ["text", "set"])
            #expect(failed[0]["payload"]?["args"] == [2])
        }
    }

    @Test func withoutAListOfFailuresNothingMoves() throws {
        try Bench.run { bench in
            let items = [Bench.item(1), "not json"]
            try bench.delay(items)
            try bench.redis.call("SET", "resque:failed", "text")
            let before = try bench.digest()
            #expect(try bench.promote(items) == ["WRONGTYPE", "0"])
            #expect(try bench.digest() == before)
            #expect(try bench.promote([items[0]]) == ["OK", "1"], "what does not fail is not held up")
        }
    }

    @Test func aScheduleThatIsNoSortedSetKeepsEverything() throws {
        try Bench.run { bench in
            try bench.delay([Bench.item(1)])
            try bench.redis.call("SET", bench.bus.delayedSchedule, "text")
            let before = try bench.digest()
            #expect(try bench.promote([Bench.item(1)])[0].contains("WRONGTYPE"))
            #expect(try bench.digest() == before)
        }
    }

    @Test func whatCannotBeNotedDoesNotKeepJobs() throws {
        try Bench.run { bench in
            let items = [Bench.item(1), Bench.item(2)]
            try bench.delay(items)
            try bench.redis.call("SET", bench.bus.timestamps(items[0]), "text")
            try bench.redis.call("SET", "resque:queues", "text")
            #expect(try bench.promote(items) == ["OK", "0"])
            #expect(try bench.queue() == [Bench.pushed(1), Bench.pushed(2)])
            #expect(try bench.redis.call("EXISTS", bench.bus.timestamps(items[1])).integer == 0)
        }
    }

    @Test func aFullMemoryKeepsNothingWaiting() throws {
        try Bench.run { bench in
            let items = [Bench.item(1), "not json"]
            try bench.delay(items)
            try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
            #expect(try bench.promote(items) == ["OK", "0"])
            #expect(try bench.queue() == [Bench.pushed(1)])
            #expect(try bench.list("resque:failed").count == 1)
        }
    }

    @Test func aReplicaMovesNothing() throws {
        try Bench.run { bench in
            try bench.delay([Bench.item(1)])
            try bench.redis.call("REPLICAOF", "127.0.0.1", "1")
            let before = try bench.digest()
            #expect(try bench.promote([Bench.item(1)])[0].hasPrefix("READONLY"))
            #expect(try bench.digest() == before)
        }
    }

    @Test(arguments: [
        "get", "llen", "lrange", "type", "zrem", "rpush", "ltrim", "sadd", "srem", "eval evalsha",
    ]) func whatAUserMayNotDoIsNotBegun(command: String) throws {
        try Bench.run { bench in
            let items = [Bench.item(1), "not json"]
            try bench.delay(items)
            let user = try bench.user(without: command)
            let before = try bench.digest()
            let answer = try bench.promote(items, on: user)
            #expect(answer[0].contains("NOPERM") || answer[0].contains("can't run this command"))
            #expect(try bench.digest() == before)
            #expect(try bench.promote(items) == ["OK", "0"])
        }
    }

    @Test func theLargestPromotionFits() throws {
        try Bench.run { bench in
            let items = (0..<Promotion.mostItems).map {
                Bench.item($0, queue: $0.isMultiple(of: 2) ? "jobs" : "q\($0)")
            }
            try bench.delay(items)
            #expect(try bench.promote(items) == ["OK", "0"])
            #expect(try bench.queue().count == Promotion.mostItems / 2)
            #expect(try bench.redis.call("SCARD", "resque:queues").integer == Promotion.mostItems / 2 + 1)
        }
    }
}

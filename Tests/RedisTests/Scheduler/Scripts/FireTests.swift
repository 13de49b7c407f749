import BusWire
import RedisTestSupport
import Testing

/// Every branch of `fire.lua` and `note_firing.lua`.
@Suite(.timeLimit(.minutes(1))) struct FireTests {
    @Test func aFiringIsPushedAndNoted() throws {
        try FireScriptBench.run { bench in
            let answer = try bench.fire(60_000)
            #expect(answer == ["OK"])
            #expect(try bench.queue() == [#"{"class":"Report","args":[]}"#])
            #expect(try bench.redis.call("SMEMBERS", "resque:queues").strings == ["reports"])
            #expect(try bench.noted() == "60000 cron:0_3_*_*_*")
            #expect(
                try bench.redis.call("HGETALL", "resque:delayed:last_enqueued_at").fields
                    == ["nightly": "2025-11-21 07:57:31 +0000"])
            #expect(try bench.fire(120_000, after: "60000 cron:0_3_*_*_*", anchor: 500) == ["OK"])
            #expect(try bench.noted() == "120000 cron:0_3_*_*_* 500")
            #expect(try bench.queue().count == 2)
        }
    }

    @Test func aFiringThatWasNotedIsNotPushedAgain() throws {
        try FireScriptBench.run { bench in
            // Nine digits after ten: they are compared as numbers.
            try bench.fire(1_000_000_000)
            try bench.expectNoChange {
                for time in [1_000_000_000, 999_999_999, 0] {
                    try #expect(bench.fire(time) == ["DUP"])
                    try #expect(bench.fire(time, after: "1000000000 cron:0_3_*_*_*") == ["DUP"])
                }
            }
            #expect(try bench.fire(1_000_000_001, after: "1000000000 cron:0_3_*_*_*") == ["OK"])
        }
    }

    /// Of two firings in one pipeline the first was refused.
    @Test func aFiringDoesNotTakePlaceBeforeTheOneAheadOfIt() throws {
        try FireScriptBench.run { bench in
            try bench.fire(60_000)
            try bench.expectNoChange {
                for old in ["", "120000 cron:0_3_*_*_*", "60000 cron:0_3_*_*_* 500", "60000 cron:0_3_*_*_* - - 1"] {
                    try #expect(bench.fire(180_000, after: old) == ["CHANGED"])
                }
            }
        }
    }

    @Test func whatIsNotedAndUnreadableDoesNotSilenceASchedule() throws {
        try FireScriptBench.run { bench in
            try bench.redis.call("HSET", bench.bus.scheduleFirings, "nightly", "garbage")
            #expect(try bench.fire(60_000) == ["CHANGED"])
            #expect(try bench.fire(60_000, after: "garbage") == ["OK"])
            #expect(try bench.noted() == "60000 cron:0_3_*_*_*")
        }
    }

    @Test func whoDoesNotLeadDoesNothing() throws {
        try FireScriptBench.run { bench in
            for holder in ["host:1:b", "host:1:a ", ""] {
                try bench.redis.call("SET", bench.bus.schedulerLock, holder)
                try bench.expectNoChange {
                    try #expect(bench.fire(60_000) == ["NOTLEADER"])
                    try #expect(bench.note("1 x", old: "") == ["NOTLEADER"])
                }
            }
            try bench.redis.call("DEL", bench.bus.schedulerLock)
            #expect(try bench.fire(60_000) == ["NOTLEADER"])
            #expect(try bench.note("1 x", old: "") == ["NOTLEADER"])
            #expect(try bench.redis.call("KEYS", "*").strings == [])
        }
    }

    @Test(arguments: [
        "resque:queues", "resque:queue:reports", "resque:delayed:last_enqueued_at", "resque:busdriver:cron",
        "resque:resque:resque_scheduler_master_lock",
    ])
    func nothingIsDoneBesideAKeyOfAnotherType(key: String) throws {
        try FireScriptBench.run { bench in
            try bench.redis.call("DEL", key)
            try bench.redis.call("ZADD", key, "1", "other")
            try bench.expectNoChange { try #expect(bench.fire(60_000)[0].hasPrefix("WRONGTYPE")) }
        }
    }

    @Test func whatAUserMayNotDoIsNotBegun() throws {
        for command in ["get", "hget", "type", "rpush", "sadd", "hset"] {
            try FireScriptBench.run { bench in
                try bench.expectRefusal(without: command) { try bench.fire(60_000, on: $0) }
            }
        }
    }

    @Test func nothingIsDoneWhenMemoryIsFull() throws {
        try FireScriptBench.run { bench in
            try bench.expectNoChange {
                try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
                try #expect(bench.fire(60_000)[0].contains("OOM"))
            }
        }
    }

    @Test func aNoteReplacesOnlyWhatWasRead() throws {
        try FireScriptBench.run { bench in
            let early = try bench.note("60000 x", old: "1 x")
            #expect(early == ["CHANGED"])
            #expect(try bench.noted() == nil)
            #expect(try bench.note("60000 x", old: "") == ["OK"])
            #expect(try bench.note("60000 x", old: "") == ["OK"])
            #expect(try bench.note("90000 x", old: "") == ["CHANGED"])
            // Also backwards: a firing that lay in the future by mistake.
            #expect(try bench.note("30000 x", old: "60000 x") == ["OK"])
            #expect(try bench.noted() == "30000 x")
            #expect(try bench.fire(30_000) == ["DUP"])
            #expect(try bench.fire(60_000, after: "30000 x") == ["OK"])
            #expect(try bench.queue().count == 1)
        }
    }

    @Test(arguments: ["garbage", "NaN x", "-1 x", "1", "1 x y", "1 \u{1B}", "99999999999999999999 x", ""])
    func whatNoSchedulerHasNotedIsReplaced(text: String) throws {
        try FireScriptBench.run { bench in
            for value in [Array(text.utf8), Array(text.utf8) + [0xFF]] {
                let key = Array(bench.bus.scheduleFirings.utf8)
                try bench.redis.call([Array("HSET".utf8), key, Array("nightly".utf8), value])
                // As it is read: broken UTF-8 is repaired.
                #expect(try bench.note("60000 x", old: String(decoding: value, as: UTF8.self)) == ["OK"])
                #expect(try bench.noted() == "60000 x")
            }
        }
    }

    /// Else a note by a leader that has not heard of the last firing would let it fire again.
    @Test(arguments: ["90000 x 500", "90000 x 500 900 2", "90000 x - - 2"])
    func aNoteReplacesNoStateOfAnyForm(noted: String) throws {
        try FireScriptBench.run { bench in
            let answer = try bench.note(noted, old: "")
            #expect(answer == ["OK"])
            #expect(try bench.note("60000 x", old: "30000 x") == ["CHANGED"])
            #expect(try bench.noted() == noted)
        }
    }

    @Test func aNoteIsRefusedBesideAKeyOfAnotherType() throws {
        try FireScriptBench.run { bench in
            try bench.redis.call("SET", bench.bus.scheduleFirings, "other")
            #expect(try bench.note("60000 x", old: "")[0].hasPrefix("WRONGTYPE"))
            #expect(try bench.redis.call("GET", bench.bus.scheduleFirings).string == "other")
        }
    }
}

import BusDriver
import Foundation
import RedisTestSupport
import Testing

/// Subscriptions that cannot be used, and patterns that take for ever: everybody else gets his events, and in time.
@Suite(.serialized, .timeLimit(.minutes(1))) struct BadSubscriptionTests {
    @Test func brokenRecordsAreLeftOutWithOneWarningEach() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ledger = Ledger()
            try ledger.subscribe(on: redis)
            let good =
                #"{"queue_name":"ledger_twice_default","key":"twin","class":"X","matcher":{"bus_event_type":"never"}}"#
            let records = [
                ("no_matcher", #"{"queue_name":"q","key":"no_matcher","class":"X"}"#), ("null", "null"),
                ("array", "[1]"),
                ("null_matcher", #"{"queue_name":"q","key":"n","class":"X","matcher":null}"#),
                ("matcher_array", #"{"queue_name":"q","key":"a","class":"X","matcher":[1]}"#), ("twin", good),
                ("twin_2", good), ("no_json", "text"), ("no_queue", #"{"key":"k","class":"X","matcher":{"a":"b"}}"#),
            ]
            for (field, value) in records { try redis.call("HSET", "resque:bus_app:broken", field, value) }
            try redis.call("SET", "resque:bus_app:no_hash", "text")
            try redis.call("SADD", "resque:bus_apps", "broken", "no_hash", "___", "gone")
            let log = CapturedLog()
            let driver = bench.driver(try bench.configuration(), log: log)
            try await bench.whileRunning(driver) {
                for _ in 1...20 {
                    try ledger.publish(10, on: redis)
                    // A change makes the driver read everything anew, but not warn anew.
                    try redis.call("HSET", "resque:bus_app:ledger_other", "x", good)
                }
                try await pollUntil("everything is driven") { try ledger.isDriven(on: redis) }
            }
            #expect(try ledger.verdict(on: redis) == .clean)
            let warnings = log.lines(with: "a subscription is left out")
            #expect(Set(warnings).count == warnings.count)
            for place in [
                "no_matcher", "null", "array", "null_matcher", "matcher_array", "twin", "no_hash", "___", "no_json",
                "no_queue",
            ] {
                #expect(warnings.contains { $0.contains(place) }, "\(place): \(warnings)")
            }
            #expect(await driver.statistics.broken == warnings.count)
        }
    }

    /// `(a+)+\1$` against forty a and an exclamation mark, beside events that want to arrive.
    @Test func aCatastrophicPatternDelaysNobody() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ruby = RubyClient(redis)
            try ruby.subscribe(
                "slow",
                [
                    .init(
                        key: "redos", queue: "slow_default",
                        matcher: ["bus_event_type": "attack", "text": "(?-mix:(a+)+\\1$)"])
                ])
            try ruby.subscribe(
                "fast", [.init(key: "probe", queue: "fast_default", matcher: ["bus_event_type": "probe"])])
            let log = CapturedLog()
            let driver = bench.driver(try bench.configuration(), log: log)
            let attacks = 100
            try await bench.whileRunning(driver) {
                let hostile = String(repeating: "a", count: 40) + "!"
                // In turn, so that both meet the same machine.
                var (calm, attacked): ([Duration], [Duration]) = ([], [])
                for _ in 1...attacks {
                    calm.append(try Self.latency(behind: "ab!", ruby, redis))
                    attacked.append(try Self.latency(behind: hostile, ruby, redis))
                }
                let medians = (calm: calm.sorted()[attacks / 2], attacked: attacked.sorted()[attacks / 2])
                print("probe behind a calm event \(medians.calm), behind an attack \(medians.attacked)")
                #expect(medians.attacked - medians.calm < .milliseconds(5))
                try await pollUntil("everything is driven") { try Ledger().isDriven(on: redis) }
            }
            #expect(try redis.call("LLEN", "resque:queue:slow_default").integer == 0)
            let entries = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
            #expect(entries.count == attacks)
            #expect(entries.allSatisfy { $0.contains("slow/redos") && $0.contains(#""queue":"slow_default""#) })
            #expect(log.lines(with: #"(a+)+\1$"#).count == 1, "\(log.lines)")
            #expect(try redis.residue() == [])
        }
    }

    /// How long a probe takes that stands right behind an event with this text.
    private static func latency(behind text: String, _ ruby: RubyClient, _ redis: RawRedis) throws -> Duration {
        let began = ContinuousClock.now
        let (first, _) = RubyClient.event("attack", ["text": .string(text)])
        let (second, id) = RubyClient.event("probe")
        try redis.call("RPUSH", "resque:queue:bus_incoming", first, second)
        let arrived = try redis.call("BLPOP", "resque:queue:fast_default", "9")
        #expect(arrived.strings.last?.contains(id) == true)
        return ContinuousClock.now - began
    }
}

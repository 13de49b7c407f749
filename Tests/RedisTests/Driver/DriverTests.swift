import BusDriver
import Foundation
import RedisTestSupport
import Testing

/// The driver's main job on a real Redis.
@Suite(.timeLimit(.minutes(1))) struct DriverTests {
    private static func event(_ type: String, _ number: Int) -> String {
        let inner =
            #"{"bus_published_at":1,"bus_event_type":"\#(type)","bus_id":"\#(number)","bus_class_proxy":"QueueBus::Driver"}"#
        return #"{"class":"QueueBus::Worker","args":["\#(inner.replacing("\"", with: "\\\""))"]}"#
    }

    private static func subscribe(_ redis: RawRedis, _ app: String, _ key: String, matcher: String) throws {
        let record =
            #"{"queue_name":"\#(app)_default","key":"\#(key)","class":"::QueueBus::Rider","matcher":\#(matcher)}"#
        _ = try redis.call("HSET", "resque:bus_app:\(app)", key, record)
        _ = try redis.call("SADD", "resque:bus_apps", app)
    }

    /// The `bus_id` of each job, in order.
    private static func ids(_ jobs: [String]) throws -> [Int] {
        try jobs.map { job in
            let outer = try #require(try JSONSerialization.jsonObject(with: Data(job.utf8)) as? [String: Any])
            let inner = try #require((outer["args"] as? [String])?.first)
            let event = try #require(try JSONSerialization.jsonObject(with: Data(inner.utf8)) as? [String: Any])
            let id = try #require(event["bus_id"] as? String)
            return try #require(Int(id))
        }
    }

    @Test func drainsABacklogInOrderAndLeavesNothingBehind() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try Self.subscribe(redis, "app_a", "all", matcher: #"{"bus_event_type":"(?-mix:.)"}"#)
            try Self.subscribe(redis, "app_b", "created", matcher: #"{"bus_event_type":"user_created"}"#)
            let count = 5000
            _ = try redis.pipeline(
                (1...count).map {
                    ["RPUSH", "resque:queue:bus_incoming", Self.event($0 % 2 == 0 ? "user_created" : "other", $0)]
                })
            try await bench.drain()
            let queues = try redis.queues()
            #expect(try Self.ids(queues["queue:app_a_default"] ?? []) == Array(1...count))
            #expect(try Self.ids(queues["queue:app_b_default"] ?? []) == Array(stride(from: 2, through: count, by: 2)))
            #expect(queues["queue:bus_incoming"] == nil)
            #expect(try redis.residue() == [])
            #expect(try redis.call("SMEMBERS", "resque:workers").strings == [])
            #expect(try redis.call("GET", "resque:stat:processed").string == String(count))
        }
    }

    @Test func drivesEventsThatComeOneByOne() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try Self.subscribe(redis, "app_a", "all", matcher: #"{"bus_event_type":"user_created"}"#)
            let driver = bench.driver(try bench.configuration())
            let running = bench.start(driver)
            for number in 1...200 {
                _ = try redis.call("RPUSH", "resque:queue:bus_incoming", Self.event("user_created", number))
                let popped = try redis.call("BLPOP", "resque:queue:app_a_default", "5").strings
                #expect(try Self.ids(Array(popped.dropFirst())) == [number])
            }
            await driver.stop()
            #expect(try await running.value == .drained)
            let statistics = await driver.statistics
            #expect(statistics.events == 200)
            #expect(statistics.reconnects == 0)
            #expect(statistics.swaps > 0, "an idle driver hands over by compare-and-set")
            #expect(try redis.residue() == [])
        }
    }

    @Test(arguments: [false, true]) func anEventTooLargeToBeLoadedIsSetAside(whileIdle: Bool) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.server.connect(timeout: .seconds(60))
            try Self.subscribe(redis, "app_a", "all", matcher: #"{"bus_event_type":"user_created"}"#)
            let driver = bench.driver(try bench.configuration())
            func push() throws {
                _ = try redis.call("RPUSH", "resque:queue:bus_incoming", Self.event("user_created", 1))
                _ = try redis.call("SETRANGE", "large", String(50 << 20), "x")
                _ = try redis.call(
                    "EVAL", "redis.call('RPUSH', KEYS[2], redis.call('GET', KEYS[1]))", "2", "large",
                    "resque:queue:bus_incoming")
                _ = try redis.call("RPUSH", "resque:queue:bus_incoming", Self.event("user_created", 2))
            }
            if !whileIdle { try push() }
            let running = bench.start(driver)
            if whileIdle {
                _ = try redis.call("RPUSH", "resque:queue:bus_incoming", Self.event("user_created", 0))
                _ = try redis.call("BLPOP", "resque:queue:app_a_default", "5")
                try push()
            }
            for number in 1...2 {
                let popped = try redis.call("BLPOP", "resque:queue:app_a_default", "50").strings
                #expect(try Self.ids(Array(popped.dropFirst())) == [number])
            }
            await driver.stop()
            #expect(try await running.value == .drained)
            let failed = try redis.call("LRANGE", "resque:failed", "0", "-1").strings
            #expect(failed.count == 1)
            let list = try #require(try redis.residue().first)
            #expect(failed[0].contains(list), "the entry names the list that has the bytes")
            #expect(
                try redis.call("EVAL", "return #redis.call('LINDEX', KEYS[1], 0)", "1", list).integer == (50 << 20) + 1)
        }
    }
}

import BusDriver
import BusWire
import Foundation
import LibevExecutor
import RedisTestSupport
import Testing

/// Large events in a spelling that takes long to read (F10): the loop goes on, and order is kept.
@Suite(.timeLimit(.minutes(1))) struct LargeEventTests {
    /// The longest time between two ticks of a timer on a loop.
    private final class LongestPause: @unchecked Sendable {
        private let lock = NSLock()
        private var last = MonotonicTime.now
        private var longest: UInt64 = 0

        func tick() {
            lock.withLock {
                let now = MonotonicTime.now
                longest = max(longest, now - last)
                last = now
            }
        }

        var value: Duration { .nanoseconds(lock.withLock { longest }) }
    }

    private static func element(_ inner: String) throws -> String {
        let text = try JSONValue.string(inner).encoded()
        return #"{"class":"QueueBus::Worker","args":[\#(String(decoding: text, as: UTF8.self))]}"#
    }

    private static func large(_ number: Int) throws -> String {
        // 4 MiB; without optimisation this takes seconds.
        let filling = String(repeating: #"{"a":1e9} ,"#, count: 330_000)
        return try element(#"{ "n":\#(number),"x":[\#(filling)0],"bus_class_proxy":"QueueBus::Driver"}"#)
    }

    private static func small(_ number: Int) throws -> String {
        try element(#"{"n":\#(number),"bus_class_proxy":"QueueBus::Driver"}"#)
    }

    private static func subscribe(_ redis: RawRedis) throws {
        let record =
            #"{"queue_name":"app_default","key":"all","class":"::QueueBus::Rider","matcher":{"n":"bus_special_value_key"}}"#
        _ = try redis.call("HSET", "resque:bus_app:app", "all", record)
        _ = try redis.call("SADD", "resque:bus_apps", "app")
    }

    /// The `n` of the job.
    private static func number(_ job: String) throws -> Int {
        let start = try #require(job.range(of: #"\"n\":"#)).upperBound
        return try #require(Int(job[start...].prefix { $0.isNumber }))
    }

    @Test func largeEventsDoNotHoldTheLoopAndKeepTheirPlace() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try Self.subscribe(redis)
            let pause = LongestPause()
            // It ends with its loop.
            bench.executor.execute { [executor = bench.executor] in
                executor.schedule(after: .milliseconds(1), repeating: .milliseconds(1)) { pause.tick() }
            }
            try await bench.whileRunning(bench.driver(try bench.configuration(lease: .seconds(15)))) {
                for number in 0..<6 {
                    let event = try number % 3 == 1 ? Self.large(number) : Self.small(number)
                    _ = try redis.call("RPUSH", "resque:queue:bus_incoming", event)
                }
                for number in 0..<6 {
                    let popped = try redis.call("BLPOP", "resque:queue:app_default", "30").strings
                    #expect(try Self.number(try #require(popped.last)) == number)
                }
            }
            #expect(try redis.residue() == [])
            // The promise is 20 ms; the machine may be busy with something else.
            #expect(pause.value < .milliseconds(400))
        }
    }

    /// A change of subscriptions that is announced while a thread writes the copies of a large event is seen by it.
    @Test func largeEventsSeeWhatWasSubscribedBefore() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try await bench.whileRunning(bench.driver(try bench.configuration(lease: .seconds(15)))) {
                _ = try redis.call("RPUSH", "resque:queue:bus_incoming", try Self.large(0))
                try Self.subscribe(redis)
                _ = try redis.call("RPUSH", "resque:queue:bus_incoming", try Self.large(1))
                var numbers: [Int] = []
                while numbers.last != 1 {
                    let popped = try redis.call("BLPOP", "resque:queue:app_default", "30").strings
                    numbers.append(try Self.number(try #require(popped.last)))
                }
                #expect(numbers == [1] || numbers == [0, 1])
            }
        }
    }

    /// What cannot be driven becomes an entry of `failed` as it is, and the events behind it go on.
    @Test func largePoisonGoesToFailed() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            try Self.subscribe(redis)
            let poison = String(try Self.large(0).dropLast(5))
            _ = try redis.call("RPUSH", "resque:queue:bus_incoming", poison, try Self.small(1))
            try await bench.drain()
            #expect(try redis.call("LLEN", "resque:queue:app_default").integer == 1)
            let entry = try #require(try redis.call("LPOP", "resque:failed").string)
            let failed = try JSONValue.parse(entry)
            #expect(FailureEntry.element(of: failed) == Array(poison.utf8))
        }
    }
}

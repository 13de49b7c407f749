import BusDriver
import RedisTestSupport
import Testing

/// What a driver asks of Redis when subscriptions change: the changed applications, and no others.
@Suite(.timeLimit(.minutes(1))) struct SubscriptionReadingTests {
    private static let applications = 300
    private static let queue = "resque:queue:probe_default"
    /// What lines of MONITOR have in common that show a reading of subscriptions.
    private static let readings = [#""HGETALL" "resque:bus_app"#, #""SMEMBERS""#]

    /// A driver that has read the subscriptions of many applications, and a client.
    private static func run(
        _ body: (_ redis: RawRedis, _ ruby: RubyClient, _ asked: (() throws -> Void) throws -> [String]) throws -> Void
    ) async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let ruby = RubyClient(redis)
            for number in 0..<applications {
                let records = (0..<3).map { record in
                    RubyClient.Subscription(
                        key: "k\(record)", queue: "app_default",
                        matcher: ["bus_event_type": "other_\(number)_\(record)"])
                }
                try ruby.subscribe("app_\(number)", records)
            }
            try await bench.whileRunning(bench.driver(try bench.configuration())) {
                try probe(ruby, redis, "app_7", type: "before")
                try body(redis, ruby) { change in
                    let monitor = try RedisMonitor(bench.server, keeping: readings)
                    try change()
                    return try monitor.finish().map { "\($0.command) \($0.word(1))" }
                }
            }
        }
    }

    /// Subscribes an application to one type more, and waits until an event of it has been handed over.
    private static func probe(_ ruby: RubyClient, _ redis: RawRedis, _ application: String, type: String) throws {
        let record = RubyClient.Subscription(key: type, queue: "probe_default", matcher: ["bus_event_type": type])
        try redis.call("HSET", "resque:bus_app:\(application)", type, record.json)
        try handOver(ruby, redis, type)
    }

    private static func handOver(_ ruby: RubyClient, _ redis: RawRedis, _ type: String) throws {
        let id = try ruby.publish(type)
        let arrived = try redis.call("BLPOP", queue, "9")
        try #require(arrived.strings.last?.contains(id) == true, "\(type): \(arrived)")
    }

    @Test func aChangedRecordReadsItsApplicationAlone() async throws {
        try await Self.run { redis, ruby, asked in
            let commands = try asked { try Self.probe(ruby, redis, "app_3", type: "changed") }
            #expect(commands == ["HGETALL resque:bus_app:app_3"])
            try Self.handOver(ruby, redis, "before")
        }
    }

    @Test func aNewApplicationReadsTheNamesAndItselfAlone() async throws {
        try await Self.run { redis, ruby, asked in
            let commands = try asked {
                try redis.call("MULTI")
                try redis.call("SADD", "resque:bus_apps", "New App")
                let record = RubyClient.Subscription(
                    key: "new", queue: "probe_default", matcher: ["bus_event_type": "new"])
                try redis.call("HSET", "resque:bus_app:new_app", "new", record.json)
                try redis.call("EXEC")
                try Self.handOver(ruby, redis, "new")
            }
            #expect(Set(commands) == ["SMEMBERS resque:bus_apps", "HGETALL resque:bus_app:new_app"])
            // Another member that is the same when normalised: one copy for each.
            let again = try asked {
                try redis.call("SADD", "resque:bus_apps", "new-app")
                try Self.handOver(ruby, redis, "new")
            }
            #expect(again == ["SMEMBERS resque:bus_apps", "HGETALL resque:bus_app:new_app"])
            #expect(try redis.call("BLPOP", Self.queue, "9").strings.last?.contains("new") == true)
        }
    }

    @Test func anApplicationThatIsGoneReadsTheNamesAlone() async throws {
        try await Self.run { redis, ruby, asked in
            try redis.call("SREM", "resque:bus_apps", "app_7")
            try Self.probe(ruby, redis, "app_8", type: "unsubscribed")
            let commands = try asked {
                try redis.call("SREM", "resque:bus_apps", "app_9")
                try ruby.publish("before")
                try Self.handOver(ruby, redis, "unsubscribed")
            }
            #expect(commands == ["SMEMBERS resque:bus_apps"])
            #expect(try redis.call("LLEN", Self.queue).integer == 0, "no event after an unsubscribe")
            // It comes back with what it had.
            try redis.call("SADD", "resque:bus_apps", "app_7")
            try Self.handOver(ruby, redis, "before")
        }
    }

    @Test func anApplicationWhoseHashExpiresIsReadAgain() async throws {
        try await Self.run { redis, ruby, asked in
            let commands = try asked {
                try redis.call("PEXPIRE", "resque:bus_app:app_7", "1")
                while try redis.call("EXISTS", "resque:bus_app:app_7").integer == 1 {}
                try ruby.publish("before")
                try Self.probe(ruby, redis, "app_8", type: "after")
            }
            #expect(Set(commands) == ["HGETALL resque:bus_app:app_7", "HGETALL resque:bus_app:app_8"])
            #expect(try redis.call("LLEN", Self.queue).integer == 0)
        }
    }

    @Test func afterFLUSHALLNothingIsSubscribedButWhatCameLater() async throws {
        try await Self.run { redis, ruby, _ in
            try redis.call("FLUSHALL")
            try ruby.publish("before")
            try ruby.subscribe(
                "late", [.init(key: "k", queue: "probe_default", matcher: ["bus_event_type": "late"])])
            try Self.handOver(ruby, redis, "late")
            #expect(try redis.call("LLEN", Self.queue).integer == 0)
        }
    }
}

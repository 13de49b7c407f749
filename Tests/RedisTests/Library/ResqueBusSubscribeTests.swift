import BusWire
import RedisTestSupport
import ResqueBus
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct ResqueBusSubscribeTests {
    @Test func writesWhatRubyWrites() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.subscribe(
            "App B",
            to: [
                "user_created",
                BusSubscription(
                    "vip", queue: "critical", where: ["bus_event_type": "order", "vip": .present, "n": .regex("^4")]),
                BusSubscription("all", queue: .shared("Log-Queue"), className: "Logger", where: ["bus_id": .key]),
            ])
        #expect(try bench.raw.call("SMEMBERS", "resque:bus_apps").strings == ["app_b"])
        let fields = try bench.raw.call("HGETALL", "resque:bus_app:app_b").fields
        #expect(
            fields == [
                "user_created":
                    #"{"queue_name":"app_b_default","key":"user_created","class":"::QueueBus::Rider","matcher":{"bus_event_type":"user_created"}}"#,
                "vip":
                    #"{"queue_name":"app_b_critical","key":"vip","class":"::QueueBus::Rider","matcher":{"bus_event_type":"order","vip":"bus_special_value_present","n":"(?-mix:^4)"}}"#,
                "all":
                    #"{"queue_name":"log_queue","key":"all","class":"Logger","matcher":{"bus_id":"bus_special_value_key"}}"#,
            ])
        #expect(try bench.raw.call("KEYS", "resque:temp*").strings.isEmpty)
        await bus.close()
    }

    @Test func subscribeReplacesAndUnsubscribeRemoves() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        func fields() throws -> Set<String> { Set(try bench.raw.call("HKEYS", "resque:bus_app:a").strings) }
        try await bus.subscribe("a", to: ["one", "two"])
        try await bus.subscribe("a", to: ["three", BusSubscription("four", queue: "fast")])
        #expect(try fields() == ["three", "four"])
        #expect(try await bus.unsubscribe("a", queue: "fast") == 1)
        #expect(try fields() == ["three"])
        #expect(try bench.raw.call("SMEMBERS", "resque:bus_apps").strings == ["a"])
        #expect(try await bus.add("five", to: "a"))
        #expect(try await bus.add("five", to: "a") == false)
        #expect(try fields() == ["three", "five"])
        #expect(try await bus.remove("three", from: "a"))
        #expect(try await bus.remove("three", from: "a") == false)
        try await bus.unsubscribe("a")
        #expect(try bench.raw.call("EXISTS", "resque:bus_app:a", "resque:bus_apps").integer == 0)
        try await bus.subscribe("a", to: ["one"])
        try await bus.subscribe("a", to: [])
        #expect(try bench.raw.call("EXISTS", "resque:bus_app:a", "resque:bus_apps").integer == 0)
        await bus.close()
    }

    /// A set of applications that is none keeps everybody from subscribing: nothing changes, and nothing is left over.
    @Test func aRefusedChangeChangesNothing() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.subscribe("a", to: ["one"])
        try bench.raw.call("RENAME", "resque:bus_apps", "gone")
        try bench.raw.call("SET", "resque:bus_apps", "text")
        let before = try bench.raw.call("DEBUG", "DIGEST").string
        await #expect(throws: BusError.self) { try await bus.subscribe("a", to: ["two"]) }
        await #expect(throws: BusError.self) { try await bus.add("two", to: "a") }
        #expect(try bench.raw.call("DEBUG", "DIGEST").string == before)
        await bus.close()
    }

    @Test func addReplacesTheKeyWhereverItStands() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let foreign = #"{"queue_name":"q","key":"k","class":"X","matcher":{"a":"b"}}"#
        try bench.raw.call("HSET", "resque:bus_app:a", "another field", foreign, "broken", "null")
        #expect(try await bus.add("k", to: "a") == false)
        #expect(Set(try bench.raw.call("HKEYS", "resque:bus_app:a").strings) == ["k", "broken"])
        await bus.close()
    }

    @Test func whatCannotWorkIsRefusedBeforeAnythingChanges() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let bad: [(String, [BusSubscription])] = [
            ("---", ["k"]), ("a", ["k", "k"]), ("a", [""]), ("a", [BusSubscription("k", where: [:])]),
            ("a", [BusSubscription("k", where: ["x": ""])]),
            ("a", [BusSubscription("k", where: ["x": "1", "x": "2"])]),
        ]
        for (application, subscriptions) in bad {
            let error = await #expect(throws: BusError.self) { try await bus.subscribe(application, to: subscriptions) }
            #expect(error?.code == .invalidSubscription)
        }
        #expect(try bench.raw.call("DBSIZE").integer == 0)
        await bus.close()
    }
}

@Suite(.timeLimit(.minutes(1))) struct ResqueBusLocalModeTests {
    private static let subscriptions: [BusSubscription] = [
        "user_created", BusSubscription("vip", queue: "fast", where: ["vip": .present]),
    ]

    @Test func suppressedEventsGoNowhere() async throws {
        let bus = try Bus(redis: "unix:///no/such/socket")
        let event = try await Bus.withLocalMode(.suppress) { try await bus.publish("user_created") }
        #expect(event.type == "user_created")
        await bus.close()
    }

    @Test func inlineHandsOverCopies() async throws {
        var configuration = try BusConfiguration(redis: "unix:///no/such/socket")
        configuration.now = { 1_700_000_000 }
        let deliveries = Mutex<[LocalDelivery]>([])
        configuration.localMode = .inline { delivery in deliveries.withLock { $0.append(delivery) } }
        let bus = Bus(configuration)
        try await bus.declare("App B", Self.subscriptions)
        try await bus.publish("user_created", ["vip": "yes", "bus_driven_at": 5, "n": .number("1.10")])
        try await bus.publish("other", ["n": 1])
        let got = deliveries.withLock { $0 }
        #expect(got.map(\.key) == ["user_created", "vip"])
        #expect(got.map(\.queue) == ["app_b_default", "app_b_fast"])
        #expect(got.allSatisfy { $0.application == "app_b" })
        let attributes = try #require(got.first?.attributes)
        #expect(
            attributes.names.prefix(5) == [
                "bus_driven_at", "bus_rider_queue", "bus_rider_app_key", "bus_rider_sub_key", "bus_rider_class_name",
            ])
        #expect(attributes["bus_driven_at"] == 5)
        #expect(attributes["n"] == .number("1.1"))
        #expect(attributes["bus_class_proxy"] == nil)
        await bus.close()
    }

    @Test func whatAHandlerThrowsThePublisherGets() async throws {
        struct Refusal: Error {}
        let bus = try Bus(redis: "unix:///no/such/socket")
        try await bus.declare("a", ["x"])
        let error = await #expect(throws: BusError.self) {
            try await Bus.withLocalMode(.inline { _ in throw Refusal() }) { try await bus.publish("x") }
        }
        #expect(error?.code == .callbackFailed)
        await bus.close()
    }

    @Test func standalonePushesWhatADriverPushes() async throws {
        let bench = try BusBench()
        var configuration = try bench.configuration()
        configuration.localMode = .standalone
        let bus = Bus(configuration)
        try await bus.declare("App B", Self.subscriptions)
        try await bus.publish("user_created", ["vip": "yes"])
        let prefix = #"{"class":"QueueBus::Worker","args":["{\"bus_driven_at\":1700000000,"#
        let rest =
            #"\"bus_published_at\":1700000000,\"bus_event_type\":\"user_created\",\"bus_id\":\"1700000000-"#
            + #"00000000-0000-4000-8000-000000000000\",\"bus_app_hostname\":\"test-host\",\"vip\":\"yes\","#
            + #"\"bus_class_proxy\":\"::QueueBus::Rider\"}"]}"#
        func header(_ queue: String, _ key: String) -> String {
            #"\"bus_rider_queue\":\"\#(queue)\",\"bus_rider_app_key\":\"app_b\",\"bus_rider_sub_key\":\"\#(key)\","#
                + #"\"bus_rider_class_name\":\"::QueueBus::Rider\","#
        }
        #expect(try bench.queue("app_b_default") == [prefix + header("app_b_default", "user_created") + rest])
        #expect(try bench.queue("app_b_fast") == [prefix + header("app_b_fast", "vip") + rest])
        #expect(try bench.queue("bus_incoming").isEmpty)
        #expect(Set(try bench.raw.call("SMEMBERS", "resque:queues").strings) == ["app_b_default", "app_b_fast"])
        await bus.close()
    }
}

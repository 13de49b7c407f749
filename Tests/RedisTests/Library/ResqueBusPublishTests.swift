import BusWire
import Foundation
import RedisTestSupport
import ResqueBus
import Testing

/// A bus with a stopped clock, a known host and known ids, on a Redis of its own.
struct BusBench {
    let server: RedisServer
    let raw: RawRedis
    static let now = 1_700_000_000
    static let uuid = "00000000-0000-4000-8000-000000000000"

    init() throws {
        server = try RedisServer()
        raw = try server.connect()
    }

    func configuration() throws -> BusConfiguration {
        var configuration = try BusConfiguration(redis: server.url)
        configuration.hostname = "test-host"
        configuration.now = { Self.now }
        configuration.uuid = { Self.uuid }
        return configuration
    }

    /// The elements of a queue.
    func queue(_ name: String) throws -> [String] { try raw.call("LRANGE", "resque:queue:\(name)", "0", "-1").strings }
}

@Suite(.timeLimit(.minutes(1))) struct ResqueBusPublishTests {
    @Test func writesWhatRubyWrites() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let event = try await bus.publish("user_created", ["user_id": 42, "name": "Zoë \"Z\"", "score": 1.0])
        #expect(event.id == "1700000000-\(BusBench.uuid)")
        #expect(
            try bench.queue("bus_incoming") == [
                #"{"class":"QueueBus::Worker","args":["{\"bus_published_at\":1700000000,\"bus_event_type\":\"user_created\","#
                    + #"\"bus_id\":\"1700000000-00000000-0000-4000-8000-000000000000\",\"bus_app_hostname\":\"test-host\","#
                    + #"\"user_id\":42,\"name\":\"Zoë \\\"Z\\\"\",\"score\":1.0,\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
            ])
        #expect(try bench.raw.call("SMEMBERS", "resque:queues").strings == ["bus_incoming"])
        await bus.close()
    }

    @Test(arguments: [Double.infinity, .nan, 1e18])
    func refusesATimeThatNeverComes(_ second: Double) async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let error = await #expect(throws: BusError.self) {
            try await bus.publish("a", at: Date(timeIntervalSince1970: second))
        }
        #expect(error?.code == .invalidEvent)
        #expect(try bench.raw.call("DBSIZE").integer == 0)
        await bus.close()
    }

    @Test func theCallersAttributesWinButForTheClassProxy() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let event = try await bus.publish(
            "a", ["bus_event_type": "b", "bus_id": "mine", "bus_published_at": 5, "bus_class_proxy": "X"])
        #expect(event.type == "b")
        #expect(event.id == "mine")
        let job = try JSONValue.parse(try bench.queue("bus_incoming")[0])
        let inner = try JSONValue.parse(job["args"]?.elements?.first?.string ?? "")
        #expect(inner["bus_published_at"] == 5)
        #expect(inner["bus_class_proxy"] == "QueueBus::Driver")
        #expect(inner.members?.map(\.key).prefix(3) == ["bus_published_at", "bus_event_type", "bus_id"])
        await bus.close()
    }

    @Test func contextLocaleTimeZoneAndCallbacksTakeTheirPlaces() async throws {
        let bench = try BusBench()
        var configuration = try bench.configuration()
        configuration.context = "default"
        configuration.locale = { "de" }
        configuration.timeZone = { "Europe/Paris" }
        configuration.beforePublish = [
            { $0["tenant"] = .string("t-\($0.type ?? "")") }, { $0["bus_locale"] = "fr" },
        ]
        let bus = Bus(configuration)
        let first = try await bus.publish("x", ["n": 1])
        #expect(
            first.names == [
                "bus_published_at", "bus_event_type", "bus_id", "bus_app_hostname", "bus_context", "bus_locale",
                "bus_timezone", "n", "tenant",
            ])
        #expect(first["bus_context"] == "default")
        #expect(first["bus_locale"] == "fr")
        #expect(first["tenant"] == "t-x")
        let second = try await Bus.withContext(["request": 7]) { try await bus.publish("x", ["bus_timezone": "UTC"]) }
        #expect(second["bus_context"] == ["request": 7])
        #expect(second["bus_timezone"] == "UTC")
        await bus.close()
    }

    @Test func laterEventsWaitAsInResqueScheduler() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.publish("later", ["n": 1], at: Date(timeIntervalSince1970: 1_700_000_060.9))
        let element =
            #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"later\",\"bus_id\":\"1700000000-"#
            + #"00000000-0000-4000-8000-000000000000\",\"bus_app_hostname\":\"test-host\",\"n\":1,"#
            + #"\"bus_delayed_until\":1700000060,\"bus_class_proxy\":\"QueueBus::Publisher\"}"],"queue":"bus_incoming"}"#
        #expect(try bench.raw.call("LRANGE", "resque:delayed:1700000060", "0", "-1").strings == [element])
        #expect(try bench.raw.call("SMEMBERS", "resque:timestamps:\(element)").strings == ["delayed:1700000060"])
        #expect(
            try bench.raw.call("ZRANGE", "resque:delayed_queue_schedule", "0", "-1", "WITHSCORES").strings
                == ["1700000060", "1700000060"])
        #expect(try bench.queue("bus_incoming").isEmpty)
        await bus.close()
    }

    @Test func whatIsDueIsPushedAtOnceAsAPublisherJob() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.publish("due", at: Date(timeIntervalSince1970: Double(BusBench.now)))
        let element = try #require(try bench.queue("bus_incoming").first)
        #expect(element.contains(#"\"bus_class_proxy\":\"QueueBus::Publisher\""#))
        #expect(!element.contains(#""queue""#))
        #expect(try bench.raw.call("EXISTS", "resque:delayed_queue_schedule").integer == 0)
        await bus.close()
    }

    @Test func batchesKeepTheirOrder() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let count = try await bus.publishAll((0..<1500).map { BusEvent("e", ["n": .integer($0)]) })
        #expect(count == 1500)
        let numbers = try bench.queue("bus_incoming").map { element in
            try JSONValue.parse(try JSONValue.parse(element)["args"]?.elements?.first?.string ?? "")["n"]
        }
        #expect(numbers == (0..<1500).map { .integer($0) })
        await bus.close()
    }

    @Test func whatNoRubyProcessReadsIsRefused() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let deep = (0..<120).reduce(JSONValue.null) { value, _ in [value] }
        for attributes in [
            ["n": .float(.infinity)], ["deep": deep], ["big": .string(String(repeating: "x", count: 9 << 20))],
        ]
            as [EventAttributes]
        {
            let error = await #expect(throws: BusError.self) { try await bus.publish("x", attributes) }
            #expect(error?.code == .invalidEvent)
        }
        #expect(try bench.queue("bus_incoming").isEmpty)
        await bus.close()
    }

    @Test func aFailingCallbackPublishesNothing() async throws {
        struct Refusal: Error {}
        let bench = try BusBench()
        var configuration = try bench.configuration()
        configuration.beforePublish = [{ _ in throw Refusal() }]
        let bus = Bus(configuration)
        let error = await #expect(throws: BusError.self) { try await bus.publish("x") }
        #expect(error?.code == .callbackFailed)
        #expect(error?.underlying is Refusal)
        #expect(try bench.queue("bus_incoming").isEmpty)
        await bus.close()
    }

    @Test func manyTasksShareOneConnectionAndSurviveItsLoss() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        for _ in 0..<5 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { try await bus.publish("x") } }
                try await group.waitForAll()
            }
            #expect(try bench.queue("bus_incoming").count == 50)
            #expect(try bench.raw.call("INFO", "clients").string?.contains("connected_clients:2") == true)
            try bench.raw.call("DEL", "resque:queue:bus_incoming")
            try bench.raw.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
            // Until the loss is seen, a publish can only say that its outcome is unknown.
            while let failure = await failure(of: bus) { try #require(failure == .outcomeUnknown) }
            #expect(try bench.queue("bus_incoming").count == 1)
            try bench.raw.call("DEL", "resque:queue:bus_incoming")
        }
        await bus.close()
    }

    private func failure(of bus: Bus) async -> BusError.Code? {
        do {
            try await bus.publish("y")
            return nil
        } catch {
            return error.code
        }
    }

    @Test func errorsSayWhetherAnythingWasSent() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try bench.raw.call("SET", "resque:queue:bus_incoming", "no list")
        let refused = await #expect(throws: BusError.self) { try await bus.publish("x") }
        #expect(refused?.code == .refused)
        bench.server.kill()
        _ = await failure(of: bus)
        #expect(await failure(of: bus) == .unreachable)
        await bus.close()
        let closed = await #expect(throws: BusError.self) { try await bus.publish("x") }
        #expect(closed?.code == .closed)
        let configuration = #expect(throws: BusError.self) { try BusConfiguration(redis: "rediss://host") }
        #expect(configuration?.code == .configuration)
    }
}

import RedisTestSupport
import Testing

@testable import BusWire

private let uuid = "00000000-0000-4000-8000-000000000000"

@Suite(.timeLimit(.minutes(1))) struct PublishingTests {
    private func published(_ vector: DriverVector, offset: Int) throws -> [[UInt8]] {
        let scan = EventScan()
        let buffer = JobBuffer()
        let incoming = Array(vector.incoming.utf8).withUnsafeBytes { bytes in
            let incoming = scan.scan(bytes)
            if incoming == .publisher {
                scan.appendPublishedEvent(now: vector.now, uuid: uuid, hostname: "test-host", to: buffer)
            }
            return incoming
        }
        if incoming == .heartbeat {
            let plan = BusHeartbeatPlan(
                now: vector.now, lock: vector.strings?["bus:heartbeat:lock"],
                timestamp: vector.strings?["bus:heartbeat:timestamp"])
            for minute in plan.minutes {
                let element = PublishedEvent.heartbeatElement(
                    epochMinute: minute, now: vector.now, uuid: uuid, hostname: "test-host"
                ) { _ in offset }
                buffer.append(element: element)
            }
            #expect(
                plan.timestampAfter.map(String.init) ?? vector.strings?["bus:heartbeat:timestamp"]
                    == vector.otherKeys?["bus:heartbeat:timestamp"]?.text)
        }
        return try jobs(in: buffer)
    }

    static let vectors = DriverVector.all.filter { vector in
        let note = vector.note.lowercased()
        return note.contains("publisher") || note.contains("heartbeat")
    }

    /// Byte for byte what Ruby published: order, numbers and all.
    @Test(arguments: vectors)
    func publishedAsRubyDoes(vector: DriverVector) throws {
        let offset = vector.note.contains("another time zone") ? -5 * 3600 : 0
        let expected = vector.out["queue:bus_incoming"] ?? []
        #expect(try published(vector, offset: offset).map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test func vectorsAreThere() {
        #expect(Self.vectors.count == 13)
    }

    @Test func overridesKeepTheirPlace() {
        let event = PublishedEvent(
            type: "t",
            attributes: [JSONMember("a", 1), JSONMember("bus_id", "mine"), JSONMember("bus_event_type", "other")],
            context: "ctx", locale: "en", timeZone: "UTC")
        let completed = event.completed(now: 5, uuid: "u", hostname: "h")
        #expect(
            completed == [
                JSONMember("bus_published_at", 5), JSONMember("bus_event_type", "other"), JSONMember("bus_id", "mine"),
                JSONMember("bus_app_hostname", "h"), JSONMember("bus_context", "ctx"), JSONMember("bus_locale", "en"),
                JSONMember("bus_timezone", "UTC"), JSONMember("a", 1),
            ])
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func delayedElements() throws {
        let completed = PublishedEvent(type: "t", attributes: [JSONMember("a", "\"")])
            .completed(now: 5, uuid: "u", hostname: "h")
        let delayed = try PublishedEvent.delayedElement(
            of: completed, keepsPublishedAt: false, until: 99, queue: "bus_incoming")
        #expect(
            text(delayed)
                == #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"t\",\"bus_id\":\"5-u\",\"bus_app_hostname\":\"h\","#
                + #"\"a\":\"\\\"\",\"bus_delayed_until\":99,\"bus_class_proxy\":\"QueueBus::Publisher\"}"],"queue":"bus_incoming"}"#
        )
        let due = try PublishedEvent.delayedElement(
            of: completed + [JSONMember("bus_delayed_until", 7)], keepsPublishedAt: true, until: 99, queue: nil)
        let inner = JSONValue.object(try innerObject(ofJob: due))
        #expect(inner["bus_published_at"] == 5 && inner["bus_delayed_until"] == 7)
        #expect(Scanned(due).incoming == .publisher && !Scanned(due).isRewritten)
        let absent = try PublishedEvent.delayedElement(
            of: [JSONMember("bus_delayed_until", false)], keepsPublishedAt: false, until: 99, queue: nil)
        #expect(JSONValue.object(try innerObject(ofJob: absent))["bus_delayed_until"] == 99)
    }

    @Test func infiniteNumbersCannotBePublished() {
        let completed = [JSONMember("n", .float(.infinity))]
        #expect(throws: JSONEncodingError(number: "Infinity")) { try PublishedEvent.element(of: completed) }
        #expect(throws: JSONEncodingError(number: "1e400")) {
            try PublishedEvent.element(of: [JSONMember("n", .array([.number("1e400")]))])
        }
    }

    /// Whatever the element carries, the new event is `publish(attributes["bus_event_type"], attributes)`.
    @Test func republishedEventsAreMerged() throws {
        var random = RandomJSON(generator: .announced(for: "republishedEventsAreMerged"))
        let scan = EventScan()
        for _ in 0..<500 {
            var event = random.event().filter { $0.key != "bus_class_proxy" }
            for name in ["bus_published_at", "bus_id", "bus_app_hostname"] where random.chance(of: 2) {
                event.append(JSONMember(name, random.value(depth: 2)))
            }
            let bytes = element(random.spell(.object(event + [JSONMember("bus_class_proxy", "QueueBus::Publisher")])))
            let buffer = JobBuffer()
            let attributes = bytes.withUnsafeBytes { bytes in
                #expect(scan.scan(bytes) == .publisher)
                scan.appendPublishedEvent(now: 5, uuid: "u", hostname: "h", to: buffer)
                return scan.object().filter { $0.key != "bus_class_proxy" }
            }
            let type = JSONValue.object(attributes)["bus_event_type"] ?? .null
            let expected = PublishedEvent(type: type, attributes: attributes).completed(
                now: 5, uuid: "u", hostname: "h")
            let written = try innerObject(ofJob: try #require(try jobs(in: buffer).first))
            #expect(written == expected + [JSONMember("bus_class_proxy", "QueueBus::Driver")])
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct BusHeartbeatPlanTests {
    @Test func longOutagesAreCaughtUpByTheDay() {
        let plan = BusHeartbeatPlan(now: 60 * 1_000_000, lock: nil, timestamp: "1")
        #expect(plan.minutes == 2..<1442 && plan.timestampAfter == 1441)
    }

    @Test func onlySoFarBack() {
        let now = 60 * 1000 + 59
        for (timestamp, first) in [("1", 998), ("996", 998), ("997", 998), ("998", 999), ("999", 1000)] {
            let plan = BusHeartbeatPlan(now: now, lock: nil, timestamp: timestamp, mostBack: 3)
            #expect(plan.minutes == first..<1001)
        }
        #expect(BusHeartbeatPlan(now: now, lock: nil, timestamp: "1000", mostBack: 3).minutes.isEmpty)
        #expect(BusHeartbeatPlan(now: now, lock: nil, timestamp: nil, mostBack: 3).minutes == 1000..<1001)
    }

    @Test func theEnvironmentThatCounts() {
        #expect(BusHeartbeatPlan.mostBack(in: [:]) == nil)
        #expect(BusHeartbeatPlan.mostBack(in: ["BUS_ENV": "test"]) == 3)
        #expect(BusHeartbeatPlan.mostBack(in: ["RACK_ENV": "development", "BUS_ENV": "production"]) == 3)
        #expect(BusHeartbeatPlan.mostBack(in: ["RAILS_ENV": "production", "RACK_ENV": "test"]) == nil)
        #expect(BusHeartbeatPlan.mostBack(in: ["RAILS_ENV": "staging"]) == nil)
    }

    @Test func nothingToDo() {
        let plan = BusHeartbeatPlan(now: 600, lock: nil, timestamp: "10")
        #expect(plan.minutes.isEmpty && plan.timestampAfter == nil)
        #expect(BusHeartbeatPlan(now: 600, lock: "600", timestamp: nil).minutes.isEmpty)
        #expect(BusHeartbeatPlan(now: 600, lock: "599", timestamp: nil).minutes == 10..<11)
        #expect(BusHeartbeatPlan(now: 600, lock: nil, timestamp: "11").minutes.isEmpty)
    }

    /// F11: what is no minute counts as none, and no arithmetic traps on it.
    @Test(arguments: Extremes.texts) func aTimestampThatIsNoMinute(text: String) {
        let plan = BusHeartbeatPlan(now: 600, lock: nil, timestamp: text)
        switch RubyText.integer(text) {
        case let minute where (1...NumberMeaning.epochMinute.range.upperBound).contains(minute):
            #expect(plan.minutes.first ?? 11 == min(minute + 1, 11))
        default: #expect(plan.minutes == 10..<11 && plan.timestampAfter == 10)
        }
    }

    @Test(arguments: Extremes.texts) func aLockThatNobodyCanHold(text: String) {
        let isHeld = BusHeartbeatPlan(now: 600, lock: text, timestamp: nil).minutes.isEmpty
        #expect(isHeld == (600...722).contains(RubyText.integer(text)))
    }
}

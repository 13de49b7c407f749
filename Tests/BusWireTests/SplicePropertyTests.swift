import BusWire
import Testing

/// A spliced job must be the object that Ruby's `own.merge(event)` makes.
@Suite(.timeLimit(.minutes(1))) struct SplicePropertyTests {
    /// Ruby's driver, on trees (contract §2.3).
    private func merged(
        _ event: [JSONMember], into subscription: Subscription, drivenAt: Int
    ) -> [JSONMember] {
        var job = JSONValue.object([
            JSONMember("bus_driven_at", .integer(drivenAt)),
            JSONMember("bus_rider_queue", .string(subscription.queue)),
            JSONMember("bus_rider_app_key", .string(subscription.appKey)),
            JSONMember("bus_rider_sub_key", .string(subscription.key)),
            JSONMember("bus_rider_class_name", .string(subscription.className)),
        ])
        for member in event { job = job.setting(member.key, to: member.value) }
        return job.setting("bus_class_proxy", to: .string(subscription.className)).members ?? []
    }

    private func sorted(_ members: [JSONMember]) -> [JSONMember] {
        members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    @Test func splicedJobsAreMergedEvents() throws {
        var random = RandomJSON(generator: .announced(for: "splicedJobsAreMergedEvents"))
        let subscriptions = (0..<20).map { number in
            Subscription(
                appKey: "app_\(number)", key: random.string(), queue: "q\(number)", className: random.string(),
                filters: [])
        }
        let templates = JobTemplates(subscriptions: subscriptions)
        let scan = EventScan()
        for _ in 0..<1500 {
            let event = element(random.spell(.object(random.event())))
            let drivenAt = Int.random(in: 0...9_999_999_999, using: &random.generator)
            let index = Int.random(in: subscriptions.indices, using: &random.generator)
            let buffer = JobBuffer(capacity: 1)
            let attributes = event.withUnsafeBytes { bytes in
                _ = scan.scan(bytes)
                templates.appendJob(index, of: scan, drivenAt: drivenAt, to: buffer)
                templates.appendJob(index, of: scan, drivenAt: drivenAt, to: buffer)
                return scan.object()
            }
            let written = try jobs(in: buffer)
            try #require(written.count == 2 && written[0] == written[1])
            let expected = merged(attributes, into: subscriptions[index], drivenAt: drivenAt)
            #expect(sorted(try innerObject(ofJob: written[0])) == sorted(expected))
            // No member twice: the parser would have hidden it.
            let text = String(decoding: written[0], as: UTF8.self)
            for name in ["bus_driven_at", "bus_rider_queue", "bus_class_proxy"] {
                #expect(text.split(separator: #"\"\#(name)\":"#, omittingEmptySubsequences: false).count <= 2)
            }
        }
    }

    private func expectMerged(_ element: [UInt8], event: String) throws {
        let subscription = Subscription(appKey: "app", key: "k", queue: "q", className: "::My::Rider", filters: [])
        let templates = JobTemplates(subscriptions: [subscription])
        let buffer = JobBuffer()
        let scan = EventScan()
        element.withUnsafeBytes { bytes in
            #expect(scan.scan(bytes) == .event)
            templates.appendJob(0, of: scan, drivenAt: 5, to: buffer)
        }
        let job = try #require(try jobs(in: buffer).first)
        let expected = merged(try #require(try JSONValue.parse(event).members), into: subscription, drivenAt: 5)
        #expect(sorted(try innerObject(ofJob: job)) == sorted(expected))
    }

    @Test(arguments: [
        #"{"bus_class_proxy":"QueueBus::Driver"}"#,
        #"{"bus_class_proxy":"QueueBus::Driver","z":1}"#,
        #"{"a":1,"bus_class_proxy":"QueueBus::Driver"}"#,
        #"{"a":1,"bus_class_proxy":"QueueBus::Driver","z":1}"#,
    ])
    func proxyMayStandAnywhere(inner: String) throws {
        try expectMerged(element(inner), event: inner)
    }

    /// The old shape has its proxy in the class, so that the member is missing or may be anything.
    @Test(arguments: [
        #"{"a":1}"#, #"{"a":1,"bus_class_proxy":5}"#, #"{"bus_class_proxy":[1,{}],"z":1}"#,
        #"{"bus_class_proxy":null}"#,
    ])
    func oldEvents(attributes: String) throws {
        try expectMerged(Array(#"{"class":"ResqueBus::Driver","args":[\#(attributes)]}"#.utf8), event: attributes)
    }

    /// The header in Ruby's order, the event's bytes as they came, the proxy last.
    @Test func jobInFull() throws {
        let templates = JobTemplates(subscriptions: [
            Subscription(
                appKey: "app", key: "say \"hi\"", queue: "app_default", className: "::QueueBus::Rider", filters: [])
        ])
        let buffer = JobBuffer()
        let scan = EventScan()
        element(#"{"n":1E5,"bus_class_proxy":"QueueBus::Driver","s":"\/"}"#).withUnsafeBytes { bytes in
            #expect(scan.scan(bytes) == .event)
            templates.appendJob(0, of: scan, drivenAt: 1_700_000_000, to: buffer)
        }
        let job = try #require(try jobs(in: buffer).first)
        #expect(
            String(decoding: job, as: UTF8.self)
                == #"{"class":"QueueBus::Worker","args":["{\"bus_driven_at\":1700000000,\"bus_rider_queue\":\"app_default\","#
                + #"\"bus_rider_app_key\":\"app\",\"bus_rider_sub_key\":\"say \\\"hi\\\"\","#
                + #"\"bus_rider_class_name\":\"::QueueBus::Rider\",\"n\":1E5,\"s\":\"\\/\","#
                + #"\"bus_class_proxy\":\"::QueueBus::Rider\"}"]}"#)
    }

    @Test func bufferIsReusedAndGivesLargeMemoryBack() throws {
        let buffer = JobBuffer(capacity: 64)
        buffer.append(element: Array(repeating: 7, count: 3 << 20))
        #expect(buffer.count == 1 && !buffer.isEmpty)
        buffer.removeAll()
        #expect(buffer.isEmpty && buffer.byteCount == 0)
        buffer.append(element: [])
        buffer.append(element: Array("abc".utf8))
        #expect(buffer.withUnsafeBytes(Array.init) == Array("$0\r\n\r\n$3\r\nabc\r\n".utf8))
    }
}

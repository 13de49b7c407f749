import BusWire
import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct CapturedWorkloadTests {
    private let stamp = EventStamp(run: "0a1b2c3d")

    private static let applications = [
        WorkloadApplication(
            name: "shop",
            records: [
                "order": #"{"queue_name":"shop_default","key":"order","class":"::QueueBus::Rider","#
                    + #""matcher":{"bus_event_type":"order"}}"#,
                "paid": #"{"queue_name":"shop_default","key":"paid","class":"::QueueBus::Rider","#
                    + #""matcher":{"bus_event_type":"(?-mix:^ord)","paid":"true"}}"#,
            ]),
        WorkloadApplication(
            name: "mail",
            records: [
                "order": #"{"queue_name":"mail_slow","key":"order","class":"::QueueBus::Rider","#
                    + #""matcher":{"bus_event_type":"order"}}"#
            ]),
    ]

    private func event(_ attributes: [JSONMember], proxy: String = "QueueBus::Driver") throws -> String {
        let inner = try JSONValue.object(attributes + [JSONMember("bus_class_proxy", .string(proxy))]).encoded()
        let outer: JSONValue = ["class": "QueueBus::Worker", "args": [.string(String(decoding: inner, as: UTF8.self))]]
        return String(decoding: try outer.encoded(), as: UTF8.self)
    }

    private func file(_ elements: [String]) throws -> CaptureFile {
        var bytes = Self.applications.flatMap { CaptureFile.line(for: $0) }
        for element in elements { bytes += try #require(CaptureFile.line(for: Array(element.utf8))) }
        return try TemporaryFile(bytes).read { path in try CaptureFile(path: path) }
    }

    @Test func whatIsWrittenIsRead() throws {
        let elements = ["{}", "\u{1}\"\\ ~ \u{2028} ü 🚌", ""]
        let read = try file(elements)
        #expect(read.applications == Self.applications)
        #expect(read.elements == elements.map { Array($0.utf8) })
    }

    @Test func anElementThatIsNotUTF8CannotBeWritten() {
        #expect(CaptureFile.line(for: [0x7B, 0xFF, 0x7D]) == nil)
    }

    @Test func eventsAreRepeatedInOrderAndCountedByTheDriversMatcher() throws {
        let order = try event([JSONMember("bus_event_type", "order")])
        let paid = try event([JSONMember("bus_event_type", "order"), JSONMember("paid", true)])
        let unknown = try event([JSONMember("bus_event_type", "hello")])
        let workload = try CapturedWorkload(file([order, paid, unknown, "{\"class\""]))
        #expect(workload.queues == ["mail_slow", "shop_default"])
        let kinds: [WorkloadKind] = [.matched, .matched, .unmatched, .malformed]
        // The paid order goes to the shop twice: two of its subscriptions match.
        let destinations: [[UInt16]] = [[0, 1], [0, 1, 1], [], []]
        let judge = WorkloadJudge(workload)
        for sequence in 0..<20 {
            #expect(workload.kind(of: sequence) == kinds[sequence % 4])
            #expect(workload.destinations(of: sequence) == destinations[sequence % 4])
            let element = workload.element(sequence, stamp: stamp)
            #expect(element.withUnsafeBytes { stamp.sequence(in: $0) } == sequence)
            let (incoming, judged) = judge.judge(element)
            #expect(judged == destinations[sequence % 4])
            #expect((incoming == .event) == (sequence % 4 != 3))
        }
    }

    @Test(arguments: [
        // Ruby's spelling, white space, a delayed job's queue, braces in a text behind the event, the old shape.
        #"{"class":"QueueBus::Worker","args":["{\"a\":{\"b\":\"}\"},\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#,
        #"{ "class" : "QueueBus::Worker", "args" : [ "{ \"bus_class_proxy\" : \"QueueBus::Driver\" } " ] }"#,
        #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"::QueueBus::Driver\"}"],"queue":"bus_incoming"}"#,
        #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"QueueBus::Driver\"}"],"queue":"}}"}"#,
        #"{"class":"QueueBus::Worker","args":["{\u0022bus_class_proxy\":\"QueueBus::Driver\"}"]}"#,
        #"{"class":"ResqueBus::Driver","args":[{"bus_event_type":"order"}]}"#,
        #"{"class":"QueueBus::Worker","args":["{\"bus_lt\":\"old\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#,
    ])
    func aStampIsAnAttributeAndNothingElseChanges(element: String) throws {
        let workload = try CapturedWorkload(file([element]))
        #expect(workload.leftOut == 0)
        let stamped = workload.element(3, stamp: stamp)
        let scan = EventScan()
        try stamped.withUnsafeBytes { bytes in
            #expect(scan.scan(bytes) == .event)
            let values = scan.members.indices.compactMap { member in
                Self.name(of: member, in: scan) == "bus_lt" ? scan.value(of: member).string : nil
            }
            let value = try #require(values.last)
            #expect(Array(value.utf8).withUnsafeBytes { stamp.sequence(in: $0) } == 3)
        }
        // Without the inserted attribute it is the element, byte for byte.
        let text = String(decoding: stamped, as: UTF8.self)
        let inserted = #/,(\\?)"bus_lt\1":\1"~lt-0a1b2c3d-000000000003\1"/#
        #expect(text.replacing(inserted, with: "") == element)
    }

    private static func name(of member: Int, in scan: EventScan) -> String {
        var key: [UInt8] = []
        scan.appendKey(of: member, to: &key)
        return String(decoding: key, as: UTF8.self)
    }

    @Test(arguments: [
        "", "null", "not JSON", #"{"class":"Other","args":[]}"#,
        #"{"class":"QueueBus::Worker","args":["{\"bus_class_proxy\":\"Unknown\"}"]}"#,
    ])
    func whatIsMalformedStaysSoWithItsStamp(element: String) throws {
        let workload = try CapturedWorkload(file([element]))
        #expect(workload.kind(of: 0) == .malformed)
        let stamped = workload.element(5, stamp: stamp)
        #expect(stamped.withUnsafeBytes { stamp.sequence(in: $0) } == 5)
        guard case .poison = WorkloadJudge(workload).judge(stamped).incoming else {
            Issue.record("the driver takes it now")
            return
        }
    }

    @Test func aDelayedEventCountsAsTheEventItPublishes() throws {
        let due = try event([JSONMember("bus_event_type", "order")], proxy: "QueueBus::Publisher")
        let workload = try CapturedWorkload(file([due]))
        #expect(workload.kind(of: 0) == .matched)
        #expect(workload.destinations(of: 0) == [0, 1])
    }

    @Test func heartbeatsAreLeftOut() throws {
        let order = try event([JSONMember("bus_event_type", "order")])
        let heartbeat = try event([], proxy: "::QueueBus::Heartbeat")
        let workload = try CapturedWorkload(file([heartbeat, order]))
        #expect(workload.leftOut == 1)
        #expect(workload.warning?.hasSuffix("not published: 1.") == true)
        #expect(workload.kind(of: 0) == .matched && workload.kind(of: 1) == .matched)
        let onlyHeartbeats = try file([heartbeat])
        #expect(throws: ScenarioError("The events file holds no event that can be counted.")) {
            try CapturedWorkload(onlyHeartbeats)
        }
    }

    // MARK: Files that cannot be read

    @Test(arguments: [
        ("", "holds no events"),
        ("{\"element\":\"{}\"}\nnonsense\n", "Line 2 of the events file"),
        ("\n{\"event\":\"{}\"}\n", #"it must be {"application":"#),
        ("{\"application\":\"a\",\"records\":{\"x\":1}}\n", "the record of the field x must be a text"),
        ("{\"application\":\"-\",\"records\":{}}\n", "- is no valid name of an application"),
        (
            "{\"application\":\"a\",\"records\":{}}\n{\"application\":\"a\",\"records\":{}}\n",
            "the application a stands in an earlier line"
        ),
    ])
    func anUnusableFileIsRefused(content: String, sentence: String) throws {
        try TemporaryFile(Array(content.utf8)).read { path in
            let error = #expect(throws: ScenarioError.self) { try CaptureFile(path: path) }
            #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "nothing")")
            #expect(error?.description.contains(path) == true)
        }
    }

    @Test func aMissingFileIsRefused() {
        #expect(throws: ScenarioError("The events file /nowhere/events.jsonl cannot be read.")) {
            try Scenario.Shape(eventsFile: "/nowhere/events.jsonl").workload(seed: 1)
        }
    }
}

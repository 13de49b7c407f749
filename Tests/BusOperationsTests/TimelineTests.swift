import BusWire
import Testing

@testable import BusOperations

/// What is told of an event, from what its copies say of themselves.
@Suite(.timeLimit(.minutes(1))) struct TimelineTests {
    private static let id = "1795240524-ab"

    private func event(_ json: String) throws -> [JSONMember] { try #require(try JSONValue.parse(json).members) }

    private func sighting(
        _ json: String, _ place: EventSighting.Place, failure: String? = nil
    ) throws -> EventSighting {
        EventSighting(
            place: place, attributes: try event(json),
            failure: failure.map { FailureRecord(index: 0, bytes: Array($0.utf8)) })
    }

    private func lines(_ timeline: Timeline) -> [String] {
        timeline.entries.map { "\($0.time.map(String.init) ?? "now") \($0.kind) \($0.text)" }
    }

    @Test func aCopyTellsItsWholeWay() throws {
        var timeline = Timeline(id: Self.id)
        timeline.add(
            try event(
                #"{"bus_id":"1795240524-ab","bus_event_type":"seen","bus_published_at":1,"bus_app_hostname":"web-1","#
                    + #""bus_parent_id":"p","bus_driven_at":2,"bus_executed_at":3,"bus_rider_app_key":"a","#
                    + #""bus_rider_sub_key":"k","bus_rider_queue":"a_default"}"#), loggedIn: "log")
        #expect(
            lines(timeline) == [
                "1 published published as seen on web-1, caused by p", "2 driven driven to a/k (queue a_default)",
                "3 executed run by a/k",
            ])
    }

    @Test func everyPlaceIsTold() throws {
        let copy = #"{"bus_id":"1795240524-ab","bus_rider_app_key":"a","bus_rider_sub_key":"k"}"#
        let failure = #"{"exception":"NameError","error":"oh","failed_at":"2023/11/14 22:13:25 UTC"}"#
        var timeline = Timeline(id: Self.id)
        for (place, failure) in [
            (.queue("q"), nil), (.inFlight("i"), nil), (.reserved("r"), nil), (.delayed(1_800_000_000), nil),
            (.failed("3f2a"), failure),
            (.retrying, #"{"exception":"E","error":"x","failed_at":"2023/11/14 22:13:30"}"#),
        ] as [(EventSighting.Place, String?)] {
            timeline.add(try sighting(copy, place, failure: failure))
        }
        #expect(
            lines(timeline) == [
                "1700000005 failed the copy for a/k failed with NameError: oh; busdriver failed show 3f2a",
                "1700000010 failed the copy for a/k failed with E: x, and will be retried",
                "now waiting the copy for a/k is in the hands of a driver (i)",
                "now waiting the copy for a/k is in the hands of a rider (r)",
                "now waiting the copy for a/k waits for the scheduler until 2027-01-15T08:00:00Z",
                "now waiting the copy for a/k waits on the queue q",
            ])
        #expect(timeline.entries.first?.json["time"] == 1_700_000_005)
        #expect(timeline.entries.last?.json["time"] == .null && timeline.entries.last?.json["kind"] == "waiting")
    }

    /// A time in words that nobody can read is no time; the failure is told all the same.
    @Test(arguments: ["yesterday", "2023/11/14", "2023/11/14 22:13:25 CET", "2023/13/14 22:13:25 UTC"])
    func aFailureWithoutATimeIsTold(words: String) throws {
        var timeline = Timeline(id: Self.id)
        timeline.add(
            try sighting(
                #"{"bus_id":"1795240524-ab"}"#, .retrying,
                failure: #"{"exception":"E","error":"x","failed_at":"\#(words)"}"#))
        #expect(lines(timeline) == ["now failed it failed with E: x, and will be retried"])
    }

    /// Whichever generation comes first, and though one event has led to itself.
    @Test func descendantsAreToldByGeneration() throws {
        func caused(_ id: String, by parent: String, at time: Int) throws -> [JSONMember] {
            try event(
                #"{"bus_id":"\#(id)","bus_event_type":"e","bus_parent_id":"\#(parent)","bus_published_at":\#(time)}"#)
        }
        var timeline = Timeline(id: Self.id)
        timeline.add(try caused("c", by: "b", at: 30), loggedIn: "log")
        timeline.add(try caused("b", by: Self.id, at: 20), loggedIn: "log")
        timeline.add(try caused("x", by: "y", at: 1), loggedIn: "log")
        timeline.add(try caused(Self.id, by: "c", at: 10), loggedIn: "log")
        timeline.add(
            EventSighting(place: .queue("q"), attributes: try caused("c", by: "b", at: 30), failure: nil))
        #expect(timeline.descendants == ["b", "c"])
        #expect(
            timeline.entries.map { "\($0.depth) \($0.text)" } == [
                "0 published as e, caused by c", "0 caused e b", "1 b caused e c",
                "1 the event e c that b caused waits on the queue q",
            ])
    }
}

@Suite(.timeLimit(.minutes(1))) struct EventTraceTests {
    @Test func linesOfALogAreReadOnlyIfTheyMatter() {
        var trace = EventTrace(id: "17-ab")
        func read(_ line: String) -> Bool { trace.read(Array(line.utf8), of: "log") }
        #expect(read(#"{"bus_id":"17-ab","bus_published_at":1,"bus_event_type":"seen"}"#))
        #expect(read(#"{"bus_id":"child","bus_parent_id":"17-ab","bus_event_type":"next"}"#))
        #expect(read(#"{"bus_id":"other","note":"17-ab"}"#))
        #expect(read("neither the event nor JSON"))
        #expect(read(#"broken "bus_parent_id""#), "who caused it nobody can tell")
        #expect(!read("broken 17-ab"))
        #expect(trace.timeline.entries.map(\.text) == ["published as seen", "caused next child"])
    }

    /// A logger that adds nothing to an event has it all the same.
    @Test func anEventWithoutTimesIsInTheLog() {
        var trace = EventTrace(id: "17-ab")
        let isRead = trace.read(Array(#"{"bus_id":"17-ab"}"#.utf8), of: "events.jsonl")
        #expect(isRead)
        #expect(trace.timeline.entries.map(\.text) == ["logged in events.jsonl"])
    }
}

@Suite(.timeLimit(.minutes(1))) struct PassingEventTests {
    private func attributes(_ event: String, watcher: String = "busdriver_tail_1") throws -> JSONValue? {
        let job = JobPayload(className: "QueueBus::Worker", arguments: [.string(event)])
        return PassingEvent(element: try job.encoded(), watcher: watcher)?.json
    }

    @Test func nothingIsShownOfTheWatcher() throws {
        #expect(
            try attributes(
                #"{"bus_class_proxy":"::QueueBus::Rider","bus_rider_app_key":"busdriver_tail_1","bus_rider_sub_key":"tail","#
                    + #""bus_event_type":"seen","n":1}"#) == ["bus_event_type": "seen", "n": 1])
    }

    /// An event that was published again has these from its first way.
    @Test func anotherRidersAttributesAreShown() throws {
        #expect(
            try attributes(#"{"bus_class_proxy":"X","bus_rider_app_key":"app_b","bus_rider_sub_key":"k","n":1}"#)
                == ["bus_rider_app_key": "app_b", "bus_rider_sub_key": "k", "n": 1])
    }

    @Test func whatIsNoEventIsNotShown() {
        #expect(PassingEvent(element: Array("text".utf8), watcher: "w") == nil)
        #expect(PassingEvent(element: Array(#"{"class":"K","args":[1]}"#.utf8), watcher: "w") == nil)
    }
}

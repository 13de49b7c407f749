import BusMatching
import BusWire
import Foundation

/// One event as it is published.
struct SampleEvent {
    /// What goes onto the incoming list.
    let element: [UInt8]
    /// Its `bus_id`; nil for a malformed one, which nobody can get.
    let id: String?
    /// The queues that must get a copy.
    let queues: Set<String>
}

/// An endless stream of events in all shapes that Ruby publishes.
struct SampleEvents {
    private var number = 0
    private static let types = [
        "user_created", "order_placed", "payment_received", "order_shipped", "newsletter_opened",
    ]
    private static let plans = ["free", "basic", "pro"]

    mutating func next() throws -> SampleEvent {
        number += 1
        let now = Int(Date.now.timeIntervalSince1970)
        let attributes = PublishedEvent(
            type: .string(Self.types[number % Self.types.count]),
            attributes: [
                JSONMember("user_id", .integer(number)),
                JSONMember("plan", .string(Self.plans.randomElement() ?? "free")),
            ]
        ).completed(now: now, uuid: UUID().uuidString.lowercased(), hostname: "web-1")

        if number.isMultiple(of: 100) { return Self.malformed }
        // Of 20 events one comes from an old resque-bus, and one was published for later and has just fallen due.
        let element =
            switch number % 20 {
            case 7: try Self.oldElement(of: attributes)
            case 13:
                try PublishedEvent.delayedElement(of: attributes, keepsPublishedAt: false, until: now, queue: nil)
            default: try PublishedEvent.element(of: attributes)
            }
        return SampleEvent(
            element: element, id: JSONValue.object(attributes)["bus_id"]?.string, queues: Self.queues(for: attributes))
    }

    /// Judged by the plain interpreter of the filters, not by the index that the driver uses.
    private static func queues(for attributes: [JSONMember]) -> Set<String> {
        let matching = SampleSubscription.all.filter { Matcher.naive($0.record.filters, attributes) == true }
        return Set(matching.map(\.record.queue))
    }

    /// Before resque-bus 0.4 the attributes were the argument itself, not a string.
    private static func oldElement(of attributes: [JSONMember]) throws -> [UInt8] {
        try JSONValue.object([
            JSONMember("class", "ResqueBus::Driver"), JSONMember("args", [.object(attributes)]),
        ]).encoded()
    }

    /// Cut off in the middle of its attributes.
    private static let malformed = SampleEvent(
        element: Array(#"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"user_cre"]}"#.utf8), id: nil,
        queues: [])
}

import BusWire
import CommandInterface

/// An event on its way, as somebody who watches wants to see it.
struct PassingEvent {
    /// What the publisher has sent, and when it was driven; nothing about the watcher's own subscription.
    let attributes: [JSONMember]

    /// The most characters that one value, and all of them, take on a line.
    private static let mostOfValue = 60
    private static let mostOfLine = 200

    /// - Parameters:
    ///   - element: as the driver has pushed it. Nil for what holds no event.
    ///   - watcher: the application for which it was pushed.
    init?(element: [UInt8], watcher: String) {
        guard let event = JobPayload(parsing: element)?.event else { return nil }
        // An event that was published again carries these from its first way; they win over the driver's and are shown.
        let isOurs = event.contains { $0.key == "bus_rider_app_key" && $0.value.string == watcher }
        attributes = event.filter { member in
            member.key != "bus_class_proxy" && !(isOurs && member.key.hasPrefix("bus_rider_"))
        }
    }

    /// When it was published, its type, its id, and its own attributes as far as there is room.
    var line: String {
        let event = JSONValue.object(attributes)
        let published = event["bus_published_at"].flatMap(\.epoch).map(TimeText.text) ?? "-"
        let own = attributes.filter { !$0.key.hasPrefix("bus_") }.map { "\($0.key)=\(Self.cut($0.value.plainText))" }
        let head = [published, event["bus_event_type"]?.plainText ?? "-", event["bus_id"]?.plainText ?? "-"]
        return TextTable.oneLine(
            head.joined(separator: "  ") + "  " + Self.cut(own.joined(separator: " "), to: Self.mostOfLine))
    }

    /// All attributes, as one JSON object.
    var json: JSONValue { .object(attributes) }

    private static func cut(_ text: String, to most: Int = mostOfValue) -> String {
        text.count > most ? text.prefix(most - 1) + "…" : text
    }
}

extension JSONValue {
    /// Text as it is, anything else as JSON.
    var plainText: String { string ?? text }

    /// A number as an epoch second between 1970 and 9999; nil for anything else.
    var epoch: Int? {
        guard case .number(let text) = self, let seconds = Double(text), (0..<253_402_300_800).contains(seconds) else {
            return nil
        }
        return Int(seconds)
    }
}

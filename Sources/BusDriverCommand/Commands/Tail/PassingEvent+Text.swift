import BusOperations
import BusWire
import CommandInterface

extension PassingEvent {
    /// The most characters that one value, and all of them, take on a line.
    private static let mostOfValue = 60
    private static let mostOfLine = 200

    /// When it was published, its type, its id, and its own attributes as far as there is room.
    var line: String {
        let event = JSONValue.object(attributes)
        let published = event["bus_published_at"].flatMap(\.epoch).map(TimeText.text) ?? "-"
        let own = attributes.filter { !$0.key.hasPrefix("bus_") }.map { "\($0.key)=\(Self.cut($0.value.plainText))" }
        let head = [published, event["bus_event_type"]?.plainText ?? "-", event["bus_id"]?.plainText ?? "-"]
        return TextTable.oneLine(
            head.joined(separator: "  ") + "  " + Self.cut(own.joined(separator: " "), to: Self.mostOfLine))
    }

    private static func cut(_ text: String, to most: Int = mostOfValue) -> String {
        text.count > most ? text.prefix(most - 1) + "…" : text
    }
}

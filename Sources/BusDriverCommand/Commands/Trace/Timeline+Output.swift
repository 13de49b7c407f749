import BusWire
import CommandInterface

extension Timeline.Entry {
    /// One line for people.
    var line: String { "\(time.map(TimeText.text) ?? "now                 ")  \(TextTable.oneLine(text))\n" }

    /// One line for programs.
    var json: JSONValue {
        [
            "time": time.map { .integer($0) } ?? .null, "kind": .string(kind.rawValue), "text": .string(text),
        ]
    }
}

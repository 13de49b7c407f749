import BusOperations
import CommandInterface

extension Timeline.Entry {
    /// One line for people.
    var line: String {
        let indent = String(repeating: "  ", count: min(depth, 20))
        return "\(time.map(TimeText.text) ?? "now                 ")  \(indent)\(TextTable.oneLine(text))\n"
    }
}

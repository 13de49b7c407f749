import BusWire
import CommandInterface
import Foundation
import Logging

/// Writes each log message as one line that people read.
struct TextLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.write(Self.line(event, metadata: metadata, at: Int(Date.now.timeIntervalSince1970)) + "\n")
    }

    static func line(_ event: LogEvent, metadata: Logger.Metadata, at epochSeconds: Int) -> String {
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            .map { " \($0.key)=\(quoted(ShownText.escaped(ShownText.sentence("\($0.value)"))))" }.joined()
        return "\(TimeText.text(epochSeconds)) \(event.level) \(TextTable.oneLine(event.message.description))\(details)"
    }

    /// A value of several words stands in quotes, so that one sees where it ends.
    private static func quoted(_ value: String) -> String {
        guard value.contains(" ") || value.isEmpty else { return value }
        return "\"\(value.replacing("\"", with: "\\\""))\""
    }
}

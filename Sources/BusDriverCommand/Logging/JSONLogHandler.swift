import BusWire
import CommandInterface
import Foundation
import Logging

/// Writes each log message as one JSON object a line: `time`, `level`, `message`, and the metadata's own members, of
/// which numbers are numbers.
struct JSONLogHandler: LogHandler {
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
        var members = [
            JSONMember("time", .string(TimeText.text(epochSeconds))),
            JSONMember("level", .string(event.level.rawValue)),
            JSONMember("message", .string(ShownText.sentence(event.message.description))),
        ]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: {
            $0.key < $1.key
        }) {
            members.append(JSONMember(key, json(value)))
        }
        return JSONValue.object(members).text
    }

    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        if case .stringConvertible(let value) = value {
            if value is any BinaryInteger { return .number("\(value)") }
            if let number = value as? Double, number.isFinite { return .number("\(number)") }
            if let flag = value as? Bool { return .bool(flag) }
        }
        return .string(ShownText.sentence("\(value)"))
    }
}

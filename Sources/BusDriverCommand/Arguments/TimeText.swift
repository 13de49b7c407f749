import ArgumentParser
import BusCalendar
import BusWire

/// Points in time on a command line: epoch seconds, or ISO 8601 with a zone.
enum TimeText {
    /// The epoch second that `text` names; fractions of a second are cut off, as the bus knows whole seconds only.
    ///
    /// - Throws: `ValidationError` that says how to write it.
    static func parse(_ text: String) throws -> Int {
        if let seconds = Int(text) { return seconds }
        do throws(ISOTime.Fault) {
            return try ISOTime.epoch(text)
        } catch {
            switch error {
            case .form:
                throw ValidationError(
                    "'\(text)' is not a time; write epoch seconds (1795240800) or ISO 8601 (2026-11-21T06:00:00Z).")
            case .zone:
                throw ValidationError("'\(text)' has no zone; append Z for UTC or an offset such as +01:00.")
            case .date: throw ValidationError("'\(text)' is not a date and time that exists.")
            }
        }
    }

    /// ISO 8601 in UTC, to the second.
    static func text(_ epochSeconds: Int) -> String {
        CivilTime(epoch: epochSeconds).isoText
    }

    /// ISO 8601 in a zone, to the second: `2026-11-21T07:00:00+01:00`.
    static func text(_ epochSeconds: Int, in zone: ZoneRules) -> String {
        // ISO 8601 has no seconds for the offsets of long ago and of `right/`.
        let offset = Int((Double(zone.offset(at: epochSeconds)) / 60).rounded()) * 60
        guard offset != 0 else { return text(epochSeconds) }
        let minutes = abs(offset) / 60
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return CivilTime(epoch: epochSeconds, offset: offset).isoText.dropLast()
            + "\(offset < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}

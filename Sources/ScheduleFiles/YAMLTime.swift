import BusCalendar
import BusWire

/// A date or a time of YAML without quotes, as the text that Ruby makes of it in JSON: Psych 4 reads it, and `to_s`
/// writes it.
struct YAMLTime {
    let text: String

    /// Nil if the text is none.
    ///
    /// - Parameter zone: the local one, in which Ruby shows a time that names none and means UTC.
    init?(_ text: String, zone: ZoneRules) {
        guard let first = text.utf8.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= first,
            text.utf8.count <= Self.longest,
            let found = Self.date(text) ?? Self.time(text, zone)
        else { return nil }
        self.text = found
    }

    /// Bytes.
    private static let longest = 64

    private static func date(_ text: String) -> String? {
        guard let match = text.wholeMatch(of: #/(\d{4})-(\d\d?)-(\d\d?)/#)?.output,
            let epoch = ISOTime.epoch(date: [match.1, match.2, match.3].map(number), time: [0, 0, 0])
        else { return nil }
        return String(CivilTime(epoch: epoch).isoText.prefix(while: { $0 != "T" }))
    }

    private static func time(_ text: String, _ zone: ZoneRules) -> String? {
        let form =
            #/(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]| +)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?(?: *(Z|[+-]\d\d?(?::?\d\d)?))?/#
        guard let match = text.wholeMatch(of: form)?.output else { return nil }
        let (year, month, day) = (number(match.1), number(match.2), number(match.3))
        let (hour, minute, second) = (number(match.4), number(match.5), number(match.6))
        // Ruby knows a 31st of every month, and goes on from there.
        guard 1...31 ~= day, minute < 60, second <= 60, hour < 24 || (hour == 24 && minute == 0 && second == 0),
            let firstOfMonth = ISOTime.epoch(date: [year, month, 1], time: [0, 0, 0])
        else { return nil }
        let epoch = firstOfMonth + (day - 1) * 86400 + hour * 3600 + minute * 60 + second
        guard let name = match.7 else {
            let offset = zone.offset(at: epoch)
            return shown(epoch + offset) + " " + written(offset)
        }
        guard name != "Z" else { return shown(epoch) + " UTC" }
        let digits = name.dropFirst().split(separator: ":")
        let hours = number(digits[0].prefix(2))
        let minutes = digits.count > 1 ? number(digits[1]) : number(digits[0].dropFirst(2))
        guard hours < 24, minutes < 60 else { return nil }
        // The minutes of -00:30 count forward, as Psych has it.
        let offset = (hours * 60 + minutes) * 60
        return shown(epoch) + " " + written(name.hasPrefix("-") && hours > 0 ? -offset : offset)
    }

    private static func number(_ digits: Substring) -> Int { Int(digits) ?? 0 }

    /// `2024-01-01 10:00:00`
    private static func shown(_ epoch: Int) -> String {
        CivilTime(epoch: epoch).isoText.dropLast().map { $0 == "T" ? " " : String($0) }.joined()
    }

    /// `+0530`
    private static func written(_ offset: Int) -> String {
        let minutes = abs(offset) / 60
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return (offset < 0 ? "-" : "+") + padded(minutes / 60) + padded(minutes % 60)
    }
}

/// Points in time as Ruby's `Time#to_s` writes them, to the second: `2026-11-29 11:20:00 +0100`; of a time in UTC that
/// says so, `2026-11-29 10:20:00 UTC`.
package enum RubyTime {
    // A zero stands for any digit.
    private static let dateAndTime = Array("0000-00-00 00:00:00 ".utf8)
    private static let hoursAndMinutes = Array("0000".utf8)
    private static let utc = Array("UTC".utf8)
    private static let longest = dateAndTime.count + 1 + hoursAndMinutes.count

    /// The epoch second that a text names; nil if Ruby cannot have written it.
    package static func epoch(_ text: String) -> Int? {
        guard text.utf8.count <= longest else { return nil }
        let bytes = Array(text.utf8)
        guard has(dateAndTime, bytes.prefix(dateAndTime.count)), let zone = offset(bytes[dateAndTime.count...]) else {
            return nil
        }
        let date = [bytes[0..<4], bytes[5..<7], bytes[8..<10]].map(number)
        let time = [bytes[11..<13], bytes[14..<16], bytes[17..<19]].map(number)
        return ISOTime.epoch(date: date, time: time).map { $0 - zone }
    }

    /// What a zone adds to UTC, in seconds.
    private static func offset(_ zone: ArraySlice<UInt8>) -> Int? {
        if zone.elementsEqual(utc) { return 0 }
        guard let sign = zone.first, has(hoursAndMinutes, zone.dropFirst()) else { return nil }
        let (hours, minutes) = (number(zone.dropFirst().prefix(2)), number(zone.suffix(2)))
        guard hours < 24, minutes < 60 else { return nil }
        return switch sign {
        case .plus: hours * 3600 + minutes * 60
        case .minus: -hours * 3600 - minutes * 60
        default: nil
        }
    }

    private static func has(_ form: [UInt8], _ bytes: ArraySlice<UInt8>) -> Bool {
        form.elementsEqual(bytes) { $0 == .zero ? $1.isDigit : $1 == $0 }
    }

    /// Of digits.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1 - .zero) }
    }
}

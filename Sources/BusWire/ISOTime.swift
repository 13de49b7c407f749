/// Points in time in ISO 8601 with a zone, as Ruby and people write them.
package enum ISOTime {
    /// Why a text is no such time.
    package enum Fault: Error, Sendable {
        /// It is not written like a time.
        case form
        /// It has no zone.
        case zone
        /// No calendar or clock shows it.
        case date
    }

    /// The epoch second that `text` names; fractions of a second are cut off.
    package static func epoch(_ text: String) throws(Fault) -> Int {
        let form = #/(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|z|[+-]\d\d(?::?\d\d)?)?/#
        guard let match = text.wholeMatch(of: form)?.output else { throw .form }
        guard let zone = match.7 else { throw .zone }
        let (date, time) = ([match.1, match.2, match.3].map(number), [match.4, match.5].map(number))
        guard let second = epoch(date: date, time: time + [match.6.map(number) ?? 0]) else { throw .date }
        return second - offset(zone)
    }

    /// The epoch second at which UTC shows a date (year, month, day) and a time (hour, minute, second); nil if it never
    /// does.
    package static func epoch(date: [Int], time: [Int]) -> Int? {
        let (year, month, day) = (date[0], date[1], date[2])
        let (hour, minute, second) = (time[0], time[1], time[2])
        guard (1...12).contains(month), (1...daysIn(month, of: year)).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        return daysSinceEpoch(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
    }

    private static func number(_ digits: Substring) -> Int { Int(digits) ?? 0 }

    private static func offset(_ zone: Substring) -> Int {
        guard zone.uppercased() != "Z" else { return 0 }
        let digits = zone.dropFirst().filter { $0 != ":" }
        let seconds = number(digits.prefix(2)) * 3600 + number(digits.dropFirst(2)) * 60
        return zone.hasPrefix("-") ? -seconds : seconds
    }

    private static func daysIn(_ month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    // Years begin in March here, so that the leap day is the last of its year; eras have 400 years.

    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

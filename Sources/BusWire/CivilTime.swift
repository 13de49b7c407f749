/// An epoch second as a calendar shows it, proleptic Gregorian, without Foundation.
package struct CivilTime: Hashable, Sendable {
    package let year: Int
    /// 1…12
    package let month: Int
    /// 1…31
    package let day: Int
    /// 0…23
    package let hour: Int
    package let minute: Int
    package let second: Int
    /// Day of the year, from 1.
    package let yearDay: Int
    /// Day of the week, 0 is Sunday.
    package let weekday: Int

    /// - Parameters:
    ///   - epoch: seconds since 1970 in UTC.
    ///   - offset: what the zone adds to UTC at that time, in seconds.
    package init(epoch: Int, offset: Int = 0) {
        let (days, secondOfDay) = (epoch + offset).flooredDivision(by: 86400)
        (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        weekday = (days + 4).flooredDivision(by: 7).remainder

        // Years that begin on the first of March end with the leap day; eras of 400 years are all alike.
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayFromMarch + 2) / 153
        day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = 400 * era + yearOfEra + (month <= 2 ? 1 : 0)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        yearDay = month <= 2 ? dayFromMarch - 305 : dayFromMarch + (isLeap ? 61 : 60)
    }

    /// `2026/11/21 05:37:31`
    var slashed: String {
        "\(year.padded(4))/\(month.padded(2))/\(day.padded(2)) \(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))"
    }
}

extension Int {
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}

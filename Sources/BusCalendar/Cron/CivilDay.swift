import BusWire

/// Days counted from the first of January 1970, proleptic Gregorian.
enum CivilDay {
    static func number(year: Int, month: Int, day: Int) -> Int {
        // Years that begin on the first of March end with the leap day; eras of 400 years are all alike.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayFromMarch = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayFromMarch - 719_468
    }

    /// How many days a month has.
    static func count(year: Int, month: Int) -> Int {
        let next = month == 12 ? number(year: year + 1, month: 1, day: 1) : number(year: year, month: month + 1, day: 1)
        return next - number(year: year, month: month, day: 1)
    }

    /// The `nth` such weekday of a month, the last for 5; 0 is Sunday.
    static func number(year: Int, month: Int, nth: Int, weekday: Int) -> Int {
        let first = number(year: year, month: month, day: 1)
        let firstWeekday = CivilTime(epoch: first * 86400).weekday
        let candidate = first + (weekday - firstWeekday + 7) % 7 + (nth - 1) * 7
        return candidate < first + count(year: year, month: month) ? candidate : candidate - 7
    }
}

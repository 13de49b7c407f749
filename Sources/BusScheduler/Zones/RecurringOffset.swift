import BusWire

/// The rule for all years to come at the end of a zone file, as POSIX writes it in `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3`
struct RecurringOffset {
    /// A day of the year and the time on it at which clocks change, in seconds from midnight.
    private struct Moment {
        enum Day {
            /// The `week`th `weekday` of a month, the last for 5.
            case weekday(month: Int, week: Int, weekday: Int)
            /// 1…365, where February 29 is never counted.
            case withoutLeapDay(Int)
            /// 0…365
            case fromZero(Int)
        }

        let day: Day
        let seconds: Int

        /// The local time of it, as though it were UTC.
        func local(in year: Int) -> Int {
            let firstDay = CivilDay.number(year: year, month: 1, day: 1)
            let isLeap = CivilDay.number(year: year + 1, month: 1, day: 1) - firstDay == 366
            let number =
                switch day {
                case .fromZero(let index): firstDay + index
                case .withoutLeapDay(let index): firstDay + index - (isLeap && index >= 60 ? 0 : 1)
                case .weekday(let month, let week, let weekday):
                    CivilDay.number(year: year, month: month, nth: week, weekday: weekday)
                }
            return number * 86400 + seconds
        }
    }

    private let standard: Int
    private let daylight: (offset: Int, start: Moment, end: Moment)?

    init?(_ text: [UInt8]) {
        var scan = ByteScanner(text)
        guard scan.skipZoneAbbreviation(), let west = scan.clock() else { return nil }
        standard = -west
        guard !scan.isAtEnd else {
            daylight = nil
            return
        }
        guard scan.skipZoneAbbreviation() else { return nil }
        let offset = scan.clock().map { -$0 } ?? standard + 3600
        guard scan.skip(","), let start = Self.moment(&scan), scan.skip(","), let end = Self.moment(&scan), scan.isAtEnd
        else { return nil }
        daylight = (offset, start, end)
    }

    /// The changes after an instant, up to the end of a year.
    func changes(after epoch: Int, throughYear lastYear: Int) -> [OffsetChange] {
        guard let daylight else { return [] }
        let firstYear = CivilTime(epoch: epoch).year
        return (firstYear...max(firstYear, lastYear)).flatMap { year in
            [
                OffsetChange(epoch: daylight.start.local(in: year) - standard, offset: daylight.offset),
                OffsetChange(epoch: daylight.end.local(in: year) - daylight.offset, offset: standard),
            ].sorted { $0.epoch < $1.epoch }
        }.filter { $0.epoch > epoch }
    }

    private static func moment(_ scan: inout ByteScanner) -> Moment? {
        guard let day = day(&scan) else { return nil }
        guard scan.skip("/") else { return Moment(day: day, seconds: 7200) }
        return scan.clock().map { Moment(day: day, seconds: $0) }
    }

    private static func day(_ scan: inout ByteScanner) -> Moment.Day? {
        if scan.skip("M") {
            guard let month = scan.number(), 1...12 ~= month, scan.skip("."), let week = scan.number(), 1...5 ~= week,
                scan.skip("."), let weekday = scan.number(), 0...6 ~= weekday
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        let skipsLeapDay = scan.skip("J")
        guard let number = scan.number(), number <= 365 else { return nil }
        return skipsLeapDay ? .withoutLeapDay(number) : .fromZero(number)
    }
}

extension ByteScanner {
    /// `CET` or `<+0330>`
    fileprivate mutating func skipZoneAbbreviation() -> Bool {
        if skip("<") {
            _ = take { $0 != UInt8(ascii: ">") }
            return skip(">")
        }
        return !take { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }.isEmpty
    }

    /// `3`, `-3:30` or `+167:00:00`, in seconds.
    fileprivate mutating func clock() -> Int? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hours = number(), hours <= 167 else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where skip(":") {
            guard let part = number(), part < 60 else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }
}

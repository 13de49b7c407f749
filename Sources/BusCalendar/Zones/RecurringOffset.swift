import BusWire

/// The rule for all years, as POSIX writes it in `TZ` and zone files at their end: `CET-1CEST,M3.5.0,M10.5.0/3`
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
        var seconds = 7200

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

    /// Changes are worked out for these years.
    private static let years = 1900...2200

    /// What the zone adds to UTC outside of daylight saving.
    let standard: Int
    private let daylight: (offset: Int, start: Moment, end: Moment)?

    /// - Returns: nothing if this is not such a rule.
    init?(_ text: [UInt8]) {
        var scan = ByteScanner(text)
        guard scan.skipZoneAbbreviation(), let west = scan.clock(hours: Self.offsets) else { return nil }
        standard = -west
        guard !scan.isAtEnd else {
            daylight = nil
            return
        }
        guard scan.skipZoneAbbreviation() else { return nil }
        var offset = standard + 3600
        if !scan.isAtEnd, !scan.rest.hasPrefix(",") {
            guard let west = scan.clock(hours: Self.offsets) else { return nil }
            offset = -west
        }
        guard !scan.isAtEnd else {
            daylight = (offset, Self.defaultStart, Self.defaultEnd)
            return
        }
        guard scan.skip(","), let start = Self.moment(&scan), scan.skip(","), let end = Self.moment(&scan), scan.isAtEnd
        else { return nil }
        daylight = (offset, start, end)
    }

    /// The changes after an instant, in their order.
    func changes(after epoch: Int = .min) -> [OffsetChange] {
        guard let daylight else { return [] }
        let changes = Self.years.flatMap { year in
            [
                // First, so that it does nothing where daylight saving starts again at once, and lasts all year.
                OffsetChange(epoch: daylight.end.local(in: year - 1) - daylight.offset, offset: standard),
                OffsetChange(epoch: daylight.start.local(in: year) - standard, offset: daylight.offset),
            ]
        }
        let ordered = changes.enumerated().sorted { ($0.element.epoch, $0.offset) < ($1.element.epoch, $1.offset) }
        return ordered.map(\.element).filter { $0.epoch > epoch }
    }

    // MARK: Reading

    /// Where no rule is written the C library takes that of the United States.
    private static let defaultStart = Moment(day: .weekday(month: 3, week: 2, weekday: 0))
    private static let defaultEnd = Moment(day: .weekday(month: 11, week: 1, weekday: 0))

    /// The hours that an offset may have, and the time of a change.
    private static let offsets = 0...24
    private static let times = 0...167

    private static func moment(_ scan: inout ByteScanner) -> Moment? {
        guard let day = day(&scan) else { return nil }
        guard scan.skip("/") else { return Moment(day: day) }
        return scan.clock(hours: times).map { Moment(day: day, seconds: $0) }
    }

    private static func day(_ scan: inout ByteScanner) -> Moment.Day? {
        if scan.skip("M") {
            guard let month = scan.number(), 1...12 ~= month, scan.skip("."), let week = scan.number(), 1...5 ~= week,
                scan.skip("."), let weekday = scan.number(), 0...6 ~= weekday
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        let skipsLeapDay = scan.skip("J")
        guard let number = scan.number(), (skipsLeapDay ? 1 : 0)...365 ~= number else { return nil }
        return skipsLeapDay ? .withoutLeapDay(number) : .fromZero(number)
    }
}

extension ZoneRules {
    /// A zone that has one rule for all years, as POSIX writes it in `TZ`.
    ///
    /// - Returns: nothing if the text is no such rule.
    init?(posix text: String) {
        guard let rule = RecurringOffset(Array(text.utf8)) else { return nil }
        self.init(name: text, firstOffset: rule.standard, changes: rule.changes())
    }
}

extension ByteScanner {
    /// `CET` or `<+0330>`
    fileprivate mutating func skipZoneAbbreviation() -> Bool {
        let isQuoted = skip("<")
        let name = take { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || isQuoted && (Self.digits ~= byte || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"))
        }
        return name.count >= 3 && (!isQuoted || skip(">"))
    }

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    /// `3`, `-3:30` or `+167:00:00`, in seconds.
    fileprivate mutating func clock(hours possible: ClosedRange<Int>) -> Int? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hours = number(), possible ~= hours else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where skip(":") {
            guard let part = number(), part < 60 else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }
}

import BusWire

/// What the fields of a line of cron say, ready to be compared with a calendar.
struct CronFields: Hashable {
    /// A set of small numbers, bit n for n.
    typealias Numbers = UInt64

    let seconds: Numbers
    let minutes: Numbers
    let hours: Numbers
    let months: Numbers
    /// Nothing if the field restricts nothing.
    let monthDays: MonthDays?
    /// Nothing if the field restricts nothing.
    let weekdays: CronWeekdays?

    struct MonthDays: Hashable {
        /// 1…31
        var fromStart: Numbers = 0
        /// Bit 1 for the last day.
        var fromEnd: Numbers = 0
    }

    /// Whether there are days on which nothing fires.
    var restrictsDays: Bool { monthDays != nil || weekdays != nil || months != .max }

    /// - Parameter texts: the six fields, seconds first.
    init(_ texts: [Substring]) throws(ScheduleError) {
        seconds = try Self.numbers(.seconds, texts[0]) ?? .max
        minutes = try Self.numbers(.minutes, texts[1]) ?? .max
        let hours = try Self.numbers(.hours, texts[2])
        self.hours = hours.map { $0 | $0 >> 24 & 1 } ?? .max
        let days = try Self.values(.monthDays, texts[3]).map { values in
            values.reduce(into: MonthDays()) { days, value in
                if value > 0 { days.fromStart |= 1 << Numbers(value) } else { days.fromEnd |= 1 << Numbers(-value) }
            }
        }
        let months = try Self.numbers(.months, texts[4])
        weekdays = try CronWeekdays(texts[5])
        (monthDays, self.months) = try Self.existing(days, months)
    }

    /// Leaves out the days that no chosen month has, and the months that have none of the days.
    private static func existing(
        _ days: MonthDays?, _ months: Numbers?
    ) throws(ScheduleError) -> (MonthDays?, Numbers) {
        guard var days, let months else { return (days, months ?? .max) }
        let lengths: [Numbers] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let chosen = (1...12).filter { months >> Numbers($0) & 1 == 1 }
        func daysOf(_ month: Int) -> Numbers { days.fromStart & (1 << (lengths[month] + 1) - 1) }
        let kept = chosen.filter { days.fromEnd != 0 || daysOf($0) != 0 }
        guard !kept.isEmpty else { throw ScheduleError("No month that is written has a day that is written.") }
        days.fromStart = kept.reduce(0) { $0 | daysOf($1) }
        return (days, kept.reduce(0) { $0 | 1 << Numbers($1) })
    }

    private static func numbers(_ field: CronField, _ text: Substring) throws(ScheduleError) -> Numbers? {
        try values(field, text).map { values in values.reduce(0) { $0 | 1 << Numbers($1) } }
    }

    /// - Returns: nothing if one of the list's elements holds for all.
    private static func values(_ field: CronField, _ text: Substring) throws(ScheduleError) -> [Int]? {
        var values: [Int] = []
        var isRestricted = true
        for element in text.split(separator: ",", omittingEmptySubsequences: false) {
            var scan = ByteScanner(element)
            let term = try CronTerm(&scan, in: field)
            guard scan.isAtEnd else {
                let hint = scan.rest.hasPrefix("W") ? "; W is not supported" : ""
                throw ScheduleError(
                    "The \(field.title) cannot be read: '\(scan.rest.abbreviated)' is left over\(hint).")
            }
            if let some = try term.values(in: field) { values += some } else { isRestricted = false }
        }
        return isRestricted ? values : nil
    }
}

import BusWire

/// A time that moves forward through a zone's calendar until a line of cron matches.
///
/// The steps are those of fugit 1.5.2 on et-orbi 1.4, because around a change of the clocks they decide what fires: a
/// new month begins at its midnight, but a new day is looked for 24 hours after midnight, an hour 60 minutes on.
struct CronWalk {
    let fields: CronFields
    let zone: ZoneRules
    private(set) var epoch: Int
    private(set) var civil: CivilTime
    private var span: OffsetSpan

    private static let day = 86400

    init(_ fields: CronFields, from epoch: Int, in zone: ZoneRules) {
        self.fields = fields
        self.zone = zone
        self.epoch = epoch
        span = zone.span(at: epoch)
        civil = CivilTime(epoch: epoch, offset: span.offset)
    }

    /// Seconds that the zone adds to UTC now.
    var offset: Int { span.offset }

    mutating func advance(by seconds: Int) {
        move(to: epoch + seconds)
    }

    /// Goes to the next time that may match.
    ///
    /// - Returns: whether this one matches, so that nothing has moved.
    mutating func settle() -> Bool {
        if !fields.months.contains(civil.month) {
            advanceToNextMonth()
        } else if !matchesDay {
            if let days = idleDays { advance(by: days * Self.day) }
            advanceToNextDay()
        } else if !fields.hours.contains(civil.hour) {
            advance(by: 3600 - civil.minute * 60 - civil.second)
        } else if !fields.minutes.contains(civil.minute) {
            advance(by: 60 - civil.second)
        } else if !fields.seconds.contains(civil.second) {
            let later = fields.seconds & ~(1 << CronFields.Numbers(civil.second + 1) - 1)
            let next = later == 0 ? 60 + fields.seconds.trailingZeroBitCount : later.trailingZeroBitCount
            advance(by: next - civil.second)
        } else {
            return true
        }
        return false
    }

    private mutating func move(to epoch: Int) {
        self.epoch = epoch
        if !span.contains(epoch) { span = zone.span(at: epoch) }
        civil = CivilTime(epoch: epoch, offset: span.offset)
    }

    // MARK: Days

    private var matchesDay: Bool {
        switch (fields.monthDays, fields.weekdays) {
        case (nil, nil): true
        case (let days?, nil): matches(days)
        case (nil, let weekdays?): matches(weekdays)
        case (let days?, let weekdays?): matches(weekdays) || matches(days)
        }
    }

    private func matches(_ days: CronFields.MonthDays) -> Bool {
        if days.fromStart.contains(civil.day) { return true }
        guard days.fromEnd != 0 else { return false }
        // The last day is the one 24 hours before the next month, which on a day of 23 hours is the day before.
        let beforeNext = startOfNextMonth - Self.day
        let last = CivilTime(epoch: beforeNext, offset: zone.offset(at: beforeNext)).day
        return civil.day <= last && days.fromEnd.contains(last + 1 - civil.day)
    }

    private func matches(_ weekdays: CronWeekdays) -> Bool {
        switch weekdays.weeks[civil.weekday] {
        case nil: return false
        case .all: return true
        case .nth(let number) where number > 0: return (civil.day - 1) / 7 + 1 == number
        case .nth(let number):
            let daysLeft = CivilDay.count(year: civil.year, month: civil.month) - civil.day
            return daysLeft / 7 + 1 == -number
        case .each(let divisor, let added): return (week + added).isMultiple(of: divisor)
        }
    }

    /// How many days may be passed over at once, since the weeks that are chosen are far apart; nil for none.
    private var idleDays: Int? {
        guard fields.monthDays == nil, let distance = fields.weekdays?.weeks(from: week) else { return nil }
        // Around a change of the clocks a week may be counted as the one before it or after it.
        return distance > 2 ? (distance - 2) * 7 : nil
    }

    /// The Monday from which et-orbi 1.4 counts: the last day of 2018.
    private static let firstMonday = CivilDay.number(year: 2018, month: 12, day: 31)

    /// The number of the week, by the whole days from noon of the first Monday to noon of the local date.
    ///
    /// A Monday whose noon comes sooner than that first one's, as it does in the summers of the north, lacks an hour of
    /// its last day: et-orbi counts it to the week before.
    private var week: Int {
        let today = CivilDay.number(year: civil.year, month: civil.month, day: civil.day)
        return (noon(today) - noon(Self.firstMonday)).flooredQuotient(by: Self.day).flooredQuotient(by: 7)
    }

    private func noon(_ day: Int) -> Int {
        zone.firstInstant(ofLocal: day * Self.day + Self.day / 2)
    }

    private mutating func advanceToNextDay() {
        let start = epoch
        advance(by: Self.day - civil.hour * 3600 - civil.minute * 60 - civil.second)
        if civil.hour == 0 { return }
        guard civil.hour < 12 else { return advance(by: Self.day - civil.hour * 3600) }
        // Where the clocks skip its midnight, fugit passes the whole day over. One that begins twice is not begun
        // again.
        let beginning = firstInstant(of: CivilDay.number(year: civil.year, month: civil.month, day: civil.day))
        if beginning > start { move(to: beginning) }
    }

    private mutating func advanceToNextMonth() {
        let beginning = startOfNextMonth
        // The clocks may have been set back out of it.
        if beginning > epoch { move(to: beginning) } else { advance(by: 60 - civil.second) }
    }

    private var startOfNextMonth: Int {
        firstInstant(
            of: civil.month == 12
                ? CivilDay.number(year: civil.year + 1, month: 1, day: 1)
                : CivilDay.number(year: civil.year, month: civil.month + 1, day: 1))
    }

    /// When a day begins, also where its midnight is skipped or repeated, for which fugit raises an error at the first
    /// of a month.
    private func firstInstant(of day: Int) -> Int {
        zone.firstInstant(ofLocal: day * Self.day)
    }
}

extension CronFields.Numbers {
    fileprivate func contains(_ number: Int) -> Bool {
        self >> Self(number) & 1 == 1
    }
}

extension Int {
    fileprivate func flooredQuotient(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

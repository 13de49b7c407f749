import BusWire

/// A time that moves forward through a zone's calendar until a line of cron matches.
///
/// The steps are those of fugit 1.5.2, because around a change of the clocks they decide what fires: a new month begins
/// at its midnight, but a new day is looked for 24 hours after midnight, an hour 60 minutes on.
struct CronWalk {
    let fields: CronFields
    let zone: ZoneRules
    /// The zone of the process, in which et-orbi reads a date before it takes it to be of `zone`.
    let home: ZoneRules
    private(set) var epoch: Int
    private(set) var civil: CivilTime
    private var span: OffsetSpan

    private static let day = 86400

    init(_ fields: CronFields, from epoch: Int, in zone: ZoneRules, home: ZoneRules) {
        self.fields = fields
        self.zone = zone
        self.home = home
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
            move(to: startOfNextMonth)
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
        case .nth(let number): return number == (number > 0 ? weeksOfMonth(back: true) : -weeksOfMonth(back: false))
        case .each(let divisor, let added): return (week + added).isMultiple(of: divisor)
        }
    }

    /// How many days may be passed over at once, since the weeks that are chosen are far apart; nil for none.
    private var idleDays: Int? {
        guard fields.monthDays == nil, let distance = fields.weekdays?.weeks(from: week) else { return nil }
        // Around a change of the clocks a week may be counted as the one before it or after it.
        return distance > 2 ? (distance - 2) * 7 : nil
    }

    /// The number of the week, counted from the first of 2019.
    private var week: Int {
        let origin = instant(CivilDay.number(year: 2019, month: 1, day: 1))
        return (epoch - origin).flooredQuotient(by: 7 * Self.day) + 1
    }

    /// How many times a week can be taken, this time among them, before another month comes.
    private func weeksOfMonth(back: Bool) -> Int {
        let step = back ? -7 * Self.day : 7 * Self.day
        var count = 1
        while case let other = epoch + count * step,
            CivilTime(epoch: other, offset: zone.offset(at: other)).month == civil.month
        {
            count += 1
        }
        return count
    }

    private mutating func advanceToNextDay() {
        advance(by: Self.day - civil.hour * 3600 - civil.minute * 60 - civil.second)
        if civil.hour == 0 { return }
        guard civil.hour < 12 else { return advance(by: Self.day - civil.hour * 3600) }
        let midnight = local(CivilDay.number(year: civil.year, month: civil.month, day: civil.day))
        switch zone.instants(ofLocal: midnight) {
        case .once(let epoch), .repeated(let epoch): move(to: epoch)
        case .skipped: advance(by: Self.day - civil.hour * 3600)
        }
    }

    private var startOfNextMonth: Int {
        civil.month == 12
            ? instant(CivilDay.number(year: civil.year + 1, month: 1, day: 1))
            : instant(CivilDay.number(year: civil.year, month: civil.month + 1, day: 1))
    }

    /// When a day begins. Where its midnight is skipped or repeated, for which fugit raises an error, at its first
    /// instant.
    private func instant(_ day: Int) -> Int {
        switch zone.instants(ofLocal: local(day)) {
        case .once(let epoch), .repeated(let epoch), .skipped(let epoch, _): epoch
        }
    }

    /// Midnight as the process reads it: later, if the clocks of its own zone skip it.
    private func local(_ day: Int) -> Int {
        guard case .skipped(_, let gap) = home.instants(ofLocal: day * Self.day) else { return day * Self.day }
        return day * Self.day + gap
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

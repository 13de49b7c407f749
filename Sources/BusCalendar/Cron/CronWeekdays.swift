import BusWire

/// The days of the week on which a line of cron fires.
struct CronWeekdays: Hashable {
    /// In which weeks a weekday counts.
    enum Weeks: Hashable {
        case all
        /// The nth such day of the month, from its end if negative.
        case nth(Int)
        /// Those whose number (see ``CronWalk``) plus `added` is divisible by `divisor`.
        case each(divisor: Int, added: Int)
    }

    /// By weekday, 0 is Sunday.
    private(set) var weeks: [Weeks?] = Array(repeating: nil, count: 7)

    /// - Returns: nothing if the field restricts nothing.
    init?(_ text: Substring) throws(ScheduleError) {
        for element in text.split(separator: ",", omittingEmptySubsequences: false) {
            var scan = ByteScanner(element)
            for (weekday, weeks) in try Self.element(&scan) { try add(weekday % 7, weeks) }
            guard scan.isAtEnd else { throw Self.leftOver(scan.rest) }
        }
        if weeks.allSatisfy({ $0 == nil }) { return nil }
    }

    /// How many weeks there are from a numbered one, the week before it, or the one after it, at least, to one that
    /// counts; nil where some weekday does not count by the numbers of weeks.
    func weeks(from week: Int) -> Int? {
        var least: Int?
        for case let chosen? in weeks {
            guard case .each(let divisor, let added) = chosen else { return nil }
            for near in week - 1...week + 1 {
                let remainder = (near + added) % divisor
                let distance = remainder == 0 ? 0 : remainder < 0 ? -remainder : divisor - remainder
                least = min(least ?? .max, distance)
            }
        }
        return least
    }

    static func canRead(_ text: Substring) -> Bool {
        do {
            _ = try CronWeekdays(text)
            return true
        } catch {
            return false
        }
    }

    private static func element(_ scan: inout ByteScanner) throws(ScheduleError) -> [(Int, Weeks)] {
        let field = CronField.weekdays
        let term = try CronTerm(&scan, in: field)
        if let day = term.first, term.last == nil, term.step == nil {
            if scan.skip("#") { return [(day, .nth(try nth(&scan)))] }
            if scan.skip("%") { return [(day, try divisor(&scan))] }
        }
        if let step = term.step {
            // Unlike elsewhere a range with a step does not wrap, and a step after one day gives that day.
            let first = term.first ?? 0
            let last = term.last ?? term.first ?? 6
            return stride(from: first, through: last, by: max(1, step)).map { ($0, .all) }
        }
        guard let first = term.first else { return [] }
        let last = term.last ?? first
        return (first...(first > last ? last + 7 : last)).map { ($0, .all) }
    }

    private static func nth(_ scan: inout ByteScanner) throws(ScheduleError) -> Int {
        if scan.word(of: ["last", "l"]) != nil { return -1 }
        let isNegative = scan.skip("-")
        let digits = scan.digits()
        guard let number = Int(digits), digits.utf8.count == 1, 1...5 ~= number else {
            throw ScheduleError("After # goes the week of the month: 1 to 5, -1 to -5, or L for the last.")
        }
        return isNegative ? -number : number
    }

    /// Two thousand years.
    private static let mostWeeks = 99_999

    private static func divisor(_ scan: inout ByteScanner) throws(ScheduleError) -> Weeks {
        guard let divisor = scan.number(), 1...mostWeeks ~= divisor else {
            throw ScheduleError("After % goes a number of weeks from 1 to \(mostWeeks): mon%2 for every other Monday.")
        }
        guard scan.skip("+") else { return .each(divisor: divisor, added: 0) }
        guard let added = scan.number(), added <= mostWeeks else {
            throw ScheduleError(
                "After + goes a number of weeks up to \(mostWeeks): mon%2+1 for every other Monday, from the next one "
                    + "on."
            )
        }
        return .each(divisor: divisor, added: added % divisor)
    }

    /// Of several entries for a weekday fugit minds only one: the whole weekday, else the lowest number.
    private mutating func add(_ weekday: Int, _ new: Weeks) throws(ScheduleError) {
        switch (weeks[weekday], new) {
        case (nil, _), (_, .all): weeks[weekday] = new
        case (.all, _): break
        case (.nth(let old), .nth(let number)): weeks[weekday] = .nth(min(old, number))
        case (.each(let old, let oldAdded), .each(let divisor, let added)):
            if (divisor, added) < (old, oldAdded) { weeks[weekday] = new }
        case (.nth, .each), (.each, .nth):
            throw ScheduleError("The days of the week have both # and % for one day; write one of them.")
        }
    }

    private static func leftOver(_ rest: String) -> ScheduleError {
        rest.hasPrefix("L") || rest.hasPrefix("l")
            ? ScheduleError("The days of the week cannot be read: for the last Friday of the month write 5#L.")
            : ScheduleError(
                "The days of the week cannot be read: '\(rest.abbreviated)' is left over; names have three letters.")
    }
}

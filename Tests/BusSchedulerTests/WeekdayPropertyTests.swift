import BusCalendar
import BusScheduler
import BusWire
import Testing

/// The weekdays of 2020 to 2040 that lines of cron choose, against the calendar.
@Suite(.timeLimit(.minutes(3))) struct WeekdayPropertyTests {
    private static let years = 2020...2040

    /// Clocks that change at each hour of the night, by half an hour and by two, by day, and not at all.
    static let zones = [
        "UTC", "EST", "CET", "Europe/Paris", "Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Stockholm",
        "Europe/Volgograd", "America/New_York", "America/Havana", "America/Santiago", "America/Sao_Paulo",
        "America/Asuncion", "America/St_Johns", "America/Nuuk", "America/Mexico_City",
        "America/Argentina/Buenos_Aires", "Africa/Cairo", "Africa/Casablanca", "Africa/Juba", "Antarctica/Troll",
        "Asia/Gaza", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Asia/Tokyo", "Australia/Lord_Howe",
        "Australia/Sydney", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia",
    ]

    /// Each weekday has each number in turn, so that seven lines have them all.
    private static let numbers = [1, 2, 3, 4, 5, -1, -2]

    @Test(arguments: zones)
    func nthWeekdaysAreThoseOfTheCalendar(name: String) throws {
        let directory = Fixtures.zones
        let zone = try directory.zone(named: name)
        for shift in Self.numbers.indices {
            let nth = (0..<7).map { Self.numbers[($0 + shift) % Self.numbers.count] }
            let field = nth.enumerated().map { "\($0.offset)#\($0.element)" }.joined(separator: ",")
            let line = try CronExpression("30 18 * * \(field)", zones: directory)
            let expected = Self.days.filter { day in
                let number = nth[day.weekday]
                return number > 0 ? (day.day + 6) / 7 == number : (day.daysInMonth - day.day) / 7 + 1 == -number
            }
            #expect(Self.dates(of: line, in: zone) == expected.map(\.date), "\(line) in \(name)")
        }
    }

    /// All but Mondays, of which et-orbi counts those to the week before on which noon comes an hour sooner.
    @Test(arguments: zones)
    func everyNthWeekIsSoManyDaysOn(name: String) throws {
        let directory = Fixtures.zones
        let zone = try directory.zone(named: name)
        for divisor in [2, 3] {
            let field = [2, 3, 4, 5, 6, 0].map { "\($0)%\(divisor)+1" }.joined(separator: ",")
            let line = try CronExpression("30 18 * * \(field)", zones: directory)
            // Weeks are counted from Monday, December 31, 2018, which is day 17 896.
            let expected = Self.days.filter { $0.weekday != 1 && (($0.number - 17896) / 7 + 1) % divisor == 0 }
            #expect(Self.dates(of: line, in: zone) == expected.map(\.date), "\(line) in \(name)")
        }
    }

    @Test func thirtyZonesAndMore() {
        #expect(Set(Self.zones).count == Self.zones.count && Self.zones.count >= 30)
        #expect(Self.days.count == 7671)
    }

    /// A day, found by counting from one to the next.
    private struct Day {
        /// Since 1970.
        let number: Int
        let year: Int
        let month: Int
        let day: Int
        let weekday: Int
        let daysInMonth: Int

        var date: String { "\(year)-\(month)-\(day)" }
    }

    private static let days: [Day] = {
        var days: [Day] = []
        // January 1, 2020 was a Wednesday, 18 262 days after January 1, 1970.
        var number = 18262
        for year in years {
            let isLeap = year % 4 == 0
            for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 1...length {
                    days.append(
                        Day(
                            number: number, year: year, month: index + 1, day: day, weekday: (number - 18262 + 3) % 7,
                            daysInMonth: length))
                    number += 1
                }
            }
        }
        return days
    }()

    /// The local dates on which a line fires, at the time that it says.
    private static func dates(of line: CronExpression, in zone: ZoneRules) -> [String] {
        // The last second of 2019.
        let start = 18262 * 86400 - 1
        var dates: [String] = []
        var time = start - zone.offset(at: start)
        while let next = line.next(after: time, zone: zone) {
            let civil = CivilTime(epoch: next, offset: zone.offset(at: next))
            guard civil.year <= years.upperBound else { break }
            dates.append("\(civil.year)-\(civil.month)-\(civil.day)")
            #expect((civil.hour, civil.minute) == (18, 30))
            time = next
        }
        return dates
    }
}

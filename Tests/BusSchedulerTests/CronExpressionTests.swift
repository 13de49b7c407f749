import BusCalendar
import BusScheduler
import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct CronExpressionTests {
    /// What fugit 1.5.2 makes of odd lines, written plainly.
    @Test(arguments: [
        ("0 0 * * 1/2", "0 0 * * 1"), ("0 0 * * 5-1/2", "0 0 * * *"), ("0 0 * * *,1", "0 0 * * 1"),
        ("0 0 * * 2#3,2#1", "0 0 * * 2#1"), ("0 0 * * 2#3,2", "0 0 * * 2"), ("0 */1 * * *", "0 * * * *"),
        ("5/1 0 * * *", "5 0 * * *"), ("*,5 0 * * *", "* 0 * * *"), ("0 0 5--2 * *", "0 0 5-31 * *"),
        ("0 0 * * 5-7", "0 0 * * 5,6,0"), ("0 0-24/5 * * *", "0 0,5,10,15,20 * * *"), ("0 24-2 * * *", "0 0-2 * * *"),
        ("0 0 -1--2 * *", "0 0 1-31 * *"), ("0 0 31 2,3 *", "0 0 31 3 *"), ("/20 * * * *", "0,20,40 * * * *"),
        ("@noon", "0 12 * * *"), ("0 0 * * */0", "0 0 * * 0-6"),
    ])
    func oddLineIsLikePlainOne(odd: String, plain: String) throws {
        let zones = Fixtures.zones
        let (odd, plain) = (try CronExpression(odd, zones: zones), try CronExpression(plain, zones: zones))
        var time = 1_750_000_000
        for _ in 0..<200 {
            let next = try #require(plain.next(after: time, zone: .utc))
            #expect(odd.next(after: time, zone: .utc) == next)
            time = next
        }
    }

    @Test(arguments: [
        ("60 * * * *", "The minutes go from 0 to 59, so 60 is none of them."),
        ("0 0 ? * *", "The days of the month cannot be read: write * instead of ?."),
        ("H * * * *", "The minutes cannot be read: H is not supported, write the number itself."),
        ("0 0 15W * *", "The days of the month cannot be read: 'W' is left over; W is not supported."),
        ("0 0 * * 5L", "The days of the week cannot be read: for the last Friday of the month write 5#L."),
        ("0 0 30 2 *", "No month that is written has a day that is written."),
        ("*/0 * * * *", "The minutes have a step of 0; write 1 or more."),
        (
            "0 0 * * mon%9223372036854775807+9223372036854775806",
            "After % goes a number of weeks from 1 to 99999: mon%2 for every other Monday."
        ),
        (
            "0 0 * * * Europe/Nowhere",
            "'Europe/Nowhere' is not a time zone; write a name such as Europe/Paris or an offset such as +05:45."
        ),
        ("0 0 * * * europe/paris", "'europe/paris' is not a time zone; write Europe/Paris."),
        ("0 0 0 * * monday", "The days of the week cannot be read: 'day' is left over; names have three letters."),
        (
            "0 0 * * * UTC-12",
            "'UTC-12' is not a time zone; write a name such as Europe/Paris or an offset such as +05:45."
        ),
        ("0 0 * * * UTC+3", "'UTC+3' is not a time zone; write the offset alone: +03:00."),
        ("0 0 * * 1#2,1%2", "The days of the week have both # and % for one day; write one of them."),
        ("@reboot", "'@reboot' is not known; write @hourly, @daily, @weekly, @monthly or @yearly."),
    ])
    func refusalSaysWhatToWrite(text: String, sentence: String) {
        let error = #expect(throws: ScheduleError.self) { try CronExpression(text, zones: Fixtures.zones) }
        #expect(error?.description == sentence)
    }

    @Test func daysOfMonthAndWeekAreEitherEnough() throws {
        let line = try CronExpression("0 0 13 * fri", zones: Fixtures.zones)
        var time = 1_767_225_600  // Thursday, January 1, 2026
        var days: [Int] = []
        for _ in 0..<5 {
            time = try #require(line.next(after: time, zone: .utc))
            days.append(CivilTime(epoch: time).day)
        }
        #expect(days == [2, 9, 13, 16, 23])
    }

    @Test func zoneOfTheLineWins() throws {
        let zones = Fixtures.zones
        let line = try CronExpression("0 0 12 * * * Europe/Parisian", zones: zones)
        #expect(line.zone?.name == "Europe/Paris")
        let tokyo = try zones.zone(named: "Asia/Tokyo")
        #expect(line.next(after: 1_767_225_600, zone: tokyo) == 1_767_265_200)
        #expect(try CronExpression("0 0 * * * -00:30", zones: zones).zone?.offset(at: 0) == 1800)
    }

    @Test func leapDaysAreFoundFarAway() throws {
        let line = try CronExpression("0 0 29 2 *", zones: Fixtures.zones)
        let last = 3_981_312_000  // February 29, 2096
        #expect(line.next(after: last - 1, zone: .utc) == last)
        #expect(line.next(after: last, zone: .utc) == 4_233_686_400)
        #expect(line.previous(atOrBefore: 4_233_686_399, zone: .utc) == last)
    }

    @Test func whatNeverComesIsNil() throws {
        let line = try CronExpression("0 0 -31 2 *", zones: Fixtures.zones)
        #expect(line.next(after: 0, zone: .utc) == nil)
        #expect(line.previous(atOrBefore: 1_800_000_000, zone: .utc) == nil)
        let daily = try CronExpression("@daily", zones: Fixtures.zones)
        #expect(daily.next(after: .max, zone: .utc) == nil)
        #expect(daily.previous(atOrBefore: .min, zone: .utc) == nil)
    }

    @Test func previousIncludesTheTimeItself() throws {
        let line = try CronExpression("*/10 * * * * *", zones: Fixtures.zones)
        #expect(line.previous(atOrBefore: 1_700_000_000, zone: .utc) == 1_700_000_000)
        #expect(line.previous(atOrBefore: 1_700_000_009, zone: .utc) == 1_700_000_000)
    }
}

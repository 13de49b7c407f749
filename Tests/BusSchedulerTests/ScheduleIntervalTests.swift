import BusCalendar
import Testing

/// Beyond the reference vectors; each value is fugit's.
@Suite(.timeLimit(.minutes(1))) struct ScheduleIntervalTests {
    @Test(arguments: [
        ("-1h30m", -5400), ("-1h 30m", -1800), ("1h+30m15s-2s3s", 5410), ("5dAND3h", 442_800), ("1h,,30m", 5400),
        ("1h and and 3s", 3603), ("5.", 5), ("P", 0), ("P-1DT5H", -68400), ("PT1M1M", 120), ("P1M1Y", 34_128_000),
        ("p1dt.5s", 86400.5), ("5month", 12_960_000), ("\u{0} 5m\u{0}", 300), ("0.1h0.2h", 1080.0000000000002),
    ])
    func reads(text: String, seconds: Double) throws {
        #expect(try ScheduleInterval(text).seconds == seconds)
    }

    @Test(arguments: [
        "5Months", "2h,", ",2h", "PT", "-", "2h -", "and 3s", "1h\n30m", "5 \tm", "1.5.5h", "PT1.5H", "5mo",
    ])
    func refuses(text: String) {
        #expect(throws: ScheduleError.self) { try ScheduleInterval(text) }
    }

    @Test func refusalSaysWhatToWrite() {
        let error = #expect(throws: ScheduleError.self) { try ScheduleInterval("5x") }
        #expect(error?.description == "'5x' is not a duration; write for example 30s, 5m, 1h30m or 2 weeks.")
    }
}

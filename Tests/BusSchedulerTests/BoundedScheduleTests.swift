import BusCalendar
import BusProtocol
import BusScheduler
import BusWire
import Testing

/// Schedules that begin or end at a certain time, or fire a number of times only; whoever leads, and however often that
/// changes. Times are in seconds here.
@Suite(.timeLimit(.minutes(1))) struct BoundedScheduleTests {
    private static let start = 1_796_000_523

    /// One schedule, what Redis has of it, and the leader of the moment.
    private struct Bench {
        let entry: ScheduleEntry
        private var timetable: Timetable
        private let zone: ZoneRules
        private(set) var state: String?
        var enqueued: String?
        private(set) var now = start

        init(_ members: JSONValue, zone: String = "UTC") throws {
            var warnings: [ScheduleWarning] = []
            entry = try ScheduleEntry(
                name: "s", definition: members.setting("queue", to: "q"), zones: Fixtures.zones, warnings: &warnings)
            self.zone = try Fixtures.zones.zone(named: zone)
            timetable = Timetable(zone: self.zone)
        }

        /// Another scheduler leads now.
        mutating func restart(isPaused: Bool = false) {
            timetable.load(
                [entry], states: state.map { ["s": $0] } ?? [:], enqueued: enqueued.map { ["s": $0] } ?? [:],
                paused: isPaused ? ["s"] : [])
        }

        /// Leads until a time; the firings meanwhile, relative to the start, with a look at the time of each.
        mutating func lead(until end: Int) -> [Int] {
            var fired: [Int] = []
            while let next = timetable.next, max(now * 1000, next) <= (start + end) * 1000 {
                now = max(now, (next + 999) / 1000)
                fired += look()
            }
            now = max(now, start + end)
            return fired
        }

        /// Nobody leads until a time.
        mutating func pass(until end: Int) { now = start + end }

        private mutating func look() -> [Int] {
            var fired: [Int] = []
            for step in timetable.steps(now: now * 1000, believed: now * 1000, limit: 1000) {
                _ = timetable.answered(step, .done, now: now * 1000)
                switch step {
                case .note(_, let note, _): state = note.text
                case .fire(_, let noted, _, _):
                    state = noted.text
                    fired.append(noted.last / 1000 - start)
                }
            }
            return fired
        }

        /// The same of another timing, on what Redis has.
        func changed(to members: JSONValue) throws -> Bench {
            var other = try Bench(members)
            other.state = state
            other.now = now
            return other
        }
    }

    @Test func firingsAreCountedAcrossLeaders() throws {
        for catchUp in CatchUp.allCases {
            var bench = try Bench(["every": ["10s", ["times": 3]], "catch_up": .string(catchUp.rawValue)])
            bench.restart()
            #expect(bench.lead(until: 15) == [10], "\(catchUp)")
            bench.restart()
            #expect(bench.lead(until: 25) == [20], "\(catchUp)")
            bench.restart()
            #expect(bench.lead(until: 1000) == [30], "\(catchUp)")
            bench.restart()
            #expect(bench.lead(until: 2000) == [], "\(catchUp)")
        }
    }

    @Test func missedFiringsCountOnlyWhenTheyTakePlace() throws {
        func fired(_ catchUp: String) throws -> [Int] {
            var bench = try Bench(["cron": ["*/10 * * * * *", ["times": 4]], "catch_up": .string(catchUp)])
            bench.restart()
            let early = bench.lead(until: 8)
            bench.pass(until: 100)
            bench.restart()
            return early + bench.lead(until: 300)
        }
        // The start is three seconds after a minute.
        #expect(try fired("latest") == [7, 97, 107, 117])
        #expect(try fired("all") == [7, 17, 27, 37])
        #expect(try fired("skip") == [7, 97, 107, 117])
    }

    @Test func whatIsPausedDoesNotCount() throws {
        var bench = try Bench(["every": ["10s", ["times": 2]]])
        bench.restart(isPaused: true)
        #expect(bench.lead(until: 35) == [])
        bench.restart()
        #expect(bench.lead(until: 1000) == [40, 50])
    }

    /// Of what Ruby fires no more is known than when it was.
    @Test func whatRubyHasFiredMeanwhileCountsOnce() throws {
        var bench = try Bench(["cron": ["0 * * * *", ["times": 3]]])
        bench.restart()
        #expect(bench.lead(until: 4000) == [3477])
        bench.enqueued = CivilTime(epoch: Self.start + 3477 + 3600).rubyText
        bench.pass(until: 7100)
        bench.restart()
        #expect(bench.lead(until: 100_000) == [3477 + 7200])
    }

    @Test func anotherNumberOfTimesBeginsAnew() throws {
        var bench = try Bench(["every": ["10s", ["times": 1]]])
        bench.restart()
        #expect(bench.lead(until: 100) == [10])
        bench = try bench.changed(to: ["every": ["10s", ["times": 2]]])
        bench.restart()
        #expect(bench.lead(until: 200) == [110, 120])
    }

    /// The clock was years ahead for a moment.
    @Test func aClockThatWasAheadDoesNotMakeItFireAgain() throws {
        let every = try Bench(["every": ["10s", ["times": 2]]])
        let firings = FiringSequence(timing: every.entry.timing, zone: .utc)
        let state = FiringState(
            last: 9_000_000_000_000, fingerprint: firings.timing.fingerprint, anchor: 8_999_999_990_000, fired: 2)
        let now = Self.start * 1000
        let clamped = FiringPlan(firings: firings, state: state, now: now, seen: nil, catchUp: .latest)
        #expect(clamped.note?.fired == 2 && clamped.next == nil)
        let later = FiringPlan(firings: firings, state: clamped.note, now: now + 60_000, seen: nil, catchUp: .latest)
        #expect(later.due == [])
    }

    @Test func anEndIsCountedFromTheFirstSight() throws {
        for timing: JSONValue in [
            ["every": ["10s", ["last_in": "35s"]]], ["cron": ["3,13,23,33,43,53 * * * * *", ["last_in": "35s"]]],
        ] {
            var bench = try Bench(timing)
            bench.restart()
            #expect(bench.lead(until: 15) == [10])
            bench.restart()
            #expect(bench.lead(until: 1000) == [20, 30])
            bench.restart()
            #expect(bench.lead(until: 2000) == [])
        }
    }

    @Test func aFiringBeforeTheEndTakesPlaceLate() throws {
        var bench = try Bench(["every": ["10s", ["last_in": "35s"]]])
        bench.restart()
        #expect(bench.lead(until: 5) == [])
        bench.pass(until: 1000)
        bench.restart()
        #expect(bench.lead(until: 2000) == [30])
    }

    /// Ruby's scheduler does not start then.
    @Test func aFirstTimeThatHasPassedLeavesTheOthers() throws {
        var every = try Bench(["every": ["1h", ["first_at": "2026-11-30T00:02:13Z"]]])
        every.restart()
        #expect(every.lead(until: 4000) == [10, 3610])
        var cron = try Bench(["cron": ["0 * * * *", ["first_at": "2026-11-30T00:02:13Z"]]])
        cron.restart()
        #expect(cron.lead(until: 4000) == [3477])
        var over = try Bench(["every": ["1h", ["last_at": "2026-11-30T00:02:13Z"]]])
        over.restart()
        #expect(over.lead(until: 4000) == [])
    }

    @Test func aLineOfCronBeginsAtATimeThatItDoesNotHave() throws {
        var bench = try Bench(["cron": ["0 * * * *", ["first_in": "90m"]]])
        bench.restart()
        #expect(bench.lead(until: 100) == [])
        bench.restart()
        #expect(bench.lead(until: 10_000) == [5400, 7077])
    }

    /// 28 March 2027, 02:30 is left out in Paris; 31 October 2027, 02:30 comes twice.
    @Test(arguments: [("2027-03-28 02:30", "2027-03-28T01:00:00Z"), ("2027-10-31 02:30", "2027-10-31T00:30:00Z")])
    func aLocalTimeThatClocksSkipOrRepeatIsTheFirstInstant(_ example: (local: String, instant: String)) throws {
        var bench = try Bench(
            ["every": ["1d", ["first_at": .string(example.local), "times": 1]]], zone: "Europe/Paris")
        bench.restart()
        let fired = bench.lead(until: 400 * 86400)
        #expect(fired.map { CivilTime(epoch: $0 + Self.start).isoText } == [example.instant])
    }

    @Test func whatComesIsShownWithinTheBounds() throws {
        func upcoming(_ options: JSONValue, state: FiringState? = nil) throws -> [Int] {
            let timing = try Bench(["every": ["10s", options]]).entry.timing
            var state = state
            state?.fingerprint = timing.fingerprint
            return FiringSequence(timing: timing, zone: .utc).upcoming(3, after: 1_000_000, state: state).map {
                $0 / 1000
            }
        }
        #expect(try upcoming(["times": 2]) == [1010, 1020])
        #expect(try upcoming(["last_in": "15s"]) == [1010])
        let noted = FiringState(last: 990_000, fingerprint: "", anchor: 0, end: 1_005_000, fired: 2)
        #expect(try upcoming(["times": 3], state: noted) == [])
        #expect(try upcoming(["times": 2], state: noted) == [])
        #expect(try upcoming(["last_in": "15s"], state: noted) == [])
    }

    /// Noted by those who did not know of any bounds.
    @Test func withoutBoundsTheStateIsAsItAlwaysWas() throws {
        var bench = try Bench(["every": ["10s", ["first_in": "5s"]]])
        bench.restart()
        #expect(bench.lead(until: 5) == [5])
        #expect(bench.state == "\(Self.start + 5)000 every:10000:5000 \(Self.start + 5)000")
    }

    @Test(arguments: [
        (#"["1h",{"times":"2"}]"#, "'times' must be a whole number."),
        (#"["1h",{"first_in":"-1s"}]"#, "'-1s' is out of range; write a time between 0s and 100y."),
        (#"["1h",{"last_in":0}]"#, "'last_in' leaves no time; write a longer one."),
        (#"["1h",{"first_at":"2026-02-30"}]"#, "'2026-02-30' is not a date and time that exists."),
        (#"["1h",{"last_at":"1969-12-31"}]"#, "'1969-12-31' is out of range; write a time after 1970."),
        (#"["1h",{"last_at":["2030-01-01"]}]"#, "'last_at' must be a text, such as 5m or 2026-11-30 04:31."),
        (
            #"["1h",{"last_at":"04:31"}]"#,
            "'04:31' is no time for last_at; write a duration (5m) or a date (2026-11-30 04:31)."
        ),
        (
            #"["1h",{"timeout":"long"}]"#,
            "'long' is no time for timeout; write a duration (5m) or a date (2026-11-30 04:31)."
        ),
    ])
    func refusals(every: String, reason: String) throws {
        let value = try JSONValue.parse(every)
        #expect(throws: ScheduleError.self) { try Bench(["every": value]) }
        do { _ = try Bench(["every": value]) } catch { #expect("\(error)" == reason) }
    }
}

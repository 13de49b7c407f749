import BusWire
import Testing

@testable import BusCalendar

/// What a leader makes of `delayed:last_enqueued_at`, the only note that a Ruby scheduler leaves. Times are in seconds
/// here.
@Suite(.timeLimit(.minutes(1))) struct EnqueuedTests {
    private static func cron(_ line: String, zone: String = "UTC") throws -> FiringSequence {
        FiringSequence(
            timing: .cron(try CronExpression(line, zones: Fixtures.zones)), zone: try Fixtures.zones.zone(named: zone))
    }

    /// The plan of a leader that takes over.
    private func plan(
        _ firings: FiringSequence, noted: Int?, anchor: Int? = nil, enqueued: Int?, now: Double,
        catchUp: CatchUp = .latest
    ) -> FiringPlan {
        let state = noted.map {
            FiringState(last: $0 * 1000, fingerprint: firings.timing.fingerprint, anchor: anchor.map { $0 * 1000 })
        }
        return FiringPlan(
            firings: firings, state: state, enqueued: enqueued.map { $0 * 1000 }, now: Int(now * 1000), seen: nil,
            catchUp: catchUp)
    }

    private static let eachTwentySeconds = "*/20 * * * * *"

    @Test(arguments: CatchUp.allCases) func whatRubyHasFiredDoesNotFireAgain(catchUp: CatchUp) throws {
        let firings = try Self.cron(Self.eachTwentySeconds)
        let plan = plan(firings, noted: 0, enqueued: 20, now: 25, catchUp: catchUp)
        #expect(plan.due == [])
        #expect(plan.note == FiringState(last: 20_000, fingerprint: firings.timing.fingerprint, anchor: nil))
        #expect(plan.next == 40_000)
        #expect(plan.remark == nil)
    }

    @Test(arguments: CatchUp.allCases) func theFiringAfterItTakesPlaceOnce(catchUp: CatchUp) throws {
        let firings = try Self.cron(Self.eachTwentySeconds)
        let plan = plan(firings, noted: 0, enqueued: 21, now: 41, catchUp: catchUp)
        #expect(plan.due == [40_000])
        #expect(plan.next == 60_000)
    }

    @Test func withoutANoteOfRubysTheFiringTakesPlace() throws {
        let firings = try Self.cron(Self.eachTwentySeconds)
        #expect(plan(firings, noted: 0, enqueued: nil, now: 25).due == [20_000])
        #expect(plan(firings, noted: 0, enqueued: nil, now: 41, catchUp: .all).due == [20_000, 40_000])
    }

    /// It is what this kind of scheduler has written itself, or older.
    @Test(arguments: [-86_400, 0, 1, 9]) func theLeadersOwnNoteCountsWhenItIsLater(enqueued: Int) throws {
        let plan = plan(try Self.cron(Self.eachTwentySeconds), noted: 0, enqueued: enqueued, now: 25)
        #expect(plan.due == [20_000] && plan.note == nil && plan.remark == nil)
    }

    /// Half of the interval for a clock that is behind, nearly a whole one for a job that was pushed late.
    @Test(arguments: [(9, false), (10, true), (20, true), (29, true), (39, true), (40, true)])
    func ofShortIntervalsHalfIsTolerated(enqueued: Int, isFired: Bool) throws {
        let plan = plan(try Self.cron(Self.eachTwentySeconds), noted: 0, enqueued: enqueued, now: 39.9)
        #expect(plan.due == (isFired ? [] : [20_000]))
    }

    @Test(arguments: [(-61, false), (-60, true), (-1, true), (0, true), (1, true), (3599, true)])
    func ofLongOnesAMinuteIs(offset: Int, isFired: Bool) throws {
        let (firing, now) = (86_400, 86_400 + 3600.0)
        for line in ["0 0 * * *", "0 * * * *"] {
            let firings = try Self.cron(line)
            let noted = try #require(firings.last(atOrBefore: firing * 1000 - 1, anchor: nil)) / 1000
            let plan = plan(firings, noted: noted, enqueued: firing + offset, now: now - 1)
            #expect(plan.due == (isFired ? [] : [firing * 1000]), "\(line)")
        }
    }

    /// The clock of the Ruby machine is ahead: it has fired what is not due here yet.
    @Test func aFiringOfTheFutureWasRubysIfTheTimeIsNotBeforeIt() throws {
        let nightly = try Self.cron("0 0 * * *")
        let ahead = plan(nightly, noted: 0, enqueued: 86_401, now: 86_400 - 59)
        #expect(ahead.due == [] && ahead.next == 172_800_000 && ahead.remark == nil)
        #expect(ahead.note?.last == 86_400_000)
        // It is of the firing before.
        let late = plan(nightly, noted: -86_400, enqueued: 86_399, now: 86_399.5)
        #expect(late.due == [] && late.note?.last == 0 && late.next == 86_400_000)
    }

    @Test func atFirstSightOnlySuchAFiringIsPassedOver() throws {
        let nightly = try Self.cron("0 0 * * *")
        let ahead = plan(nightly, noted: nil, enqueued: 86_400, now: 86_400 - 30)
        #expect(ahead.note?.last == 86_400_000 && ahead.next == 172_800_000)
        // What fired a year ago may have been removed, and set anew a moment ago.
        for enqueued in [-31_536_000, 0, 86_369] {
            let plan = plan(nightly, noted: nil, enqueued: enqueued, now: 86_400 - 30)
            #expect(plan.due == [] && plan.note?.last == 86_370_000 && plan.next == 86_400_000 && plan.remark == nil)
        }
    }

    @Test func aTimeBeyondTheToleranceIsIgnoredAndSaidOnce() throws {
        for (line, tolerance) in [(Self.eachTwentySeconds, 10), ("0 * * * *", 60)] {
            let firings = try Self.cron(line)
            #expect(plan(firings, noted: 0, enqueued: 3600 + tolerance, now: 3600).due == [])
            for enqueued in [3601 + tolerance, 86_400, 253_402_300_799] {
                let plan = plan(firings, noted: 0, enqueued: enqueued, now: 3600)
                #expect(plan.due == [3_600_000], "\(line)")
                #expect(plan.remark == .incredible)
            }
        }
        #expect(plan(try Self.cron("0 * * * *"), noted: nil, enqueued: 9000, now: 3600).remark == .incredible)
    }

    /// Ruby counts intervals from the start of its process, so each of its firings counts as the nearest of ours.
    @Test(arguments: [(9, [20]), (10, []), (29, []), (30, [])], CatchUp.allCases)
    func ofIntervalsTheNearestFiringWasRubys(_ example: (enqueued: Int, due: [Int]), catchUp: CatchUp) {
        let firings = FiringSequence(timing: .every(interval: 20_000, firstIn: 20_000), zone: .utc)
        let plan = plan(firings, noted: 0, anchor: 0, enqueued: example.enqueued, now: 29, catchUp: catchUp)
        #expect(plan.due == example.due.map { $0 * 1000 })
    }

    /// Else it would fire a moment after Ruby.
    @Test func soWasOneThatFallsDueAMomentLater() {
        let firings = FiringSequence(timing: .every(interval: 3_600_000, firstIn: 0), zone: .utc)
        for now in [3541.0, 3599, 3600, 3601] {
            let plan = plan(firings, noted: 0, anchor: 0, enqueued: 3540, now: now)
            #expect(plan.due == [] && plan.next == 7_200_000)
        }
        #expect(plan(firings, noted: 0, anchor: 0, enqueued: 3539, now: 3541).next == 3_600_000)
        #expect(plan(firings, noted: 0, anchor: 0, enqueued: 3539, now: 3600).due == [3_600_000])
    }

    @Test func anIntervalBeginsWithoutRegardToAnOlderOne() {
        let firings = FiringSequence(timing: .every(interval: 3_600_000, firstIn: 5000), zone: .utc)
        let plan = plan(firings, noted: nil, enqueued: 110, now: 100)
        #expect(plan.note == FiringState(last: 100_000, fingerprint: "every:3600000:5000", anchor: 105_000))
        #expect(plan.next == 105_000)
    }

    /// 25 October 2026: between 02:00 and 03:00 the clock of Paris shows each time twice. 29 March: 02:30 is left out.
    @Test func aChangeOfTheClocksChangesNothing() throws {
        let half = try Self.cron("*/30 * * * *", zone: "Europe/Paris")
        let first = try #require(RubyTime.epoch("2026-10-25 02:30:00 +0200"))
        let second = try #require(RubyTime.epoch("2026-10-25 02:30:00 +0100"))
        #expect(second - first == 3600)
        let noted = first - 1800
        #expect(plan(half, noted: noted, enqueued: first, now: Double(first + 1800)).due == [(first + 1800) * 1000])
        #expect(plan(half, noted: noted, enqueued: second, now: Double(second + 5)).due == [])

        let nightly = try Self.cron("30 2 * * *", zone: "Europe/Paris")
        let before = try #require(RubyTime.epoch("2026-03-28 02:30:01 +0100"))
        let after = try #require(RubyTime.epoch("2026-03-30 02:30:01 +0200"))
        #expect(plan(nightly, noted: before - 86_401, enqueued: before, now: Double(after - 60)).due == [])
        #expect(plan(nightly, noted: before - 86_401, enqueued: before, now: Double(after)).due == [(after - 1) * 1000])
        #expect(plan(nightly, noted: before - 86_401, enqueued: after, now: Double(after + 9)).due == [])
    }

    // MARK: - What a leader of ours writes

    /// Else the next leader of ours would believe in a firing that never was.
    @Test(arguments: CatchUp.allCases) func whatALateLeaderWritesIsNoLaterFiring(catchUp: CatchUp) throws {
        let every = FiringSequence(timing: .every(interval: 300, firstIn: 300), zone: .utc)
        for firings in [try Self.cron(Self.eachTwentySeconds), try Self.cron("0 * * * *"), every] {
            let confused = stride(from: 300, to: 8_000_000, by: 99_999).flatMap { now in
                Self.confused(firings, lateAt: now, catchUp: catchUp)
            }
            #expect(confused == [])
        }
    }

    /// The firings of which a late leader writes a time that changes what the next leader does.
    private static func confused(_ firings: FiringSequence, lateAt now: Int, catchUp: CatchUp) -> [Int] {
        func plan(_ last: Int, enqueued: Int?, now: Int) -> FiringPlan {
            let state = FiringState(
                last: last, fingerprint: firings.timing.fingerprint, anchor: firings.isCron ? nil : 0)
            return FiringPlan(firings: firings, state: state, enqueued: enqueued, now: now, seen: nil, catchUp: catchUp)
        }
        let late = plan(0, enqueued: nil, now: now)
        return late.due.enumerated().filter { index, firing in
            let following = index + 1 < late.due.count ? late.due[index + 1] : late.next
            let written = firings.enqueued(firing, before: following, now: now) / 1000 * 1000
            return [now, now + 20_000, now + 7_200_000].contains {
                plan(firing, enqueued: written, now: $0) != plan(firing, enqueued: nil, now: $0)
            }
        }.map(\.element)
    }

    @Test func whenItFiresInTimeItWritesThePresent() throws {
        let nightly = try Self.cron("0 0 * * *")
        #expect(nightly.enqueued(0, before: 86_400_000, now: 1999) == 1000)
        #expect(nightly.enqueued(0, before: 86_400_000, now: 80_000_123) == 80_000_000)
        #expect(nightly.enqueued(0, before: 86_400_000, now: 86_340_000) == 0)
        #expect(nightly.enqueued(0, before: nil, now: 86_400_000) == 86_400_000)
    }
}

import BusCalendar
import Testing

/// What is fired, noted and said at one moment. Times are in seconds here.
@Suite(.timeLimit(.minutes(1))) struct FiringPlanTests {
    private let hourly: FiringSequence
    private let fingerprint = "cron:0_*_*_*_*"

    init() throws {
        hourly = FiringSequence(timing: .cron(try CronExpression("0 * * * *", zones: Fixtures.zones)), zone: .utc)
    }

    private func state(_ last: Int) -> FiringState {
        FiringState(last: last * 1000, fingerprint: fingerprint, anchor: nil)
    }

    private func plan(
        _ state: FiringState?, now: Int, seen: Int? = nil, catchUp: CatchUp = .latest
    ) -> FiringPlan {
        FiringPlan(firings: hourly, state: state, now: now * 1000, seen: seen.map { $0 * 1000 }, catchUp: catchUp)
    }

    @Test func atFirstSightNothingOfThePastFires() {
        for other in [nil, FiringState(last: 0, fingerprint: "cron:1_*_*_*_*", anchor: nil), FiringState("garbage")] {
            let plan = plan(other, now: 7200)
            #expect(plan.due == [])
            #expect(plan.note == state(7200))
            #expect(plan.next == 10_800_000)
            #expect(plan.remark == nil)
        }
    }

    @Test func aScheduleFiresWhenItsTimeHasCome() {
        #expect(plan(state(3600), now: 7199).due == [])
        #expect(plan(state(3600), now: 7199).next == 7_200_000)
        for policy in CatchUp.allCases {
            let plan = plan(state(3600), now: 7200, catchUp: policy)
            #expect(plan.due == [7_200_000])
            #expect(plan.next == 10_800_000)
            #expect(plan.note == nil)
        }
    }

    @Test func missedFiringsAreCaughtUpByPolicy() {
        let latest = plan(state(3600), now: 15_000)
        #expect(latest.due == [14_400_000])
        #expect(latest.next == 18_000_000)
        #expect(plan(state(3600), now: 15_000, catchUp: .all).due == [7_200_000, 10_800_000, 14_400_000])
        let skip = plan(state(3600), now: 15_000, catchUp: .skip)
        #expect(skip.due == [])
        #expect(skip.note == state(14_400))
        #expect(skip.next == 18_000_000)
        #expect(plan(state(3600), now: 14_410, catchUp: .skip).due == [14_400_000])
        #expect(plan(state(3600), now: 14_411, catchUp: .skip).due == [])
    }

    @Test func allFireInBatches() {
        let now = 3600 * 251
        let first = plan(state(0), now: now, catchUp: .all)
        #expect(first.due.count == FiringPlan.batch)
        #expect(first.due.first == 3_600_000)
        #expect(first.next == 3_600_000 * (FiringPlan.batch + 1))
        let last = plan(state(3600 * 2 * FiringPlan.batch), now: now, catchUp: .all)
        #expect(last.due.count == 51)
        #expect(last.next == 3_600_000 * 252)
    }

    @Test func whenTheClockWentBackNothingFiresUntilItHasCaughtUp() {
        let little = plan(state(7200), now: 7080, seen: 7200)
        #expect(little.due == [] && little.note == nil && little.remark == nil)
        #expect(little.next == 10_800_000)
        let far = plan(state(7200), now: 100, seen: 7200, catchUp: .all)
        #expect(far.due == [] && far.note == nil)
        #expect(far.remark == .silent(7_100_000))
        #expect(far.next == 10_800_000)
    }

    @Test func aFiringThatNeverCanHaveBeenIsClamped() {
        for seen in [nil, 100, 7139] {
            let plan = plan(state(7200), now: 100, seen: seen)
            #expect(plan.due == [])
            #expect(plan.note == state(100))
            #expect(plan.remark == .clamped(7_100_000))
            #expect(plan.next == 3_600_000)
        }
        #expect(plan(state(7200), now: 7140).note == nil)
    }

    @Test func intervalsCountFromTheirAnchor() {
        let firings = FiringSequence(timing: .every(interval: 7000, firstIn: 2000), zone: .utc)
        func plan(_ state: FiringState?, now: Int, catchUp: CatchUp = .all) -> FiringPlan {
            FiringPlan(firings: firings, state: state, now: now, seen: nil, catchUp: catchUp)
        }
        let first = plan(nil, now: 10_500)
        #expect(first.note == FiringState(last: 10_500, fingerprint: "every:7000:2000", anchor: 12_500))
        #expect(first.next == 12_500)
        #expect(plan(first.note, now: 12_499).due == [])
        #expect(plan(first.note, now: 12_500).due == [12_500])
        #expect(plan(first.note, now: 40_499).due == [12_500, 19_500, 26_500, 33_500])
        #expect(plan(first.note, now: 40_499, catchUp: .latest).due == [33_500])
        #expect(plan(FiringState(last: 0, fingerprint: "every:7000:2000", anchor: nil), now: 5).note?.anchor == 2005)
        // The anchor was set by a clock that was years ahead.
        let wrong = FiringState(last: 9_000_000, fingerprint: "every:7000:2000", anchor: 9_002_000)
        let clamped = plan(wrong, now: 10_500)
        #expect(clamped.remark == .clamped(8_989_500))
        #expect(clamped.note == first.note)
    }

    @Test func anIntervalMayBeginAtOnce() {
        let firings = FiringSequence(timing: .every(interval: 7000, firstIn: 0), zone: .utc)
        let first = FiringPlan(firings: firings, state: nil, now: 10_500, seen: nil, catchUp: .latest)
        #expect(first.next == 10_500)
        #expect(FiringPlan(firings: firings, state: first.note, now: 10_500, seen: nil, catchUp: .skip).due == [10_500])
    }

    @Test func aLineThatDoesNotFireInAHundredYearsHasNoNextFiring() throws {
        let never = FiringSequence(
            timing: .cron(try CronExpression("0 0 * * mon%9000+4500", zones: Fixtures.zones)), zone: .utc)
        let first = FiringPlan(firings: never, state: nil, now: 0, seen: nil, catchUp: .all)
        #expect(first.next == nil)
        #expect(FiringPlan(firings: never, state: first.note, now: 1, seen: nil, catchUp: .all).next == nil)
    }

    @Test(arguments: ["12 cron:0_*_*_*_*", "12 every:7000:2000 9", "1 x 2 3 4", "1 x - - 4", "1 x - 3"])
    func stateIsReadAsItIsWritten(text: String) {
        #expect(FiringState(text)?.text == text)
    }

    @Test(arguments: [
        "", "12", "x cron", "-1 cron", "1 cron x", "1 cron 1 1 1 1", "1 cron 1 x", "9223372036854775807 cron",
        "1 cron -9",
    ])
    func whatNoSchedulerWroteIsNoState(text: String) {
        #expect(FiringState(text) == nil)
    }
}

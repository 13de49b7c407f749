import BusCalendar
import BusProtocol
import BusScheduler
import BusWire
import RedisConnection
import Testing

/// What a leader is told to do, and what follows from the answers. Times are in seconds here.
@Suite(.timeLimit(.minutes(1))) struct TimetableTests {
    private var timetable = Timetable(zone: .utc)

    private func entry(_ name: String, every seconds: Int = 60, catchUp: CatchUp = .latest) throws -> ScheduleEntry {
        try entry(name, ["every": .string("\(seconds)s"), "catch_up": .string(catchUp.rawValue)])
    }

    private func entry(_ name: String, _ members: JSONValue) throws -> ScheduleEntry {
        var warnings: [ScheduleWarning] = []
        let all = (members.members ?? []) + [JSONMember("queue", "jobs")]
        return try ScheduleEntry(name: name, definition: .object(all), zones: Fixtures.zones, warnings: &warnings)
    }

    /// Of a schedule that fires at the multiples of its interval.
    private func state(_ last: Int, every seconds: Int = 60) -> FiringState {
        FiringState(last: last * 1000, fingerprint: "every:\(seconds * 1000):\(seconds * 1000)", anchor: 0)
    }

    private mutating func steps(_ now: Int, believed: Int? = nil, limit: Int = 100) -> [Timetable.Step] {
        timetable.steps(now: now * 1000, believed: believed.map { $0 * 1000 }, limit: limit)
    }

    @discardableResult
    private mutating func answer(
        _ steps: [Timetable.Step], _ answer: LeaderAnswer = .done, now: Int
    ) -> [Timetable.Consequence] {
        steps.map { timetable.answered($0, answer, now: now * 1000) }
    }

    /// The schedules that fire, and the times for which they do.
    private func fired(_ steps: [Timetable.Step]) -> [String] {
        steps.compactMap { step in
            guard case .fire(let entry, let state, _, _) = step else { return nil }
            return "\(entry.name) \(state.last / 1000)"
        }
    }

    @Test mutating func anEmptyTimetableHasNothingToDo() {
        #expect(timetable.next == nil)
        #expect(steps(1000) == [])
    }

    @Test mutating func aNewScheduleIsNotedAndThenFires() throws {
        let tick = try entry("tick")
        timetable.load([tick], states: [:], paused: [])
        #expect(try #require(timetable.next) <= 90_000)
        let first = steps(90)
        let begun = FiringState(last: 90_000, fingerprint: "every:60000:60000", anchor: 150_000)
        #expect(first == [.note(name: "tick", state: begun, old: "")])
        #expect(timetable.next == nil)
        #expect(answer(first, now: 90) == [.none])
        #expect(timetable.next == 150_000)
        #expect(steps(149) == [])
        let second = steps(150)
        var noted = begun
        noted.last = 150_000
        #expect(second == [.fire(entry: tick, state: noted, old: begun.text, enqueued: 150_000)])
        #expect(answer(second, now: 150) == [.none])
        #expect(timetable.next == 210_000)
        // What the script noted is what the next step expects.
        noted.last = 210_000
        let old = "150000 every:60000:60000 150000"
        #expect(steps(210) == [.fire(entry: tick, state: noted, old: old, enqueued: 210_000)])
    }

    @Test mutating func schedulesFireInTheOrderOfTheirTimes() throws {
        let seconds = [50, 20, 40, 30, 60]
        timetable.load(
            try seconds.map { try entry("e\($0)", every: $0) },
            states: Dictionary(uniqueKeysWithValues: seconds.map { (ExactString("e\($0)"), state(0, every: $0).text) }),
            paused: [])
        #expect(steps(10) == [])
        #expect(timetable.next == 20_000)
        #expect(fired(steps(45)) == ["e20 40", "e30 30", "e40 40"])
        #expect(timetable.next == 50_000)
    }

    @Test mutating func noMoreStepsThanTheLimitAndNoneTwice() throws {
        let names = (1...5).map { "e\($0)" }
        timetable.load(
            try names.map { try entry($0) },
            states: Dictionary(uniqueKeysWithValues: names.map { (ExactString($0), state(0).text) }), paused: [])
        let first = steps(60, limit: 2)
        #expect(fired(first) == ["e1 60", "e2 60"])
        let second = steps(60, limit: 2)
        #expect(fired(second) == ["e3 60", "e4 60"])
        #expect(fired(steps(60, limit: 2)) == ["e5 60"])
        #expect(steps(999) == [])
        #expect(timetable.next == nil)
        answer(second + first, now: 60)
        #expect(timetable.next == 120_000)
    }

    @Test mutating func whoCatchesUpDoesNotStarveTheOthers() throws {
        timetable.load(
            [try entry("all", every: 1, catchUp: .all), try entry("tick")],
            states: ["all": state(0, every: 1).text, "tick": state(0).text], paused: [])
        let first = steps(1000, limit: 70)
        #expect(fired(first) == (1...70).map { "all \($0)" })
        answer(first, now: 1000)
        let second = steps(1000, limit: 70)
        #expect(fired(second) == ["tick 960"] + (71...139).map { "all \($0)" })
        answer(second, now: 1000)
        #expect(fired(steps(1000, limit: 500)) == (140...239).map { "all \($0)" })
    }

    /// Each firing expects that the one before it was noted, so that none takes effect when that was refused.
    @Test mutating func theStepsOfABatchFollowEachOther() throws {
        timetable.put(try entry("all", catchUp: .all), state: state(60).text, enqueued: nil, isPaused: false)
        let olds = steps(240).map { step in
            guard case .fire(_, _, let old, _) = step else { return "" }
            return old
        }
        #expect(olds == [state(60), state(120), state(180)].map(\.text))
    }

    @Test mutating func aRefusedScheduleIsTriedAgainAfterASecond() throws {
        timetable.put(try entry("all", catchUp: .all), state: state(0).text, enqueued: nil, isPaused: false)
        let batch = steps(180)
        let refusal = RedisErrorReply(message: "OOM command not allowed")
        #expect(timetable.answered(batch[0], .done, now: 180_000) == .none)
        #expect(timetable.answered(batch[1], .refused(refusal), now: 180_000) == .refused(refusal))
        #expect(timetable.next == nil)
        // That Redis has not noted the refused firing is no news.
        #expect(timetable.answered(batch[2], .changed, now: 180_000) == .none)
        #expect(timetable.next == 181_000)
        #expect(steps(180) == [])
        #expect(fired(steps(181)) == ["all 120", "all 180"])
    }

    @Test(arguments: [LeaderAnswer.duplicate, .changed])
    mutating func whatChangedMeanwhileIsReadAnew(surprise: LeaderAnswer) throws {
        timetable.put(try entry("all", catchUp: .all), state: state(0).text, enqueued: nil, isPaused: false)
        #expect(answer(steps(120), surprise, now: 120) == [.none, .reread("all")])
        timetable.restate("all", state(60).text)
        #expect(fired(steps(120)) == ["all 120"])
    }

    /// A state that cannot be read as it stands in Redis would else be read over and over.
    @Test mutating func whatDidNotChangeIsTriedAgainAfterASecond() throws {
        timetable.put(try entry("tick"), state: "broken", enqueued: nil, isPaused: false)
        #expect(answer(steps(120), .changed, now: 120) == [.reread("tick")])
        timetable.restate("tick", "broken")
        #expect(steps(120) == [])
        #expect(timetable.next == 121_000)
        #expect(steps(121).count == 1)
    }

    @Test mutating func whatVanishedBeginsAnew() throws {
        timetable.put(try entry("tick"), state: state(0).text, enqueued: nil, isPaused: false)
        answer(steps(60), .changed, now: 60)
        timetable.restate("tick", nil)
        let begun = FiringState(last: 60_000, fingerprint: "every:60000:60000", anchor: 120_000)
        #expect(steps(60) == [.note(name: "tick", state: begun, old: "")])
    }

    @Test mutating func whoLeadsNoLongerIsTold() throws {
        timetable.put(try entry("tick"), state: state(0).text, enqueued: nil, isPaused: false)
        #expect(answer(steps(60), .notLeader, now: 60) == [.lostLeadership])
        // A leader that goes on nevertheless is told again.
        #expect(answer(steps(61), .notLeader, now: 61) == [.lostLeadership])
    }

    @Test mutating func theFiringsOfAPausedScheduleArePassedOver() throws {
        for catchUp in CatchUp.allCases {
            let tick = try entry("tick", catchUp: catchUp)
            timetable.put(tick, state: state(0).text, enqueued: nil, isPaused: true)
            let passing = steps(300)
            #expect(passing == [.note(name: "tick", state: state(300), old: state(0).text)])
            answer(passing, now: 300)
            #expect(timetable.next == 360_000)
            #expect(steps(360) == [.note(name: "tick", state: state(360), old: state(300).text)])
            timetable.load([tick], states: ["tick": state(360).text], paused: [])
            #expect(steps(419) == [])
            let resumed = steps(420)
            #expect(fired(resumed) == ["tick 420"])
            answer(resumed, now: 420)
        }
        timetable.load([try entry("tick")], states: ["tick": state(0).text], paused: ["tick"])
        #expect(fired(steps(60)) == [])
    }

    @Test mutating func aChangedTimingBeginsAnew() throws {
        timetable.put(try entry("tick"), state: state(0).text, enqueued: nil, isPaused: false)
        #expect(steps(30) == [])
        timetable.put(try entry("tick", every: 7), state: state(0).text, enqueued: nil, isPaused: false)
        let begun = FiringState(last: 100_000, fingerprint: "every:7000:7000", anchor: 107_000)
        let first = steps(100)
        #expect(first == [.note(name: "tick", state: begun, old: state(0).text)])
        answer(first, now: 100)
        #expect(timetable.next == 107_000)
    }

    /// It was changed while a firing was on the way to Redis: what is noted by then is what that firing has noted.
    @Test mutating func aScheduleThatIsPutWhileAnswersAreOutstandingWaitsForThem() throws {
        timetable.put(try entry("tick"), state: state(0).text, enqueued: nil, isPaused: false)
        let old = steps(60)
        timetable.put(try entry("tick", every: 7), state: state(0).text, enqueued: nil, isPaused: false)
        #expect(steps(60) == [])
        answer(old, now: 60)
        let begun = FiringState(last: 60_000, fingerprint: "every:7000:7000", anchor: 67_000)
        #expect(steps(60) == [.note(name: "tick", state: begun, old: state(60).text)])
    }

    @Test mutating func aRemovedScheduleIsForgotten() throws {
        timetable.put(try entry("tick"), state: state(0).text, enqueued: nil, isPaused: false)
        timetable.put(try entry("tock"), state: state(0).text, enqueued: nil, isPaused: false)
        timetable.remove("tick")
        timetable.remove("unknown")
        let tock = steps(60)
        #expect(fired(tock) == ["tock 60"])
        timetable.remove("tock")
        #expect(answer(tock, .changed, now: 60) == [.none])
        timetable.restate("tock", nil)
        #expect(timetable.next == nil)
    }

    @Test mutating func namesAreComparedByTheirBytes() throws {
        let composed = "caf\u{e9}"
        let decomposed = "cafe\u{301}"
        timetable.load(
            [try entry(composed), try entry(decomposed)],
            states: [ExactString(composed): state(0).text, ExactString(decomposed): state(60).text],
            paused: [ExactString(decomposed)])
        let steps = steps(120)
        #expect(steps.map { Array($0.name.utf8) } == [Array(composed.utf8), Array(decomposed.utf8)])
        #expect(fired(steps).count == 1)
        timetable.remove(composed)
        answer(steps, now: 120)
        #expect(timetable.next == 180_000)
    }

    @Test mutating func afterAJumpEverythingIsPlannedAnew() throws {
        timetable.put(try entry("tick"), state: state(86_400).text, enqueued: nil, isPaused: false)
        #expect(steps(86_401, believed: 86_400) == [])
        #expect(timetable.next == 86_460_000)
        #expect(steps(1000, believed: 1000) == [])
        timetable.clockJumped()
        #expect(steps(1000, believed: 1000) == [.note(name: "tick", state: state(1000), old: state(86_400).text)])
        let remarks = timetable.takeRemarks()
        #expect(remarks.map(\.name) == ["tick"])
        #expect(remarks.map(\.remark) == [.clamped(85_400_000)])
        #expect(timetable.takeRemarks().isEmpty)
    }

    /// What no scheduler has noted is said once, and replaced.
    @Test(arguments: ["garbage", "NaN x", "-9000000000000000000 x", "9223372036854775807 x 1", "1 x -1"])
    func whatCannotBeAFiringIsNotBelieved(text: String) throws {
        var timetable = timetable
        timetable.put(try entry("tick"), state: text, enqueued: nil, isPaused: false)
        let steps = timetable.steps(now: 1_000_000, believed: nil, limit: 10)
        let begun = FiringState(last: 1_000_000, fingerprint: "every:60000:60000", anchor: 1_060_000)
        #expect(steps == [.note(name: "tick", state: begun, old: text)])
        #expect(timetable.takeRemarks().map(\.remark) == [.unbelieved(text)])
    }

    @Test mutating func aJumpWhileAnswersAreOutstandingIsNotMissed() throws {
        timetable.put(try entry("tick"), state: state(0).text, enqueued: nil, isPaused: false)
        let fired = steps(6000)
        timetable.clockJumped()
        answer(fired, now: 1000)
        #expect(timetable.next == 1_000_000)
        #expect(steps(1000, believed: 6000) == [])
        #expect(timetable.takeRemarks().map(\.remark) == [.silent(5_000_000)])
        #expect(timetable.next == 6_060_000)
    }

    @Test mutating func tenThousandSchedulesAreLookedAtOncePerFiring() throws {
        let names = (0..<10_000).map { "e\($0)" }
        timetable.load(
            try names.map { try entry($0, ["cron": "0 3 * * *"]) },
            states: Dictionary(
                uniqueKeysWithValues: names.map { (ExactString($0), "75600000 cron:0_3_*_*_*") }), paused: [])
        var calls = 0
        // Nothing is to be done, and it takes a hundred calls to see that of all.
        while try #require(timetable.next) <= 90_000_000 {
            #expect(steps(90_000) == [])
            calls += 1
        }
        #expect(calls == 100)
        #expect(timetable.next == 97_200_000)
        var seen: Set<String> = []
        for call in 0..<100 {
            let steps = steps(97_200)
            #expect(fired(steps).count == 100, "call \(call)")
            seen.formUnion(steps.map(\.name))
            answer(steps, now: 97_200)
        }
        #expect(seen.count == 10_000)
        #expect(timetable.next == 183_600_000)
    }

    // MARK: - What Ruby has fired

    @Test mutating func whatRubyHasFiredIsNotedBeforeTheNextFiring() throws {
        let tick = try entry("tick")
        timetable.load(
            [tick], states: ["tick": state(0).text], enqueued: ["tick": "1970-01-01 01:02:01 +0100"], paused: [])
        for now in [181, 190] {
            let steps = steps(now)
            #expect(
                steps == [
                    .note(name: "tick", state: state(120), old: state(0).text),
                    .fire(entry: tick, state: state(180), old: state(120).text, enqueued: now * 1000),
                ])
            // It is heeded until Redis has noted it.
            answer(steps, now == 181 ? .refused(RedisErrorReply(message: "OOM")) : .done, now: now)
        }
        #expect(fired(steps(240)) == ["tick 240"])
        #expect(timetable.takeRemarks().isEmpty)
    }

    @Test(arguments: ["yesterday", "", "1970-01-01 00:10:00 +0000", "9999-12-31 23:59:59 UTC"])
    mutating func whatIsNotBelievedIsSaidOnceAndNeverHeeded(enqueued: String) throws {
        timetable.load([try entry("tick")], states: ["tick": state(0).text], enqueued: ["tick": enqueued], paused: [])
        for now in [60, 120, 600, 601] {
            let steps = steps(now)
            #expect(fired(steps) == (now == 601 ? [] : ["tick \(now)"]))
            answer(steps, now: now)
            #expect(timetable.takeRemarks().map(\.remark) == (now == 60 ? [.incredible] : []))
        }
    }
}

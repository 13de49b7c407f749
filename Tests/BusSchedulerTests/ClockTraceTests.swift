import BusCalendar
import BusScheduler
import RedisTestSupport
import Testing

/// Ten years of schedulers that come and go, under a clock that jumps.
@Suite(.timeLimit(.minutes(1))) struct ClockTraceTests {
    /// What schedulers see, do and leave behind.
    private struct Trace {
        let firings: FiringSequence
        let catchUp: CatchUp
        private(set) var fired: [Int] = []
        private(set) var lateness: [Int] = []
        private(set) var firstNote: FiringState?
        private(set) var clamps = 0
        private(set) var state: FiringState?
        /// The latest time that a scheduler has seen.
        private(set) var latest = 0
        var clock: JumpingClock
        private var watch = ClockWatch()

        init(firings: FiringSequence, catchUp: CatchUp, start: Int) {
            self.firings = firings
            self.catchUp = catchUp
            clock = JumpingClock(start: start)
        }

        /// Another scheduler takes over, which has seen nothing yet.
        mutating func takeOver() {
            watch = ClockWatch()
            _ = look()
        }

        /// Plans until nothing is due, and returns the time of the next firing.
        mutating func look() -> Int? {
            let now = clock.now
            latest = max(latest, now)
            _ = watch.look(now: now, monotonic: clock.monotonic)
            while true {
                let plan = FiringPlan(firings: firings, state: state, now: now, seen: watch.believed, catchUp: catchUp)
                if case .clamped = plan.remark { clamps += 1 }
                if let note = plan.note {
                    state = note
                    if firstNote == nil { firstNote = note }
                }
                for firing in plan.due {
                    fired.append(firing)
                    lateness.append(now - firing)
                    state?.last = firing
                }
                guard let next = plan.next, next <= now else { return plan.next }
            }
        }
    }

    private static let year = 365 * 86_400_000
    private static let start = 1_577_836_800_123

    private func trace(_ firings: FiringSequence, _ catchUp: CatchUp, seed: UInt64) -> Trace {
        var chance = Chance(seed: seed)
        var trace = Trace(firings: firings, catchUp: catchUp, start: Self.start)
        while trace.clock.monotonic < 10 * Self.year {
            let next = trace.look()
            let isQuiet = trace.clock.isSteady && trace.clock.isCaughtUp
            // A scheduler that takes over while the clock is far back cannot know what fired: it clamps.
            if trace.clock.isCaughtUp, chance.happens(5) { trace.takeOver() }
            trace.clock.pass(until: next, &chance)
            if isQuiet, chance.happens(2) {
                trace.clock.jump(&chance)
                _ = trace.look()
                trace.clock.pass(1)
            }
        }
        return trace
    }

    private func firings(_ timing: String) throws -> FiringSequence {
        let timing: ScheduleTiming =
            timing == "every"
            ? .every(interval: 5_400_500, firstIn: 90_000)
            : .cron(try CronExpression(timing, zones: Fixtures.zones))
        return FiringSequence(timing: timing, zone: .utc)
    }

    /// The firings up to a time, as they follow from each other.
    private func expected(_ trace: Trace) throws -> [Int] {
        let note = try #require(trace.firstNote)
        switch trace.firings.timing.rhythm {
        case .every(let interval):
            return Array(stride(from: try #require(note.anchor), through: trace.latest, by: interval))
        case .cron(let line):
            var firings: [Int] = []
            var epoch = note.last / 1000
            while let next = line.next(after: epoch, zone: .utc), next * 1000 <= trace.latest {
                firings.append(next * 1000)
                epoch = next
            }
            return firings
        }
    }

    static let timings = ["0 * * * *", "30 2 * * * Europe/Paris", "every"]

    @Test(arguments: timings)
    func underAllEachFiringTakesPlaceOnce(timing: String) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let trace = trace(try firings(timing), .all, seed: seed)
        let expected = try expected(trace)
        #expect(trace.fired == expected, "seed \(seed)")
        #expect(trace.fired.count > 3000, "seed \(seed)")
        #expect(trace.clamps == 0, "seed \(seed)")
        #expect(trace.lateness.allSatisfy { $0 >= 0 }, "seed \(seed)")
    }

    @Test(arguments: timings)
    func underLatestNoFiringIsRepeatedAndTheLastIsNotMissed(timing: String) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let trace = trace(try firings(timing), .latest, seed: seed)
        let expected = try expected(trace)
        #expect(zip(trace.fired, trace.fired.dropFirst()).allSatisfy(<), "seed \(seed)")
        #expect(Set(trace.fired).isSubset(of: expected), "seed \(seed)")
        #expect(trace.fired.last == expected.last, "seed \(seed)")
        #expect(trace.fired.count > 2000, "seed \(seed)")
    }

    @Test(arguments: timings)
    func underSkipNoFiringIsLate(timing: String) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let trace = trace(try firings(timing), .skip, seed: seed)
        let expected = try expected(trace)
        #expect(zip(trace.fired, trace.fired.dropFirst()).allSatisfy(<), "seed \(seed)")
        #expect(Set(trace.fired).isSubset(of: expected), "seed \(seed)")
        #expect(trace.lateness.allSatisfy { 0...FiringPlan.tolerance ~= $0 }, "seed \(seed)")
        #expect(trace.fired.count > 2000, "seed \(seed)")
    }

    /// A clock that was set to tomorrow by mistake, and back five minutes later.
    @Test func aClockThatReturnsDoesNotSilenceASchedule() throws {
        var trace = Trace(firings: try firings("0 * * * *"), catchUp: .latest, start: Self.start)
        _ = trace.look()
        for jump in [86_400_000, -86_400_000] {
            trace.clock.pass(300_000)
            trace.clock.jump(jump)
            _ = trace.look()
        }
        #expect(trace.clamps == 1)
        #expect(trace.fired.count == 1)
        trace.clock.pass(3_600_000)
        _ = trace.look()
        #expect(trace.fired.count == 2)
        #expect(trace.lateness.last == 600_123)
    }
}

import BusCalendar
import BusScheduler
import BusWire
import RedisTestSupport
import Testing

/// Days in which schedulers of ours and of Ruby's lead in turn, in seconds. Ruby's machines have clocks of their own,
/// and it fires a little late.
@Suite(.timeLimit(.minutes(1))) struct RubyTurnsTests {
    private static let start = 1_795_996_800_000
    /// How far, in milliseconds, a clock of Ruby's is from Redis' one: less than the tolerance of lines that fire each
    /// minute.
    private static let mostSkew = 25_000
    private static let latest = 3000
    private static let lines = ["* * * * *", "*/10 * * * *", "15 3 * * * Europe/Paris"]

    /// One process of resque-scheduler. It knows the firings that follow its start, and nothing of those before.
    private struct RubyScheduler {
        let client: RubyClient
        let skew: Int
        /// The schedules, each with its next firing and the time, on the process's clock, at which its job is pushed.
        private var agenda: [(entry: ScheduleEntry, due: Int, time: Int)] = []

        init(_ client: RubyClient, _ entries: [ScheduleEntry], now: Int, _ chance: inout Chance) {
            self.client = client
            skew = chance.number(-mostSkew...mostSkew)
            for entry in entries { plan(entry, after: now + skew, &chance) }
        }

        private mutating func plan(_ entry: ScheduleEntry, after time: Int, _ chance: inout Chance) {
            guard case .cron(let line) = entry.timing.rhythm, let due = line.next(after: time / 1000, zone: .utc)
            else {
                return
            }
            agenda.append((entry, due * 1000, due * 1000 + chance.number(0...latest)))
        }

        mutating func lead(_ clock: inout JumpingClock, until end: Int, _ chance: inout Chance) throws {
            while let next = agenda.indices.min(by: { agenda[$0].time < agenda[$1].time }),
                agenda[next].time - skew < end
            {
                let (entry, due, time) = agenda.remove(at: next)
                clock.pass(max(0, time - skew - clock.now))
                try client.fire(
                    entry.name, "\(due) \(clock.now)", queue: entry.queue, clock: time / 1000,
                    zone: chance.number(-11...12))
                plan(entry, after: due, &chance)
            }
            clock.pass(end - clock.now)
        }
    }

    private func lead(
        _ scheduler: inout SimulatedScheduler, _ clock: inout JumpingClock, until end: Int
    ) async throws {
        while clock.now < end {
            #expect(try await scheduler.act(clock))
            clock.pass(max(1, min(scheduler.next ?? end, end) - clock.now))
        }
        #expect(try await scheduler.act(clock))
    }

    @Test(arguments: CatchUp.allCases) func eachFiringTakesPlaceOnce(catchUp: CatchUp) async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var chance = Chance(seed: seed)
        let bench = try await StoreBench()
        let entries = try Self.lines.enumerated().map {
            try ScheduleEntry.simulated("line-\($0)", JSONMember("cron", .string($1)), catchUp)
        }
        var clock = JumpingClock(start: Self.start)
        var ours = [
            try await SimulatedScheduler("host:1:x", bench: bench),
            try await SimulatedScheduler("host:2:x", bench: bench),
        ]
        for _ in 0..<40 {
            for _ in 1...chance.number(1...2) {
                let turn = chance.number(0...1)
                try await ours[turn].takeOver(entries)
                // To the middle of a minute, so that Ruby's clock shows the same minute.
                let end = (clock.now / 60_000 + chance.number(1...90)) * 60_000 + 30_000
                try await lead(&ours[turn], &clock, until: end)
            }
            var ruby = RubyScheduler(RubyClient(bench.raw), entries, now: clock.now, &chance)
            try ruby.lead(&clock, until: clock.now + chance.number(1000...5_400_000), &chance)
        }
        #expect(ours.allSatisfy { $0.clamps == 0 && $0.refusals.isEmpty }, "seed \(seed)")

        for entry in entries {
            guard case .cron(let line) = entry.timing.rhythm else { continue }
            let times = try bench.pushed(entry).map(\.due)
            #expect(Set(times).count == times.count, "\(entry.name) fired twice, seed \(seed)")
            #expect(times.count >= 2, "\(entry.name), seed \(seed)")
            // Of what Ruby would have fired late, `skip` passes over what is due for more than ten seconds.
            guard catchUp != .skip, let last = times.max() else { continue }
            let all = sequence(first: Self.start / 1000) { line.next(after: $0, zone: .utc) }.dropFirst()
            let expected = Array(all.lazy.map { $0 * 1000 }.prefix { $0 <= last })
            #expect(times.sorted() == expected, "\(entry.name) lost one, seed \(seed)")
        }
    }
}

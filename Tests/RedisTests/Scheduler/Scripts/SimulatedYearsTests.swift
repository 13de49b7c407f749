import BusCalendar
import BusScheduler
import BusWire
import RedisTestSupport
import Testing

/// Ten years of three schedulers on one Redis, in seconds: they take over from each other at random, those that lead no
/// longer do not know it, and the clock jumps.
@Suite(.timeLimit(.minutes(1))) struct SimulatedYearsTests {
    private static let start = 1_577_836_800_123
    private static let years = 10 * 365 * 86_400_000
    private static let timings = [
        JSONMember("cron", "0 */6 * * *"),
        JSONMember("cron", ["30 2 * * * Europe/Paris", ["last_in": "3200d"]]),
        JSONMember("every", ["19h5m0.5s", ["first_in": "90s", "times": 1200]]),
    ]

    private struct Run {
        var clock = JumpingClock(start: SimulatedYearsTests.start)
        var chance: Chance
        var schedulers: [SimulatedScheduler]
        let entries: [ScheduleEntry]
        var leader = 0
        /// The times at which a leader looked, those that were later than all before.
        var looks: [Int] = []
        var takeovers = 0
        var jumps = 0
        /// How often one that leads no longer tried to fire.
        var zombies = 0

        mutating func takeOver() async throws {
            leader = (leader + chance.number(1...schedulers.count - 1)) % schedulers.count
            takeovers += 1
            try await schedulers[leader].takeOver(entries)
            try await look()
        }

        mutating func look() async throws {
            if clock.now > looks.last ?? 0 { looks.append(clock.now) }
            let leads = try await schedulers[leader].act(clock)
            #expect(leads)
        }

        /// Another one looks that believes to lead.
        mutating func lookAsZombie() async throws {
            let zombie = (leader + chance.number(1...schedulers.count - 1)) % schedulers.count
            if try await !schedulers[zombie].act(clock) { zombies += 1 }
        }

        mutating func run() async throws {
            try await takeOver()
            while clock.monotonic < SimulatedYearsTests.years {
                let isQuiet = clock.isSteady && clock.isCaughtUp
                // A scheduler that takes over while the clock is far back cannot know what fired: it clamps.
                if clock.isCaughtUp, chance.happens(5) { try await takeOver() }
                clock.pass(until: schedulers[leader].next, &chance)
                if isQuiet, chance.happens(2) {
                    jumps += 1
                    clock.jump(&chance)
                }
                if chance.happens(2) { try await lookAsZombie() }
                try await look()
            }
        }
    }

    @Test func nothingIsLostDoubledEarlyOrLate() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let bench = try await StoreBench()
        let entries = try CatchUp.allCases.flatMap { catchUp in
            try Self.timings.enumerated().map { try ScheduleEntry.simulated("\(catchUp)-\($0)", $1, catchUp) }
        }
        var schedulers: [SimulatedScheduler] = []
        for number in 1...3 { schedulers.append(try await SimulatedScheduler("host:\(number):x", bench: bench)) }
        var run = Run(chance: Chance(seed: seed), schedulers: schedulers, entries: entries)
        try await run.run()

        for entry in entries {
            let pushed = try bench.pushed(entry)
            let firings = firings(of: entry, until: run.clock.latest)
            let account = FiringAccount(entry, firings: firings, looks: run.looks, pushed: pushed)
            #expect(account == FiringAccount(), "\(entry.name), seed \(seed)")
            #expect(pushed.count > 1000, "\(entry.name), seed \(seed)")
            #expect(pushed.count <= entry.timing.times ?? .max, "\(entry.name), seed \(seed)")
        }
        #expect(run.schedulers.allSatisfy { $0.clamps == 0 && $0.refusals.isEmpty }, "seed \(seed)")
        #expect(run.takeovers > 500 && run.jumps > 100 && run.zombies > 200, "seed \(seed)")
    }

    /// Counted from the first sight, whoever leads later.
    private static func end(of timing: ScheduleTiming) -> Int {
        if case .after(let time) = timing.last { start + time } else { .max }
    }

    /// All firings that the clock has passed, as they follow from each other.
    private func firings(of entry: ScheduleEntry, until end: Int) -> [Int] {
        switch entry.timing.rhythm {
        case .cron(let line):
            sequence(first: Self.start / 1000) { line.next(after: $0, zone: .utc) }
                .dropFirst().lazy.map { $0 * 1000 }.prefix { $0 <= end && $0 < Self.end(of: entry.timing) }
        case .every(let interval):
            // The anchor follows from the first sight, and stays.
            Array(stride(from: Self.start + 90_000, through: end, by: interval))
        }
    }
}

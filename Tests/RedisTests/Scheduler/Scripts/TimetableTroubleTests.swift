import BusCalendar
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// Faults that other schedulers have had, through the timetable and the real scripts.
@Suite(.timeLimit(.minutes(1))) struct TimetableTroubleTests {
    /// 2026-10-24 12:00 UTC.
    private static let start = 1_792_843_200_000
    private static let minute = 60_000

    private func entry(_ cron: String, _ catchUp: CatchUp = .latest) throws -> ScheduleEntry {
        try .simulated("nightly", JSONMember("cron", .string(cron)), catchUp)
    }

    /// Sidekiq #3974: each new leader fired once more what was due before.
    @Test(arguments: CatchUp.allCases)
    func flappingLeadershipFiresNoOldJobs(catchUp: CatchUp) async throws {
        let bench = try await StoreBench()
        let entry = try entry("*/10 * * * *", catchUp)
        var schedulers = [
            try await SimulatedScheduler("host:1:a", bench: bench),
            try await SimulatedScheduler("host:2:b", bench: bench),
        ]
        var clock = JumpingClock(start: Self.start + 1)
        // Leadership changes every second for an hour; who has lost it goes on with what it knew.
        for second in 0..<3600 {
            let leader = second % 2
            try await schedulers[leader].takeOver([entry])
            _ = try await schedulers[1 - leader].act(clock)
            #expect(try await schedulers[leader].act(clock))
            clock.pass(1000)
            _ = try await schedulers[1 - leader].act(clock)
        }
        let times = (1..<6).map { Self.start + $0 * 10 * Self.minute }
        #expect(try bench.pushed(entry) == times.map { PushedFiring(due: $0, time: $0 + 1) })
    }

    /// Sidekiq #3047: after Redis had been away nothing was fired any more.
    @Test(arguments: zip(CatchUp.allCases, [[180], [90, 120, 150, 180], []]))
    func schedulesGoOnAfterAnOutageOfRedis(catchUp: CatchUp, caughtUp: [Int]) async throws {
        let bench = try await StoreBench(config: ["appendonly yes", "appendfsync always"])
        let entry = try entry("*/30 * * * *", catchUp)
        var scheduler = try await SimulatedScheduler("host:1:a", bench: bench)
        var clock = JumpingClock(start: Self.start + 1)
        try await scheduler.takeOver([entry])
        for _ in 0..<75 {
            #expect(try await scheduler.act(clock))
            clock.pass(Self.minute)
        }
        bench.server.kill()
        clock.pass(15 * Self.minute)
        await #expect(throws: (any Error).self) { _ = try await scheduler.act(clock) }
        try bench.server.restart()
        clock.pass(100 * Self.minute)

        let restored = try await StoreBench(server: bench.server)
        scheduler = try await SimulatedScheduler("host:1:b", bench: restored)
        try await scheduler.takeOver([entry])
        for _ in 0..<50 {
            #expect(try await scheduler.act(clock))
            clock.pass(Self.minute)
        }
        let times = [30, 60] + caughtUp + [210]
        #expect(try restored.pushed(entry).map { ($0.due - Self.start) / Self.minute } == times)
    }

    /// Of a batch in one pipeline none fires after one that was refused, and none is lost.
    @Test func schedulesGoOnAfterRedisWasFull() async throws {
        let bench = try await StoreBench()
        let entry = try entry("*/10 * * * *", .all)
        var scheduler = try await SimulatedScheduler("host:1:a", bench: bench)
        var clock = JumpingClock(start: Self.start + 1)
        try await scheduler.takeOver([entry])
        #expect(try await scheduler.act(clock))
        clock.pass(60 * Self.minute)
        try bench.raw.call("CONFIG", "SET", "maxmemory", "1")
        for _ in 0..<10 {
            #expect(try await scheduler.act(clock))
            clock.pass(100)
        }
        #expect(scheduler.refusals.map(\.kind) == [.outOfMemory])
        #expect(try bench.pushed(entry) == [])
        try bench.raw.call("CONFIG", "SET", "maxmemory", "0")
        #expect(scheduler.next == clock.now)
        #expect(try await scheduler.act(clock))
        #expect(try bench.pushed(entry).map(\.due) == (1...6).map { Self.start + $0 * 10 * Self.minute })
    }

    /// A line of cron in the night of October 25, 2026, in which Paris repeats the hour from 00:00 UTC at 01:00 UTC.
    struct Night: Sendable, CustomTestStringConvertible {
        let cron: String
        /// Of the scheduler.
        let zone: String
        /// Hours after noon of the day before, in UTC.
        let hours: [Double]

        var testDescription: String { "\(cron) in \(zone)" }

        static let all = [
            Night(cron: "30 * * * * Europe/Paris", zone: "UTC", hours: (0..<24).map { Double($0) + 0.5 }),
            Night(cron: "*/30 * * * *", zone: "Europe/Paris", hours: (0..<48).map { Double($0) / 2 }),
            // As in fugit, which tells the repeated hour only in the zone of the process.
            Night(cron: "30 2 * * * Europe/Paris", zone: "UTC", hours: [12.5, 13.5]),
            Night(cron: "30 2 * * *", zone: "Europe/Paris", hours: [12.5]),
        ]
    }

    /// Sidekiq #5049: what was due in the hour that comes twice did not fire.
    @Test(arguments: Night.all)
    func theHourThatComesTwiceIsNotMissed(night: Night) async throws {
        let bench = try await StoreBench()
        let entry = try entry(night.cron)
        let zone = try ZoneDirectory().zone(named: night.zone)
        var scheduler = try await SimulatedScheduler("host:1:a", bench: bench, zone: zone)
        var clock = JumpingClock(start: Self.start - 1)
        try await scheduler.takeOver([entry])
        #expect(try await scheduler.act(clock))
        clock.pass(1)
        while clock.now < Self.start + 24 * 60 * Self.minute {
            #expect(try await scheduler.act(clock))
            clock.pass(Self.minute)
        }
        let times = night.hours.map { Self.start + Int($0 * 60) * Self.minute }
        #expect(try bench.pushed(entry) == times.map { PushedFiring(due: $0, time: $0) })
    }
}

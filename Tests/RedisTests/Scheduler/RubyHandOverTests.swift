import BusCalendar
import BusScheduler
import BusWire
import RedisTestSupport
import Testing

/// Schedulers of ours and of Ruby's take turns, as on the days when a team switches over, back, and over again.
@Suite(.timeLimit(.minutes(1))) struct RubyHandOverTests {
    /// The firings of all lines of cron here are two seconds apart; intervals are twice as long.
    private static let cronSeconds = 2
    private static let everySeconds = 4
    private static let ruby = "worker-1.example.org:22095"

    /// In Redis, where both find them, and in a file that both were started with.
    private struct Schedules {
        let own: [ScheduleEntry]
        private let persistent = CatchUp.allCases.map { "cron-\($0)" }

        var names: [String] { persistent + own.map(\.name) }

        init(_ redis: RawRedis) throws {
            own =
                try CatchUp.allCases.map { try Self.entry("every-\($0)", ["every": "4s"], $0) }
                + [Self.entry("file", ["cron": "*/2 * * * * *"], .latest)]
            for policy in CatchUp.allCases {
                let json = #"{"cron":"*/2 * * * * *","class":"Job","queue":"cron-\#(policy)","catch_up":"\#(policy)"}"#
                try redis.call("HSET", "resque:persistent_schedules", "cron-\(policy)", json)
            }
        }

        private static func entry(_ name: String, _ timing: JSONValue, _ catchUp: CatchUp) throws -> ScheduleEntry {
            var warnings: [ScheduleWarning] = []
            let members: JSONValue = ["class": "Job", "queue": .string(name), "catch_up": .string(catchUp.rawValue)]
            return try ScheduleEntry(
                name: name, definition: .object((timing.members ?? []) + (members.members ?? [])),
                zones: ZoneDirectory(), warnings: &warnings)
        }

        /// How many jobs each has pushed.
        func counts(_ redis: RawRedis) throws -> [Int] { try names.map(redis.length(of:)) }
    }

    @Test func noFiringIsRepeatedWhenTheLeadComesBackFromRuby() async throws {
        try await RoleBench.run { bench in
            let redis = try bench.client()
            let schedules = try Schedules(redis)
            let monitor = try RedisMonitor(bench.server, keeping: Firing.traces)
            let first = bench.scheduler(try bench.schedulerConfiguration(schedules.own))
            try await bench.whileRunning(first) {
                try await pollUntil("ours fires") { try schedules.counts(redis).allSatisfy { $0 > 0 } }
            }

            let ruby = RubyClient(redis)
            #expect(try ruby.acquireSchedulerLock(Self.ruby))
            let log = CapturedLog()
            let second = bench.scheduler(try bench.schedulerConfiguration(schedules.own), log: log)
            var rubys: [Int] = []
            try await bench.whileRunning(second) {
                rubys = try await lead(ruby, redis, schedules)
                #expect(!log.lines(with: "following leader=\(Self.ruby)").isEmpty)
                try ruby.releaseSchedulerLock(Self.ruby)
                let before = try schedules.counts(redis)
                try await pollUntil("ours fires again") { try zip(schedules.counts(redis), before).allSatisfy(>) }
            }
            #expect(log.lines(with: "last fired is not believed").isEmpty)

            let firings = Firing.all(in: try monitor.finish())
            for name in schedules.names {
                let own = firings.filter { $0.name == name }
                if name.hasPrefix("every") {
                    let times = own.map(\.time)
                    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 > 1 }, "\(name): \(times)")
                } else {
                    let times = own.compactMap(\.due) + rubys
                    #expect(Set(times).count == times.count, "\(name) fired twice: \(times), Ruby \(rubys)")
                    let last = times.filter { $0 >= rubys[0] }.sorted()
                    let expected = stride(from: last[0], through: last[last.count - 1], by: Self.cronSeconds)
                    #expect(last == Array(expected), "\(name) lost one: \(times), Ruby \(rubys)")
                    #expect(own.count { $0.due == nil } == rubys.count)
                }
            }
        }
    }

    /// What resque-scheduler does with these schedules from when it leads until all intervals have fired.
    ///
    /// - Returns: the times for which the lines of cron fired.
    private func lead(_ ruby: RubyClient, _ redis: RawRedis, _ schedules: Schedules) async throws -> [Int] {
        let end = try redis.time() + Double(Self.everySeconds)
        var times: [Int] = []
        var next = (Int(try redis.time()) / Self.cronSeconds + 1) * Self.cronSeconds
        let job = RubyClient.job("Job", [])
        while Double(next) < end {
            let due = next
            try await pollUntil("the time has come") { try redis.time() >= Double(due) }
            for name in schedules.names where !name.hasPrefix("every") {
                try ruby.fire(name, job, queue: name, clock: Int(redis.time()), zone: 2)
            }
            times.append(due)
            next += Self.cronSeconds
        }
        try await pollUntil("the interval is over") { try redis.time() >= end }
        for name in schedules.names where name.hasPrefix("every") {
            try ruby.fire(name, job, queue: name, clock: Int(redis.time()), zone: -5)
        }
        return times
    }

    /// A job that was pushed.
    private struct Firing {
        let name: String
        /// Seconds since 1970.
        let time: Double
        /// For which time, in seconds since 1970; nil if Ruby pushed it.
        let due: Int?

        private static let (notes, enqueued) = ("resque:busdriver:cron", "resque:delayed:last_enqueued_at")
        static let traces = [notes, enqueued]

        static func all(in lines: [MonitorLine]) -> [Firing] {
            var noted = 0
            return lines.compactMap { line in
                guard line.command == "HSET" else { return nil }
                if line.word(1) == notes { noted = (Int(line.word(3).prefix { $0 != " " }) ?? 0) / 1000 }
                guard line.word(1) == enqueued else { return nil }
                let due = line.isOfScript ? noted : nil
                return Firing(name: line.word(2), time: Double(line.time) / 1e6, due: due)
            }
        }
    }
}

import BusWire
import RedisTestSupport
import ResqueBus
import Testing

/// Recurring jobs from Swift code, as Ruby's `set_schedule` writes them (contract §7).
@Suite(.timeLimit(.minutes(1))) struct BusSchedulesTests {
    private static func stored(_ bench: BusBench) throws -> [String: String] {
        try bench.raw.call("HGETALL", "resque:persistent_schedules").fields
    }

    @Test func schedulesAreWrittenAsRubyWritesThem() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        await bus.declare(job: "Poll", queue: "default")
        let isNew = try await bus.schedules.set(
            "nightly", .cron("0 3 * * * Europe/Paris"), job: "Report", arguments: ["daily", ["n": 1]], queue: "reports",
            description: "the numbers")
        #expect(isNew)
        try await bus.schedules.set("poll", .every(.seconds(30)), job: "Poll")
        try await bus.schedules.set(
            "often", .every(.milliseconds(1500), firstIn: .zero), job: "Poll", catchUp: .all)
        #expect(
            try Self.stored(bench) == [
                "nightly": #"{"cron":"0 3 * * * Europe/Paris","class":"Report","args":["daily",{"n":1}],"#
                    + #""queue":"reports","description":"the numbers"}"#,
                "poll": #"{"every":"30s","class":"Poll","args":[],"queue":"default"}"#,
                "often": #"{"every":["1.5s",{"first_in":"0s"}],"class":"Poll","args":[],"queue":"default","#
                    + #""catch_up":"all"}"#,
            ])
        let changed = try bench.raw.call("SMEMBERS", "resque:schedules_changed").strings
        #expect(changed.sorted() == ["nightly", "often", "poll"])
        #expect(try await bus.schedules.set("poll", .every(.seconds(60)), job: "Poll") == false)
        await bus.close()
    }

    @Test(arguments: [
        (Schedule.Timing.every(.seconds(86_400 * 365)), #""31536000s""#), (.every(.milliseconds(300)), #""0.3s""#),
        (.every(.milliseconds(1_007)), #""1.007s""#), (.every(.seconds(1) + .microseconds(70)), #""1s""#),
        (.every(.seconds(5), firstIn: .milliseconds(50)), #"["5s",{"first_in":"0.05s"}]"#),
    ])
    func whatIsWrittenIsReadAgain(timing: Schedule.Timing, text: String) async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        try await bus.schedules.set("s", timing, job: "Poll", queue: "default")
        #expect(
            try Self.stored(bench)["s"] == #"{"every":\#(text),"class":"Poll","args":[],"queue":"default"}"#)
        guard case .every(let interval, let firstIn) = timing else { return }
        let milliseconds = Int(interval / .milliseconds(1))
        #expect(
            try await bus.schedules.all().first?.timing
                == .every(.milliseconds(milliseconds), firstIn: firstIn ?? .milliseconds(milliseconds)))
        await bus.close()
    }

    @Test func schedulesAreListedAndRemoved() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        #expect(try await bus.schedules.all().isEmpty)
        try await bus.schedules.set(
            "b", .cron("*/5 * * * *"), job: "Report", arguments: [1], queue: "reports", description: "d", catchUp: .skip
        )
        try bench.raw.call(
            "HSET", "resque:persistent_schedules", "a", #"{"every":"1x","queue":"q"}"#, "c",
            #"{"every":"1h","queue":"q"}"#)
        try bench.raw.call("SADD", "resque:busdriver:paused", "c")
        let all = try await bus.schedules.all()
        #expect(all.map(\.name) == ["a", "b", "c"])
        #expect(all.map(\.isPaused) == [false, false, true])
        #expect(all.map { $0.problem == nil } == [false, true, true])
        #expect(all[0].problem?.contains("'1x' is not a duration") == true && all[0].timing == nil)
        #expect(all[1].timing == .cron("*/5 * * * *"))
        #expect(all[1].className == "Report" && all[1].arguments == [1] && all[1].queue == "reports")
        #expect(all[1].description == "d" && all[1].catchUp == .skip)
        #expect(all[2].timing == .every(.seconds(3600), firstIn: .seconds(3600)) && all[2].className == "c")

        try bench.raw.call("DEL", "resque:schedules_changed")
        #expect(try await bus.schedules.remove("b"))
        #expect(try await bus.schedules.remove("b") == false)
        #expect(try Self.stored(bench).keys.sorted() == ["a", "c"])
        #expect(try bench.raw.call("SMEMBERS", "resque:schedules_changed").strings == ["b"])
        await bus.close()
    }

    @Test(arguments: [
        (Schedule.Timing.cron("61 * * * *"), "nightly"), (.every(.milliseconds(299)), "nightly"),
        (.every(.seconds(-5)), "nightly"), (.every(.seconds(5), firstIn: .seconds(-1)), "nightly"),
        (.every(.seconds(Int64.max)), "nightly"), (.every(.seconds(Int64.min)), "nightly"),
        (.cron(""), "nightly"), (.cron("0 3 * * *"), ""),
    ])
    func whatCannotRunIsNotWritten(timing: Schedule.Timing, name: String) async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        let error = await #expect(throws: BusError.self) {
            try await bus.schedules.set(name, timing, job: "Report", queue: "reports")
        }
        #expect(error?.code == .invalidSchedule)
        #expect(error?.message.hasPrefix(name.isEmpty ? "A schedule" : "The schedule nightly cannot run: ") == true)
        #expect(try bench.raw.call("DBSIZE").integer == 0)
        await bus.close()
    }

    @Test func aJobThatCannotBeWrittenIsRefused() async throws {
        let bench = try BusBench()
        let bus = Bus(try bench.configuration())
        for (job, queue) in [("", "reports"), ("Report", nil), ("Report", "")] {
            let error = await #expect(throws: BusError.self) {
                try await bus.schedules.set("s", .cron("0 3 * * *"), job: job, queue: queue)
            }
            #expect(error?.code == .invalidJob)
        }
        let error = await #expect(throws: BusError.self) {
            try await bus.schedules.set("s", .cron("0 3 * * *"), job: "Report", arguments: [.float(.nan)], queue: "q")
        }
        #expect(error?.code == .invalidJob)
        #expect(try bench.raw.call("DBSIZE").integer == 0)
        await bus.close()
    }
}

import BusCalendar
import BusWire
import Testing

@testable import BusOperations
@testable import BusProtocol

/// What becomes of each schedule that Redis knows of, by who leads.
@Suite(.timeLimit(.minutes(1))) struct ScheduleAssemblyTests {
    private static let (nightly, hourly) = (#"{"cron":"0 3 * * *","queue":"q"}"#, #"{"every":"1h","queue":"q"}"#)
    private static let (ours, ruby) = (holder("host:1:ab"), holder("host:1"))

    private static func holder(_ value: String) -> SchedulerLock.Holder {
        SchedulerLock.Holder(value: value, remaining: .seconds(9))
    }

    private func schedules(
        led leader: SchedulerLock.Holder?, inRedis: [String: String], published: [PublishedSchedule] = [],
        paused: Set<ExactString> = []
    ) -> [KnownSchedule] {
        var contents = ScheduleRegistry.Contents()
        contents.persistent = inRedis.map { ($0, Array($1.utf8)) }
        contents.paused = paused
        return ScheduleAssembly(leader: leader, contents: contents, published: published, lastEnqueued: [:]).schedules()
    }

    private func published(
        _ name: String, _ source: PublishedSchedule.Source, _ json: String
    ) -> PublishedSchedule {
        PublishedSchedule(name: name, source: source, definition: Array(json.utf8))
    }

    @Test(
        arguments: [
            (Self.ours, KnownSchedule.Status.running), (Self.ruby, .running), (nil, .notRunning),
        ] as [(SchedulerLock.Holder?, KnownSchedule.Status)])
    func whatTheLeaderHasTakenOverRuns(leader: SchedulerLock.Holder?, status: KnownSchedule.Status) {
        let found = schedules(
            led: leader, inRedis: ["nightly": Self.nightly], published: [published("nightly", .redis, Self.nightly)])
        #expect(found.map(\.status) == [status])
    }

    @Test func whatTheLeaderHasNotTakenOverIsTold() {
        let found = schedules(
            led: Self.ours,
            inRedis: [
                "same": #"{"cron": "0 3 * * *", "queue": "q"}"#, "changed": Self.hourly, "new": Self.hourly,
                "ofTheFile": Self.hourly, "bad": #"{"every":"5s"}"#, "worse": "not json",
            ],
            published: [
                published("same", .redis, Self.nightly), published("changed", .redis, Self.nightly),
                published("ofTheFile", .file, Self.hourly), published("gone", .redis, Self.nightly),
                published("file", .file, Self.hourly), published("code", .code, Self.hourly),
            ], paused: [ExactString("code")])
        let statuses = found.map { "\($0.name): \($0.status.rawValue), \($0.source)" }
        #expect(
            statuses == [
                "bad: refused, redis", "changed: not loaded, redis", "code: paused, code", "file: running, file",
                "new: not loaded, redis", "ofTheFile: not loaded, redis", "same: running, redis",
                "worse: refused, redis",
            ])
    }

    /// Ruby takes over all that is in Redis, and nothing else of what we know.
    @Test func aRubySchedulerRunsWhatIsInRedis() {
        let found = schedules(
            led: Self.ruby, inRedis: ["new": Self.hourly, "paused": Self.hourly],
            published: [published("file", .file, Self.hourly)], paused: [ExactString("paused")])
        #expect(found.map(\.status) == [.notRunning, .running, .paused])
    }

    @Test func onlyWhatIsInRedisCanBeRemoved() throws {
        let found = schedules(
            led: Self.ours, inRedis: ["a": Self.hourly],
            published: [published("b", .file, Self.hourly), published("c", .code, Self.hourly)])
        try found[0].checkRemoval()
        for (schedule, words) in zip(found.dropFirst(), ["edit the file", "change it there"]) {
            let error = #expect(throws: OperationError.self) { try schedule.checkRemoval() }
            #expect(error?.message.contains("\(words), or stop it here: busdriver schedule pause '") == true)
        }
    }

    @Test func whatNobodyCanRunIsMeantForAll() throws {
        let found = schedules(
            led: nil,
            inRedis: [
                "all": Self.hourly, "bad": "text", "staged": #"{"every":"1h","queue":"q","rails_env":"staging, qa"}"#,
            ])
        #expect(found.filter { $0.isMeant(for: "qa") }.map(\.name) == ["all", "bad", "staged"])
        #expect(found.filter { $0.isMeant(for: "production") }.map(\.name) == ["all", "bad"])
        let error = #expect(throws: OperationError.self) { try found[1].runnable() }
        #expect(error?.message == "bad cannot run: It is not JSON.")
        #expect(try found[0].runnable().queue == "q")
    }

    @Test func theNextTimesAreInTheOrderOfTime() {
        let found = schedules(
            led: nil,
            inRedis: ["b": #"{"every":"2s","queue":"q"}"#, "a": #"{"every":"3s","queue":"q"}"#, "bad": "text"])
        #expect(
            found.upcoming(2, after: 0, zone: .utc).map { "\($0.name) \($0.time)" }
                == ["b 2000", "a 3000", "b 4000", "a 6000"])
    }
}

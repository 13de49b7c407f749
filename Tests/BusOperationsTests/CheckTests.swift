import BusCalendar
import BusWire
import Testing

@testable import BusOperations
@testable import BusProtocol

/// The checks of doctor that need no Redis once it was read.
@Suite(.timeLimit(.minutes(1))) struct CheckTests {
    // MARK: - Queues

    private static func worker(_ queues: String..., kind: RegisteredWorker.Kind = .ruby) -> RegisteredWorker {
        RegisteredWorker(
            id: "h:1:\(queues)", kind: kind, host: "h", processID: "1", queues: queues, started: nil, heartbeat: nil,
            lease: nil, isPaused: false, job: nil, processed: 0, failed: 0, unreadable: [])
    }

    private func unattended(_ workers: RegisteredWorker...) -> [String] {
        let names = ["by_name", "app_x", "app_slow", "either_b", "nobody"]
        let queues =
            names.map { Queues.Queue(name: $0, length: 2) } + [
                Queues.Queue(name: "empty", length: 0), Queues.Queue(name: "wrong", length: nil),
                Queues.Queue(name: "busdriver_tail_0123456789abcdef", length: 1),
            ]
        return QueueCheck(queues, workers: workers).findings.filter { $0.verdict == .warning }.map(\.detail)
            .map { $0.split(separator: " ")[3].dropLast().description }
    }

    @Test func aQueueThatNobodyWorksOnIsNamed() {
        #expect(unattended() == ["by_name", "app_x", "app_slow", "either_b", "nobody"])
        #expect(
            unattended(Self.worker("by_name", "app_*", "!app_slow"), Self.worker("either_{a", "b}"))
                == ["app_slow", "nobody"])
        #expect(unattended(Self.worker("*")) == [])
        #expect(unattended(Self.worker("*", kind: .driver)).count == 5, "a driver works on its incoming list")
    }

    @Test func manySuchQueuesAreCounted() {
        let queues = (0..<13).map { Queues.Queue(name: "q\($0)", length: 1) }
        let findings = QueueCheck(queues, workers: []).findings
        #expect(findings.count == 11 && findings.last?.detail == "There are 3 more such queues.")
    }

    // MARK: - Subscriptions

    private func live(_ records: [String: String], of application: String = "a") -> LiveSubscriptions {
        LiveSubscriptions([
            SubscriptionRegistry.Application(
                name: application, records: records.map { (field: $0, value: $1) }, problem: nil)
        ])
    }

    private static func record(_ matcher: String, key: String = "k") -> String {
        #"{"queue_name":"q","key":"\#(key)","class":"X","matcher":\#(matcher)}"#
    }

    @Test(arguments: [
        (record(#"{"a":"b"}"#), [Finding.Verdict.ok], "1 subscriptions, all as they should be. Filters: 1 literal."),
        (record("{}"), [.ok, .warning], "1 subscriptions, not all as they should be."),
        (record(#"{"a":""}"#), [.ok, .warning], "1 subscriptions, not all as they should be. Filters: 1 never."),
        (
            record(#"{"a":"("}"#), [.ok, .warning],
            "1 subscriptions, not all as they should be. Filters: 1 refused."
        ),
        (
            record(#"{"a":"(a)\\1"}"#), [.ok, .ok], "1 subscriptions, all as they should be. Filters: 1 budgeted."
        ),
        ("null", [.ok, .problem], "0 subscriptions, not all as they should be."),
        ("text", [.ok, .warning], "0 subscriptions, not all as they should be."),
    ])
    func aSubscriptionIsJudged(record: String, verdicts: [Finding.Verdict], summary: String) {
        let findings = SubscriptionCheck(live(["f": record]), queues: []).findings
        #expect(findings.map(\.verdict) == verdicts)
        #expect(findings.first?.detail == summary)
    }

    @Test func workersWithoutAnySubscriptionAreNoted() {
        func findings(_ live: LiveSubscriptions) -> [Finding] { SubscriptionCheck(live, queues: ["a", "b"]).findings }
        #expect(
            findings(LiveSubscriptions([])).last?.detail
                == "Workers wait on a, b, yet nobody is subscribed: events go nowhere.")
        #expect(findings(live(["f": Self.record(#"{"a":"b"}"#)])).count == 1)
        #expect(SubscriptionCheck(LiveSubscriptions([]), queues: []).findings.count == 1)
    }

    @Test func subscriptionsAreInOrderAndOnlyOfWhoIsMeant() {
        let applications = ["b", "App C", "a"].map { name in
            SubscriptionRegistry.Application(
                name: name,
                records: ["z", "y"].map { (field: $0, value: Self.record(#"{"a":"b"}"#, key: $0)) } + [("bad", "null")],
                problem: nil)
        }
        let all = LiveSubscriptions(applications)
        #expect(
            all.subscriptions.map { "\($0.appKey)/\($0.key)" } == ["app_c/y", "app_c/z", "a/y", "a/z", "b/y", "b/z"])
        #expect(all.faults.map(\.text) == ["App C/bad", "a/bad", "b/bad"].map { "\($0): it is JSON, but no object" })
        #expect(
            LiveSubscriptions(applications, application: "APP c").subscriptions.map(\.appKey) == ["app_c", "app_c"])
    }

    @Test func anApplicationThatCannotBeReadIsAFault() {
        let live = LiveSubscriptions([
            SubscriptionRegistry.Application(name: "a", records: [], problem: "WRONGTYPE\nno hash")
        ])
        #expect(live.faults.map(\.text) == [#"a: WRONGTYPE\nno hash"#], "on one line")
        #expect(live.faults.first?.json["field"] == .null && live.faults.first?.stopsRuby == true)
    }

    // MARK: - Schedules and time

    @Test func schedulesThatCannotRunAreNamed() {
        var contents = ScheduleRegistry.Contents()
        contents.persistent = [("good", #"{"every":"5s","queue":"q"}"#), ("bad", #"{"every":"5s"}"#)]
            .map { ($0, Array($1.utf8)) }
        contents.paused = [ExactString("good")]
        let findings = ScheduleEntryCheck(contents).findings
        #expect(findings.map(\.name) == ["Schedules", "Broken schedule", "Paused schedules"])
        #expect(findings.map(\.verdict) == [.ok, .problem, .ok])
        #expect(findings[0].detail == "2 schedules in Redis, not all can be read.")
        #expect(findings[1].detail.hasPrefix("bad: It names no queue"))
    }

    @Test func localTimeThatCannotBeFollowedIsTold() {
        let sound = LocalTimeCheck(LocalZone(rules: .utc, source: "TZ")).findings
        #expect(sound.map(\.verdict) == [.ok] && sound[0].detail.contains("from TZ"))
        let lost = LocalTimeCheck(ZoneDirectory().local(environment: ["TZ": "Mars/Olympus"])).findings
        #expect(lost.map(\.verdict) == [.warning])
        #expect(lost[0].detail.hasPrefix("With this environment local time is taken for UTC: TZ cannot be followed"))
    }
}

@Suite(.timeLimit(.minutes(1))) struct QueueOverviewTests {
    @Test func failuresStandBesideTheirQueues() {
        let overview = QueueOverview(
            [Queues.Queue(name: "b", length: 3), Queues.Queue(name: "a", length: nil)],
            failures: [
                FailureLists.List(name: "failed", length: 9), FailureLists.List(name: "b_failed", length: 2),
                FailureLists.List(name: "c_failed", length: 1),
            ])
        #expect(
            overview.rows.map(\.json) == [
                ["queue": "a", "jobs": nil], ["queue": "b", "jobs": 3, "failed": 2],
                ["queue": "c", "jobs": 0, "failed": 1],
            ])
    }
}

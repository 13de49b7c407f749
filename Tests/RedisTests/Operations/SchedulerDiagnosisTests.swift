import BusOperations
import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// What `busdriver doctor` finds about schedulers and what they need.
@Suite(.timeLimit(.minutes(1))) struct SchedulerDiagnosisTests {
    private let bench: StoreBench
    private let diagnosis: Diagnosis
    private let lock = "resque:resque:resque_scheduler_master_lock"

    init() async throws {
        bench = try await StoreBench()
        diagnosis = bench.diagnosis(lock: lock)
    }

    private func found(_ name: String) async throws -> Finding {
        try #require(try await diagnosis.schedulers().first { $0.name == name })
    }

    private func now() throws -> Int { try #require(bench.raw.call("TIME").strings.first.flatMap(Int.init)) }

    @Test func nobodyLeads() async throws {
        #expect(try await found("Scheduler").verdict == .warning, "nothing needs a scheduler yet")
        try bench.raw.call("HSET", "resque:persistent_schedules", "a", "{}")
        #expect(try await found("Scheduler").verdict == .problem)
        try bench.raw.call("DEL", "resque:persistent_schedules")
        try bench.raw.call("ZADD", "resque:delayed_queue_schedule", "5", "5", "4102444800", "4102444800")
        let finding = try await found("Scheduler")
        #expect(finding.verdict == .problem)
        #expect(finding.detail.contains("2 times of delayed events and retries wait, 1 overdue"))
        #expect(finding.remedy?.contains("busdriver run --roles driver,scheduler") == true)
    }

    @Test(arguments: [("web-1:9", "resque-scheduler"), ("web-1:9:3f2a", "busdriver")])
    func somebodyLeads(value: String, kind: String) async throws {
        try bench.raw.call("SET", lock, value, "EX", "180")
        let now = try now()
        try bench.raw.call("ZADD", "resque:delayed_queue_schedule", String(now - 5), String(now - 5))
        #expect(try await found("Scheduler").verdict == .ok, "Ruby may still be about to look")
        #expect(try await found("Scheduler").detail.hasPrefix("\(value) (\(kind)) holds \(lock)"))
        try bench.raw.call("ZADD", "resque:delayed_queue_schedule", String(now - 11), String(now - 11))
        let finding = try await found("Scheduler")
        #expect(finding.verdict == .warning && finding.detail.contains("but 1 times are overdue by 10 seconds"))
    }

    @Test func aLockWithoutAnEndIsAProblem() async throws {
        try bench.raw.call("SET", lock, "web-1:9")
        let finding = try await found("Scheduler")
        #expect(finding.verdict == .problem && finding.detail.contains("for ever"))
        #expect(finding.remedy?.contains("DEL \(lock)") == true)
        // What the remedy says helps.
        try bench.raw.call("EXPIRE", lock, "180")
        #expect(try await found("Scheduler").verdict == .ok)
    }

    @Test func listsOutsideOfTheScheduleAreNamed() async throws {
        try bench.raw.call("RPUSH", "resque:delayed:1795240800", "{}")
        try bench.raw.call("ZADD", "resque:delayed_queue_schedule", "1795240800", "1795240800")
        try bench.raw.call("HSET", "resque:delayed:last_enqueued_at", "a", "b")
        #expect(try await found("Delayed jobs").verdict == .ok)
        try bench.raw.call("RPUSH", "resque:delayed:1795240801", "{}")
        let finding = try await found("Delayed jobs")
        #expect(finding.verdict == .warning && finding.detail.hasSuffix(": resque:delayed:1795240801."))
        #expect(try bench.raw.call("ZCARD", "resque:delayed_queue_schedule").integer == 1, "doctor repairs nothing")
        #expect(try await DelayedQueue(connection: bench.connection, bus: bench.bus).adoptOrphans() == [1_795_240_801])
        #expect(try await found("Delayed jobs").verdict == .ok)
    }

    @Test func theHeartbeatIsLookedAt() async throws {
        #expect(try await found("Heartbeat").verdict == .ok)
        let minute = try now() / 60
        for (saved, verdict, words) in [
            ("\(minute)", Finding.Verdict.ok, "each minute"), ("\(minute - 1)", .ok, "each minute"),
            ("\(minute - 90)", .warning, "minutes ago"), ("\(minute + 60)", .problem, "until then"),
            ("9223372036854775807", .problem, "until then"), ("-9223372036854775808", .warning, "minutes ago"),
            ("soon", .problem, "is no number"),
        ] {
            try bench.raw.call("SET", "resque:bus:heartbeat:timestamp", saved)
            let finding = try await found("Heartbeat")
            #expect(finding.verdict == verdict && finding.detail.contains(words), "\(saved): \(finding.detail)")
        }
    }

    @Test func aSchedulersRightsAreTried() async throws {
        let sound = try await bench.permissions(of: [.scheduler], lock: lock)
        #expect(sound.map(\.name) == ["Permissions", "Scripts of a scheduler"])
        #expect(sound.map(\.verdict) == [.ok, .ok])
        #expect(try bench.raw.call("DBSIZE").integer == 0, "doctor leaves nothing behind")
        try bench.raw.call("ACL", "SETUSER", "default", "-pttl", "-spop", "-hset")
        let findings = try await bench.permissions(of: [.scheduler], lock: lock)
        #expect(findings.map(\.verdict) == [.problem])
        #expect(findings[0].command == ["redis-cli", "ACL", "SETUSER", "default", "+hset", "+pttl", "+spop"])
    }

    @Test func theLockIsAKeyOfItsOwn() async throws {
        try bench.raw.call("ACL", "SETUSER", "default", "resetkeys", "~resque:*")
        #expect(try await bench.permissions(of: [.scheduler], lock: lock).allSatisfy { $0.verdict == .ok })
        let other = "blue:blue:resque_scheduler_master_lock"
        let finding = try #require(try await bench.permissions(of: [.scheduler], lock: other).first)
        #expect(finding.verdict == .problem && finding.command?.last == "~\(other)")
    }

    @Test(arguments: [
        "delayed_queue_schedule", "persistent_schedules", "schedules_changed", "busdriver:cron", "busdriver:paused",
        "busdriver:schedules", "delayed:last_enqueued_at",
    ]) func keysOfAnotherTypeAreFound(name: String) async throws {
        try bench.raw.call("SET", "resque:\(name)", "text")
        let findings = try await diagnosis.types(of: [])
        #expect(findings.map(\.verdict) == [.problem])
        #expect(findings[0].detail.hasPrefix("resque:\(name) is a string, not a "))
    }
}

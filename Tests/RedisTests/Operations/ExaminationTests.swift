import BusOperations
import BusProtocol
import BusWire
import RedisTestSupport
import Testing

/// Which checks doctor makes, of what, and what they find: without a process.
@Suite(.timeLimit(.minutes(1))) struct ExaminationTests {
    private static let checksOfBus = [
        "Persistence", "Subscriptions", "Types of keys", "Queues", "Failures", "Leftovers", "Neighbours", "Schedulers",
        "Schedules",
    ]

    private func names(_ bench: StoreBench, scheduler: Bool = false) async throws -> [String] {
        try await bench.diagnosis { $0.hasScheduler = scheduler }.checks().map(\.name)
    }

    // MARK: - Which

    @Test func aMasterIsCheckedForEverything() async throws {
        let bench = try await StoreBench()
        #expect(try await names(bench) == ["Server", "Permissions", "Change tracking"] + Self.checksOfBus)
        #expect(
            try await names(bench, scheduler: true)
                == ["Server", "Permissions", "Change tracking", "Local time"] + Self.checksOfBus)
    }

    /// Its rights would be of no use, but what lies there can be read.
    @Test func aReplicaNamesItsMaster() async throws {
        let bench = try await StoreBench(config: ["replicaof 127.0.0.1 6399", "replica-serve-stale-data yes"])
        #expect(try await names(bench) == ["Server"] + Self.checksOfBus)
        let found = try await bench.diagnosis().findings()
        let role = try #require(found.first { $0.name == "Redis role" })
        #expect(role.remedy?.contains("redis://127.0.0.1:6399") == true)
        #expect(!found.contains { $0.name == "Permissions" }, "no right is missing")
        #expect(found.contains { $0.name == "Subscriptions" })
    }

    @Test func aSentinelNamesItsMaster() async throws {
        let sentinel = try RedisServer(tcp: true, arguments: ["--sentinel"])
        try sentinel.connect().call("SENTINEL", "MONITOR", "mymaster", "127.0.0.1", "6399", "1")
        let bench = try await StoreBench(server: sentinel)
        let found = try await bench.diagnosis().findings()
        #expect(found.count == 1, "nothing else can be found out there")
        #expect(found[0].verdict == .problem)
        #expect(found[0].remedy?.contains("mymaster at 127.0.0.1:6399") == true)
    }

    /// A check that Redis does not let happen ends nothing.
    @Test func aRefusedCheckIsAFinding() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("SET", "resque:queues", "text")
        let found = try await bench.diagnosis().findings()
        let refused = try #require(found.first { $0.name == "Queues" })
        #expect(refused.verdict == .problem && refused.detail.hasPrefix("This could not be looked at: "))
        #expect(found.contains { $0.name == "Schedules" }, "the next ones are made")
    }

    // MARK: - Rights

    /// Who has resque-scheduler move what waits need not give the driver's user these rights.
    @Test func aSchedulersRightsAreTriedWhereOneIsMeant() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("ACL", "SETUSER", "default", "-spop")
        func verdict(_ roles: [RoleRights.Role] = [], scheduler: Bool = false) async throws -> Finding.Verdict? {
            let diagnosis = bench.diagnosis {
                $0.roles = roles
                $0.hasScheduler = scheduler
            }
            return try await diagnosis.findings().first { $0.name == "Permissions" }?.verdict
        }
        #expect(try await verdict() == .ok)
        #expect(try await verdict(scheduler: true) == .problem)
        #expect(try await verdict([.scheduler]) == .problem)
        try bench.raw.call("SET", RawRedis.schedulerLock, "host:1", "EX", "180")
        #expect(try await verdict() == .ok)
        try bench.raw.call("SET", RawRedis.schedulerLock, "host:1:ab", "EX", "180")
        #expect(try await verdict() == .problem)
        #expect(try await verdict([.driver]) == .ok, "nothing else was asked for")
        try bench.raw.call("ACL", "SETUSER", "default", "+spop")
        #expect(try await verdict() == .ok)
    }

    @Test func whoMayNotTrackIsToldOfIt() async throws {
        let bench = try await StoreBench()
        #expect(try await bench.diagnosis().changeTracking().verdict == .ok)
        try bench.raw.call("ACL", "SETUSER", "default", "-client|tracking")
        #expect(try await bench.diagnosis().changeTracking().verdict == .warning)
    }

    // MARK: - Workers

    /// Jobs wait, and nobody lists the queue: neither by name nor by a pattern.
    @Test func aQueueThatNobodyWorksOnIsNamed() async throws {
        let bench = try await StoreBench()
        let redis = bench.raw
        for queue in ["by_name", "app_x", "app_slow", "either_b", "nobody", "bus_incoming"] {
            try redis.call("SADD", "resque:queues", queue)
            try redis.call("RPUSH", "resque:queue:\(queue)", "job", "job")
        }
        try redis.call("SADD", "resque:queues", "nobody_but_empty")
        func unattended() async throws -> [String] {
            try await bench.diagnosis().findings().filter { $0.name == "Queues" && $0.verdict == .warning }
                .map(\.detail)
        }
        #expect(try await unattended().count == 5)
        try redis.call("SADD", "resque:workers", "h:1:by_name,app_*,!app_slow", "h:2:either_{a,b}")
        #expect(try await unattended().map { $0.split(separator: " ")[3] } == ["app_slow,", "nobody,"])
        // One of Ruby's that is silent for long, and a rider of ours without a lease, are dead.
        try redis.call("SADD", "resque:workers", "h:3:nobody", "h+swift:4.1:app_slow")
        try redis.call("HSET", "resque:workers:heartbeat", "h:3:nobody", "2020-01-01T00:00:00+00:00")
        #expect(try await unattended().count == 2)
        let time = String(Int(try redis.time() + 3600) * 1000)
        try redis.call("ZADD", "resque:busdriver:riders", time, "h:4:ab")
        try redis.call("HDEL", "resque:workers:heartbeat", "h:3:nobody")
        #expect(try await unattended() == [])
        try redis.call("SREM", "resque:workers", "h:3:nobody", "h+swift:4.1:app_slow")
        try redis.call("SADD", "resque:workers", "h:5:*")
        #expect(try await unattended() == [])
    }

    // MARK: - Schedules

    @Test func entriesThatCannotRunAreNamed() async throws {
        let bench = try await StoreBench()
        func named(_ name: String) async throws -> [Finding] {
            try await bench.diagnosis().findings().filter { $0.name == name }
        }
        try bench.raw.call("HSET", "resque:persistent_schedules", "good", #"{"every":"5s","queue":"q"}"#)
        #expect(try await named("Schedules").map(\.verdict) == [.ok])
        try bench.raw.call("HSET", "resque:persistent_schedules", "bad", #"{"every":"5s"}"#, "worse", "text")
        try bench.raw.call("SADD", "resque:busdriver:paused", "good")
        let broken = try await named("Broken schedule")
        #expect(broken.map(\.verdict) == [.problem, .problem])
        #expect(broken.first?.detail.hasPrefix("bad: It names no queue") == true)
        #expect(broken.last?.detail == "worse: It is not JSON.")
        #expect(try await named("Schedules").first?.detail == "3 schedules in Redis, not all can be read.")
        #expect(try await named("Paused schedules").first?.detail.hasSuffix(": good.") == true)
    }
}

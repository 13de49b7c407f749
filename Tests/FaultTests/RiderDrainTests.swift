import Foundation
import RedisTestSupport
import Testing

/// A rider that works off what is there does not wait for a Redis that is away or cannot work: it ends within five
/// seconds at the start, and later after one lease.
extension ProcessFaults {
    private static func push(_ name: String, _ texts: [String], _ redis: RawRedis) throws {
        for page in stride(from: 0, to: texts.count, by: 1000) {
            let jobs = texts[page..<min(page + 1000, texts.count)].map { #"{"class":"\#(name)","args":["\#($0)"]}"# }
            _ = try redis.reply(to: ["RPUSH", "resque:queue:under_test_notes"] + jobs)
        }
    }

    /// With and without subscriptions to write before it rides.
    private static func expectNoStart(
        _ status: Int32, _ words: [String], on server: RedisServer, url: String? = nil,
        _ source: SourceLocation = #_sourceLocation
    ) async throws {
        for subscribes in [[], ["SUBSCRIBES=1"]] {
            let rider = try RiderUnderTestProcess(
                on: server, environment: ["INTERVAL=0", "REDIS_URL=\(url ?? server.url)"] + subscribes)
            try await pollUntil("it ends: \(rider.log)", within: .seconds(5)) { rider.ending != nil }
            #expect(rider.ending == .exit(status), "\(subscribes): \(rider.log)", sourceLocation: source)
            for word in words {
                #expect(rider.log.contains(word), "\(subscribes): \(rider.log)", sourceLocation: source)
            }
        }
    }

    // MARK: - At the start

    @Test(.timeLimit(.minutes(1))) func aRiderThatDrainsDoesNotWaitForARedisThatIsAway() async throws {
        let server = try RedisServer()
        try await Self.expectNoStart(69, ["/no/such/socket"], on: server, url: "unix:///no/such/socket")
        try await Self.expectNoStart(69, ["127.0.0.1:1"], on: server, url: "redis://127.0.0.1:1")
        let proxy = try FaultProxy(to: server)
        proxy.script(.blackhole, .blackhole, .blackhole, .blackhole, .blackhole, .blackhole)
        try await Self.expectNoStart(69, [], on: server, url: "redis://127.0.0.1:\(proxy.port)")
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            RedisState.busy, .outOfMemory, .noReplicas, .savingFails, .loading, .noConnectionLeft,
        ])
    func aRiderThatDrainsDoesNotWaitForAStateToPass(_ state: RedisState) async throws {
        let server = try RedisServer(config: state.config)
        let redis = try server.connect()
        let other = try await state.begin(server, redis)
        try await Self.expectNoStart(69, [state.complaint], on: server)
        try await state.end(server, redis, other)
    }

    @Test(.timeLimit(.minutes(1))) func aRiderThatDrainsEndsWhereSomebodyMustChangeSomething() async throws {
        let server = try RedisServer()
        try await Self.expectNoStart(78, ["database"], on: server, url: "\(server.url)?db=9999")
        try server.connect().call("ACL", "SETUSER", "default", "-evalsha", "-eval")
        try await Self.expectNoStart(78, ["NOPERM", "busdriver doctor"], on: server)
        try server.connect().call("CONFIG", "SET", "requirepass", "right")
        try await Self.expectNoStart(78, ["password"], on: server)
        let replica = try RedisServer(config: ["replicaof 127.0.0.1 1"])
        try await Self.expectNoStart(78, ["replica"], on: replica)
        let cluster = try RedisServer(config: ["cluster-enabled yes"], tcp: true)
        let redis = try cluster.connect()
        try redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        try await pollUntil("the cluster is up") {
            try redis.call("CLUSTER", "INFO").string?.contains("cluster_state:ok") == true
        }
        try await Self.expectNoStart(78, ["CROSSSLOT", "{resque}"], on: cluster)
    }

    // MARK: - In the middle

    @Test(.timeLimit(.minutes(1))) func aRedisThatDiesEndsARidersDrainAfterALease() async throws {
        let server = try RedisServer()
        try Self.push("Wait", ["a"], try server.connect())
        let rider = try RiderUnderTestProcess(on: server, environment: ["INTERVAL=0", "LEASE_MILLISECONDS=1000"])
        try await pollUntil("it has begun: \(rider.log)") { rider.notes == ["a"] }
        server.kill()
        let took = try await pollUntil("it ends: \(rider.log)", within: .seconds(20)) { rider.ending != nil }
        #expect(took > .milliseconds(700) && took < .seconds(6), "\(rider.log)")
        #expect(rider.ending == .exit(69), "\(rider.log)")
        #expect(rider.log.contains("up to 1 jobs in hand"), "\(rider.log)")
        #expect(rider.log.contains("resque:busdriver:reserved:"), "\(rider.log)")
    }

    @Test(.timeLimit(.minutes(1))) func aStateThatDoesNotPassEndsARidersDrainAfterALease() async throws {
        let server = try RedisServer()
        let redis = try server.connect()
        let texts = (1...20_000).map(String.init)
        try Self.push("Note", texts, redis)
        let environment = ["INTERVAL=0", "LEASE_MILLISECONDS=1000"]
        let rider = try RiderUnderTestProcess(on: server, environment: environment)
        try await pollUntil("it has begun: \(rider.log)") { !rider.notes.isEmpty }
        try redis.call("CONFIG", "SET", "maxmemory", "1")
        let took = try await pollUntil("it ends: \(rider.log)", within: .seconds(20)) { rider.ending != nil }
        #expect(took > .milliseconds(700) && took < .seconds(6), "\(rider.log)")
        #expect(rider.ending == .exit(69), "\(rider.log)")
        #expect(rider.log.contains("Redis cannot work: OOM"), "\(rider.log)")
        try redis.call("CONFIG", "SET", "maxmemory", "0")
        let next = try RiderUnderTestProcess(on: server, environment: environment)
        try await pollUntil("the next ends: \(next.log)") { next.ending != nil }
        #expect(next.ending == .exit(0), "\(next.log)")
        #expect(Set(rider.notes + next.notes).count == 20_000)
    }

    @Test(.timeLimit(.minutes(1))) func aStateThatPassesDoesNotEndARidersDrain() async throws {
        let server = try RedisServer()
        let redis = try server.connect()
        try Self.push("Note", (1...20_000).map(String.init), redis)
        let rider = try RiderUnderTestProcess(on: server, environment: ["INTERVAL=0", "LEASE_MILLISECONDS=10000"])
        try await pollUntil("it has begun: \(rider.log)") { !rider.notes.isEmpty }
        try redis.call("CONFIG", "SET", "maxmemory", "1")
        try await pollUntil("it has met that: \(rider.log)") { rider.log.contains("OOM") }
        try redis.call("CONFIG", "SET", "maxmemory", "0")
        try await pollUntil("it ends: \(rider.log)", within: .seconds(30)) { rider.ending != nil }
        #expect(rider.ending == .exit(0), "\(rider.log)")
        #expect(rider.notes.count == 20_000)
    }
}

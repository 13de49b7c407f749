import BusDriver
import RedisTestSupport
import Testing

/// An event published after `subscribe` returned is matched by it; after `unsubscribe` returned it is not
/// (protocol §3).
@Suite(.serialized, .timeLimit(.minutes(1))) struct SubscriptionFreshnessTests {
    private static let queue = "resque:queue:probe_default"

    /// Subscribes to a type of its own, publishes one such event, unsubscribes, publishes another one; round after
    /// round, with Ruby's exact commands. Each first event must arrive before the round goes on, the second ones never.
    ///
    /// - Parameter disturb: called before each round.
    private static func probe(
        rounds: Int, on bench: RoleBench, disturb: (_ round: Int, _ redis: RawRedis) throws -> Void = { _, _ in }
    ) throws {
        let redis = try bench.client()
        let ruby = RubyClient(redis)
        for round in 1...rounds {
            try disturb(round, redis)
            let type = "probe_\(round)"
            try ruby.subscribe(
                "probe", [.init(key: "probe", queue: "probe_default", matcher: ["bus_event_type": type])])
            let id = try ruby.publish(type)
            let arrived = try redis.call("BLPOP", queue, "9")
            try #require(arrived.strings.last?.contains(id) == true, "round \(round): \(arrived)")
            try ruby.unsubscribe("probe")
            try ruby.publish(type)
        }
    }

    /// - Parameter rate: other events that are published meanwhile, per second.
    private static func probeBesideADriver(
        rounds: Int, on bench: RoleBench, rate: Int = 0,
        disturb: (_ round: Int, _ redis: RawRedis) throws -> Void = { _, _ in }
    ) async throws -> DriverStatistics {
        let driver = bench.driver(try bench.configuration())
        let redis = try bench.client()
        let others = Ledger()
        try await bench.whileRunning(driver) {
            let load = bench.startPublishing(others, perSecond: rate)
            try probe(rounds: rounds, on: bench, disturb: disturb)
            try load.finish()
            // On an idle machine it is five times as many; on a busy one, rounds take longer too.
            #expect(others.acknowledged >= rounds * rate / 5000, "too little was going on")
            try await pollUntil("everything is driven") { try others.isDriven(on: redis) }
        }
        #expect(try redis.call("LLEN", queue).integer == 0, "no event after an unsubscribe")
        #expect(try redis.call("LLEN", "resque:failed").integer == 0)
        let statistics = await driver.statistics
        let published = others.acknowledged + 2 * rounds
        #expect(try redis.call("GET", "resque:stat:processed").string == String(published))
        // A session that ends between a commit and its answer has handed over what it does not count.
        #expect((published - statistics.reconnects...published).contains(statistics.events))
        return statistics
    }

    @Test(.timeLimit(.minutes(1))) func whileIdle() async throws {
        try await RoleBench.run { bench in
            let statistics = try await Self.probeBesideADriver(rounds: 1000, on: bench)
            #expect(statistics.swaps > 500, "the events came by the way of the peek")
            #expect(statistics.reconnects == 0)
        }
    }

    @Test(.timeLimit(.minutes(1))) func atTwentyThousandEventsASecond() async throws {
        try await RoleBench.run { bench in
            _ = try await Self.probeBesideADriver(rounds: 1000, on: bench, rate: 25_000)
        }
    }

    @Test(.timeLimit(.minutes(1))) func whenTheTrackingConnectionIsKilledNowAndThen() async throws {
        try await RoleBench.run { bench in
            let statistics = try await Self.probeBesideADriver(rounds: 1000, on: bench) { round, redis in
                if round % 200 == 100 { try redis.call("CLIENT", "KILL", "TYPE", "pubsub") }
            }
            #expect(statistics.reconnects == 5)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["-client|tracking", "-publish", "resetchannels"])
    func whereTrackingIsForbidden(_ rule: String) async throws {
        try await RoleBench.run { bench in
            try bench.client().call("ACL", "SETUSER", "default", rule)
            let statistics = try await Self.probeBesideADriver(rounds: 300, on: bench)
            #expect(statistics.loads >= 300)
        }
    }
}

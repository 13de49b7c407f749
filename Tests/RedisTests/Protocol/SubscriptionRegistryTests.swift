import BusProtocol
import RedisConnection
import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SubscriptionRegistryTests {
    private static func bench() async throws -> (StoreBench, SubscriptionRegistry) {
        let bench = try await StoreBench()
        for name in ["shop", "stock"] {
            try RubyClient(bench.raw).subscribe(
                name, [.init(key: "all", queue: name, matcher: ["bus_event_type": "sold"])])
        }
        return (bench, SubscriptionRegistry(connection: bench.connection, bus: bench.bus))
    }

    /// Otherwise events would be driven past applications whose wishes nobody could read.
    @Test func aRefusalIsNotTakenForAnApplicationWithoutWishes() async throws {
        let (bench, registry) = try await Self.bench()
        try bench.raw.call("ACL", "SETUSER", "default", "-hgetall")
        await #expect(throws: RedisError.self) { try await registry.load() }
        try bench.raw.call("ACL", "SETUSER", "default", "+hgetall")
        #expect(try await registry.load().allSatisfy { $0.problem == nil && $0.records.count == 1 })
    }

    @Test func aWrongTypeIsTheTroubleOfOneApplication() async throws {
        let (bench, registry) = try await Self.bench()
        try bench.raw.call("SET", "resque:bus_app:shop", "text")
        let applications = try await registry.load().sorted { $0.name < $1.name }
        #expect(applications.map { $0.problem == nil } == [false, true])
        #expect(applications.map(\.records.count) == [0, 1])
    }
}

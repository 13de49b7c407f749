import RedisTestSupport
import Testing

/// Load that runs beside a test.
@Suite(.timeLimit(.minutes(1))) struct RepeatingThreadTests {
    /// Harm that comes at once would else meet load that is still connecting, and the test would go on without it
    /// (`noNeighbourStopsTheFleet`, seed 4).
    @Test func itIsAtWorkBeforeTheHarm() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        for _ in 1...50 {
            let load = RepeatingThread {
                let redis = try server.acceptedConnection()
                return { try redis.call("PING") }
            }
            try redis.call("CONFIG", "SET", "maxclients", "1")
            try load.finish()
            try redis.call("CONFIG", "SET", "maxclients", "10000")
        }
    }

    @Test func itTellsWhatEndedIt() async throws {
        let load = RepeatingThread { { throw CancellationError() } }
        try await pollUntil("it has ended") { load.failure != nil }
        #expect(throws: CancellationError.self) { try load.finish() }
    }
}

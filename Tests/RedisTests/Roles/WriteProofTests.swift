import BusProtocol
import RedisConnection
import RedisTestSupport
import Testing

/// What `SET … XX` of a key that nobody makes tells of a server.
@Suite(.serialized, .timeLimit(.minutes(1))) struct WriteProofTests {
    @Test(arguments: [RedisState.outOfMemory, .noReplicas, .replica])
    func aStateInWhichRedisTakesNoWritesIsThrown(_ state: RedisState) async throws {
        let bench = try await StoreBench(config: state.config)
        try await bench.connection.proveWritable(bus: bench.bus)
        _ = try await state.begin(bench.server, bench.raw)
        do throws(RedisError) {
            try await bench.connection.proveWritable(bus: bench.bus)
            Issue.record("it took the write")
        } catch {
            #expect(error.isPassing, "\(error)")
        }
        try await state.end(bench.server, bench.raw, nil)
        try await bench.connection.proveWritable(bus: bench.bus)
        #expect(try bench.raw.call("DBSIZE").integer == 0)
    }

    /// Other commands may be allowed.
    @Test func aUserWhoMayNotSetProvesNothing() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("ACL", "SETUSER", "default", "-set")
        try await bench.connection.proveWritable(bus: bench.bus)
    }
}

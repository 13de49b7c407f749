import BusWire
import LibevExecutor
import RedisConnection
import RedisTestSupport
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct LeftoversTests {
    /// The characters of the namespace mean something else in a pattern of SCAN.
    @Test func whatADriverHoldsWaitsInAnyNamespace() async throws {
        let server = try RedisServer()
        let executor = LibevExecutor(name: "leftovers")
        let keys = BusKeys(namespace: "a[b]*")
        let stamp = EventStamp(run: "0a1b2c3d")
        var element: [UInt8] = []
        stamp.append(7, to: &element)
        let held = try server.connect()
        try held.call([Array("RPUSH".utf8), Array(keys.inFlight("driver", 1).utf8), element])

        let connection = try await TestRedis.open(url: server.url, executor: executor).connect(executor: executor)
        let leftovers = try await Leftovers(connection, keys: keys, incoming: "bus_incoming", stamp: stamp)
        await connection.close()
        executor.stop()
        server.stop()
        #expect(leftovers.waiting == [7])
        #expect(leftovers.failed == [])
    }
}

import BusProtocol
import BusSession
import RedisConnection
import RedisTestSupport
import Synchronization
import Testing

/// Whether Redis announces changes, and what is said of it.
@Suite(.timeLimit(.minutes(1))) struct ChangeTrackingTests {
    /// A feed that has come to another server than the rest of the session, as behind one address for several.
    private final class StrayFeed: ChangeFeed {
        private let closed = Mutex(false)
        var isClosed: Bool { closed.withLock { $0 } }

        func subscribe(
            _ channels: [String], onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
        ) async throws(RedisError) {}

        func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {}

        func close() async { closed.withLock { $0 = true } }
    }

    @Test func whoeverDoesNotHearItselfLooksInPlaceOfListening() async throws {
        let bench = try await StoreBench()
        let feed = StrayFeed()
        let tracking = try await ChangeTracking.begin(
            on: feed, id: bench.info.clientID, control: bench.connection, options: ["BCAST"], barrier: "barrier"
        ) { _, _ in }
        #expect(tracking == .polled(because: "what it PUBLISHes does not come back"))
        #expect(feed.isClosed)
        let information = try await bench.connection.send(RedisPipeline("CLIENT", "TRACKINGINFO"))[0]
        #expect(information[1][0].string == "off")
    }
}

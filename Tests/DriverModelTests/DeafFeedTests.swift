import BusStore
import Glibc
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Synchronization
import Testing

@testable import BusDriver

/// Something between Redis and the driver has lost the connection of announcements, and neither end of ours hears of it: the
/// driver does not wait for ever for barriers that do not come back.
@Suite(.serialized) struct DeafFeedTests {
    /// A feed that goes silent on request.
    private final class Feed: ChangeFeed {
        let isDeaf = Atomic(false)
        private let feed: any ChangeFeed

        init(_ feed: any ChangeFeed) { self.feed = feed }

        func subscribe(
            _ channels: [String], onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
        ) async throws(RedisError) {
            try await feed.subscribe(channels) { channel, payload in
                if !self.isDeaf.load(ordering: .relaxed) { onMessage(channel, payload) }
            }
        }

        func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
            feed.onLoss { error in if !self.isDeaf.load(ordering: .relaxed) { body(error) } }
        }

        func close() async { await feed.close() }
    }

    /// - Parameter isEnded: Redis knows that the connection is gone; else it goes on publishing to it.
    @Test(.timeLimit(.minutes(1)), arguments: [true, false]) func barriersThatDoNotComeBack(isEnded: Bool) async throws
    {
        let server = try RedisServer()
        let executor = LibevExecutor(name: "test.loop")
        defer { executor.stop() }
        let redis = try server.connect()
        try redis.call("SADD", "resque:bus_apps", "a")
        try redis.call(
            "HSET", "resque:bus_app:a", "k",
            #"{"queue_name":"a","key":"k","class":"::QueueBus::Rider","matcher":{"bus_event_type":"x"}}"#)
        var configuration = DriverConfiguration(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url)), host: "host",
            processID: getpid(), now: { 1 }, uuid: { "" }, localOffset: { _ in 0 })
        configuration.lease = .seconds(1)
        configuration.redis.commandTimeout = .seconds(1)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let feeds = Mutex<[Feed]>([])
        let driver = Driver(configuration: configuration, executor: executor, logger: logger) { [configuration] in
            let session = try await DriverSession.open(configuration, executor: executor, logger: logger)
            let feed = Feed(session.changes)
            feeds.withLock { $0.append(feed) }
            return DriverSession(
                control: session.control, lanes: session.lanes, doorbell: session.doorbell, changes: feed,
                changesID: session.changesID, digests: session.digests, server: session.server)
        }
        let running = Task(executorPreference: executor) { try await driver.run() }
        func publish() throws {
            let event =
                #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"x\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
            try redis.call("RPUSH", "resque:queue:bus_incoming", event)
        }
        try publish()
        try await pollUntil("it drives") { try redis.call("LLEN", "resque:queue:a").integer == 1 }
        feeds.withLock { $0[0].isDeaf.store(true, ordering: .relaxed) }
        if isEnded { try redis.call("CLIENT", "KILL", "TYPE", "pubsub") }
        try publish()
        try await pollUntil("it drives again") { try redis.call("LLEN", "resque:queue:a").integer == 2 }
        #expect(await driver.statistics.reconnects == 1)
        await driver.stop()
        #expect(try await running.value == .drained)
    }
}

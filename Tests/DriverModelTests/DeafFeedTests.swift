import BusProtocol
import BusSession
import Glibc
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Synchronization
import Testing

@testable import BusDriver

/// Something between Redis and the driver has lost the connection of announcements, and neither end of ours hears of
/// it: the driver does not wait for ever for barriers that do not come back.
@Suite(.serialized, .timeLimit(.minutes(1))) struct DeafFeedTests {
    /// A feed that goes silent on request, and passes on late what it hears.
    private final class Feed: ChangeFeed {
        let isDeaf = Atomic(false)
        private let feed: any ChangeFeed
        private let delay: Duration
        private let executor: LibevExecutor

        init(_ feed: any ChangeFeed, delay: Duration, executor: LibevExecutor) {
            self.feed = feed
            self.delay = delay
            self.executor = executor
        }

        func subscribe(
            _ channels: [String], onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
        ) async throws(RedisError) {
            try await feed.subscribe(channels) { [self] channel, payload in
                guard !isDeaf.load(ordering: .relaxed) else { return }
                executor.schedule(after: delay) { onMessage(channel, payload) }
            }
        }

        func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
            feed.onLoss { error in if !self.isDeaf.load(ordering: .relaxed) { body(error) } }
        }

        func close() async { await feed.close() }
    }

    /// Runs a driver with a lease of one second, and a subscription that wants its events, beside `body`.
    ///
    /// - Parameters:
    ///   - patience: how long a barrier may take to come back.
    ///   - delay: of every message of the feed.
    private func drive(
        patience: Duration, delay: Duration = .zero,
        _ body: (_ driver: Driver, _ redis: RawRedis, _ loseHearing: () -> Void) async throws -> Void
    ) async throws {
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
        configuration.redis.commandTimeout = patience
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let feeds = Mutex<[Feed]>([])
        let environment = RoleEnvironment { [configuration] in
            let session = try await DriverSession.open(configuration, executor: executor, logger: logger)
            let feed = Feed(session.changes, delay: delay, executor: executor)
            feeds.withLock { $0.append(feed) }
            return DriverSession(
                control: session.control, lanes: session.lanes, doorbell: session.doorbell, changes: feed,
                changesID: session.changesID, digests: session.digests, server: session.server)
        }
        let driver = Driver(
            configuration: configuration, executor: executor, logger: logger, environment: environment)
        let running = Task(executorPreference: executor) { try await driver.run() }
        try publish(1, on: redis)
        try await pollUntil("it drives") { try driven(on: redis) == 1 }
        try await body(driver, redis) { feeds.withLock { $0[0].isDeaf.store(true, ordering: .relaxed) } }
        await driver.stop()
        #expect(try await running.value == .drained)
    }

    private func publish(_ count: Int, on redis: RawRedis) throws {
        let event =
            #"{"class":"QueueBus::Worker","args":["{\"bus_event_type\":\"x\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
        _ = try redis.reply(to: ["RPUSH", "resque:queue:bus_incoming"] + Array(repeating: event, count: count))
    }

    private func driven(on redis: RawRedis) throws -> Int { try redis.call("LLEN", "resque:queue:a").integer ?? 0 }

    /// Redis goes on publishing to a connection that nobody hears any more.
    @Test func barriersThatDoNotComeBackEndTheSession() async throws {
        try await drive(patience: .seconds(1)) { driver, redis, loseHearing in
            loseHearing()
            try publish(1, on: redis)
            try await pollUntil("it drives again") { try driven(on: redis) == 2 }
            #expect(await driver.statistics.reconnects == 1)
        }
    }

    /// The same in the middle of a backlog, where claims wait and nobody peeks.
    @Test func barriersOfABusyDriverThatDoNotComeBackEndTheSession() async throws {
        try await drive(patience: .seconds(1), delay: .milliseconds(50)) { driver, redis, loseHearing in
            try publish(5000, on: redis)
            try await pollUntil("it is busy") { try driven(on: redis) > 1 }
            loseHearing()
            #expect(try redis.call("LLEN", "resque:queue:bus_incoming").integer ?? 0 > 0)
            try await pollUntil("it drives again") { try driven(on: redis) == 5001 }
            #expect(await driver.statistics.reconnects == 1)
        }
    }

    /// Redis knows that the connection is gone, and says so with the next claim: nobody waits until patience is at its
    /// end.
    @Test func barriersThatReachNobodyEndTheSessionAtOnce() async throws {
        try await drive(patience: .seconds(300)) { driver, redis, loseHearing in
            loseHearing()
            try redis.call("CLIENT", "KILL", "TYPE", "pubsub")
            try publish(1, on: redis)
            try await pollUntil("it drives again") { try driven(on: redis) == 2 }
            #expect(await driver.statistics.reconnects == 1)
        }
    }

    /// At each heartbeat of a busy driver some barrier is not back yet, but never the same one for long.
    @Test func barriersThatComeBackLateEndNothing() async throws {
        try await drive(patience: .milliseconds(500), delay: .milliseconds(100)) { driver, redis, _ in
            var published = 1
            let end = ContinuousClock.now + .seconds(3)
            while ContinuousClock.now < end {
                let waiting = try redis.call("LLEN", "resque:queue:bus_incoming").integer ?? 0
                if waiting < 2000 {
                    try publish(1000, on: redis)
                    published += 1000
                }
            }
            try await pollUntil("everything is driven") { try driven(on: redis) == published }
            #expect(await driver.statistics.reconnects == 0)
        }
    }
}

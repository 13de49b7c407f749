import BusProtocol
import BusWire
import RedisConnection
import Testing

@testable import BusDriver

/// Whether the subscriptions in force are as new as a batch needs them, and what is read to make them so.
@Suite(.timeLimit(.minutes(1))) struct SubscriptionFeedTests {
    private let keys = BusKeys()
    private let feed: SubscriptionFeed

    init() {
        feed = SubscriptionFeed(keys: BusKeys())
        feed.beginSession()
    }

    private static func hash(_ key: String, _ record: String? = nil) -> String {
        RESP.list([key, record ?? RegistryModel.record(key: key, filter: "a")])
    }

    private static let everything = [[RESP.list(["shop", "mail"])], [hash("one"), hash("two")]]

    /// One load, as the driver does it.
    private func load(_ redis: AnsweringRedis, isCurrent: () -> Bool = { true }) async throws -> SubscriptionFeed.Load?
    {
        #expect(feed.beginLoad())
        let load = try await feed.load(redis, while: isCurrent)
        if load != nil { feed.finishLoad() }
        return load
    }

    private func hearBarrier(_ number: Int) { feed.hear("barrier", .integer(number)) }

    @Test func aBatchRestsOnWhatWasAnnouncedBeforeItsBarrier() async throws {
        _ = try await load(AnsweringRedis(Self.everything))
        #expect(feed.compiled.count == 2)
        let barrier = feed.newBarrier(behind: .claim)
        feed.hear(ChangeTracking.invalidations, .list([keys.app("shop")]))
        hearBarrier(barrier)
        #expect(!feed.isFresh(barrier), "what has changed before must be read first")
        let load = try await load(AnsweringRedis([[Self.hash("one")]]))
        #expect(load?.mayBePaused == false)
        #expect(feed.isFresh(barrier))
    }

    @Test func onlyWhatHasChangedIsRead() async throws {
        let first = AnsweringRedis(Self.everything)
        #expect(try await load(first)?.mayBePaused == true)
        #expect(first.commandCounts == [1, 2])
        feed.hear(ChangeTracking.invalidations, .list([keys.app("shop"), keys.pauseAllWorkers]))
        let second = AnsweringRedis([[RESP.list([])]])
        #expect(try await load(second)?.mayBePaused == true)
        #expect(second.commandCounts == [1])
        #expect(feed.compiled.count == 1)
    }

    /// Nobody has heard what changed meanwhile.
    @Test func aSessionBeginsByReadingEverything() async throws {
        _ = try await load(AnsweringRedis(Self.everything))
        #expect(!feed.beginLoad())
        feed.beginSession()
        let redis = AnsweringRedis(Self.everything)
        _ = try await load(redis)
        #expect(redis.commandCounts == [1, 2])
    }

    @Test func whatWasReadInASessionThatHasEndedIsNotInForce() async throws {
        _ = try await load(AnsweringRedis(Self.everything))
        let before = feed.compiled
        for announced in [nil, [keys.app("shop")]] {
            if let announced { feed.hear(ChangeTracking.invalidations, .list(announced)) } else { feed.beginSession() }
            var isCurrent = true
            let redis = AnsweringRedis(announced == nil ? Self.everything : [[RESP.list([])]])
            redis.onRequest = { isCurrent = false }
            #expect(try await load(redis, isCurrent: { isCurrent }) == nil)
            #expect(feed.compiled === before)
            feed.beginSession()
            _ = feed.beginLoad()
            feed.finishLoad()
        }
    }

    /// Where nothing is announced, each batch assumes that something has.
    @Test func anAssumedChangeIsReadBeforeTheBatchIsFresh() async throws {
        _ = try await load(AnsweringRedis(Self.everything))
        let barrier = feed.newBarrier(behind: .claim)
        feed.assumeChange()
        #expect(!feed.isFresh(barrier))
        _ = try await load(AnsweringRedis(Self.everything))
        #expect(feed.isFresh(barrier))
    }

    @Test func aProblemIsToldOnce() async throws {
        let broken = [[RESP.list(["shop"])], [Self.hash("one", "{")]]
        #expect(try await load(AnsweringRedis(broken))?.problems.count == 1)
        feed.beginSession()
        #expect(try await load(AnsweringRedis(broken))?.problems == [])
    }

    @Test func aBarrierThatStaysAwayIsCounted() {
        let barrier = feed.newBarrier(behind: .claim)
        #expect(feed.looksInVain(for: []) == 0)
        #expect((0..<3).map { _ in feed.looksInVain(for: [barrier]) } == [0, 1, 2])
        let next = feed.newBarrier(behind: .claim)
        #expect(feed.looksInVain(for: [next, barrier]) == 3, "the oldest counts")
        hearBarrier(barrier)
        #expect(feed.looksInVain(for: [next, barrier]) == 0)
        #expect(feed.looksInVain(for: [next]) == 1)
        feed.beginSession()
        #expect(feed.looksInVain(for: [next]) == 0)
    }
}

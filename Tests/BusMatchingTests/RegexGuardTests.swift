import BusWire
import Synchronization
import Testing

@testable import BusMatching

/// What hostile patterns and texts can do, and what they cannot.
@Suite(.timeLimit(.minutes(1))) struct RegexGuardTests {
    private static let hostile = [JSONMember("a", .string(String(repeating: "a", count: 40) + "!"))]
    private static let harmless = [JSONMember("a", "aaa")]
    private static let catastrophic = "(?-mix:(a+)+$)"

    /// A clock that every search moves on.
    private final class ManualClock: Sendable {
        private let time = Atomic<Int>(0)
        var now: @Sendable () -> Int { { self.time.load(ordering: .relaxed) } }
        func advance(_ nanoseconds: Int) { time.add(nanoseconds, ordering: .relaxed) }
    }

    @Test("A pattern that exceeds its limit leaves its subscription undecided, and others alone")
    func undecided() {
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, [("a", Self.catastrophic)]), subscription(1, [("a", "(?-mix:a!$)")]),
            subscription(2, [("a", Self.catastrophic), ("b", "bus_special_value_key")]),
            subscription(3, [("a", Self.catastrophic), ("c", "bus_special_value_nil")]),
        ])
        let scratch = MatchScratch()
        index.match(Self.hostile, using: scratch)
        #expect(scratch.matches.elementsEqual([1]))
        #expect(
            scratch.undecided == [
                .init(subscription: 0, filter: Self.catastrophic, reason: .limitExceeded),
                .init(subscription: 3, filter: Self.catastrophic, reason: .limitExceeded),
            ])
        index.match(Self.harmless, using: scratch)
        #expect(scratch.matches.elementsEqual([0, 3]))
        #expect(scratch.undecided.isEmpty)
    }

    @Test("Three strikes quarantine a pattern for 60 s, with one warning")
    func quarantine() {
        let clock = ManualClock()
        let index = SubscriptionIndex(subscriptions: [subscription(0, [("a", Self.catastrophic)])])
        let scratch = MatchScratch(now: clock.now)
        func reason() -> UndecidedReason? {
            index.match(Self.hostile, using: scratch)
            return scratch.undecided.first?.reason
        }
        #expect(reason() == .limitExceeded)
        #expect(reason() == .limitExceeded)
        #expect(scratch.takeNewlyQuarantined().isEmpty)
        #expect(reason() == .limitExceeded)
        #expect(scratch.takeNewlyQuarantined() == [Self.catastrophic])
        #expect(reason() == .quarantined)
        // What is quick to judge is still judged.
        #expect(index.matches(Self.harmless, using: scratch) == [0])
        clock.advance(59_999_999_999)
        #expect(reason() == .quarantined)
        #expect(scratch.takeNewlyQuarantined().isEmpty)
        clock.advance(1)
        #expect(reason() == .limitExceeded)
    }

    @Test("A quarantine outlives the index")
    func rebuild() {
        let clock = ManualClock()
        let subscriptions = [subscription(0, [("a", Self.catastrophic)])]
        var index = SubscriptionIndex(subscriptions: subscriptions)
        let scratch = MatchScratch(now: clock.now)
        for _ in 0..<3 { index.match(Self.hostile, using: scratch) }
        index = SubscriptionIndex(subscriptions: subscriptions, reusing: index)
        index.match(Self.hostile, using: scratch)
        #expect(scratch.undecided.first?.reason == .quarantined)
    }

    @Test("Slow searches spend the batch's budget; the next batch has its own")
    func budget() {
        // Every reading of the clock is 2 ms later, so a search takes 2 ms.
        let clock = ManualClock()
        let now: @Sendable () -> Int = {
            clock.advance(2_000_000)
            return clock.now()
        }
        var limits = RegexLimits()
        limits.strikes = 100
        let index = SubscriptionIndex(subscriptions: [subscription(0, [("a", Self.catastrophic)])])
        let scratch = MatchScratch(limits: limits, now: now)
        scratch.beginBatch()
        let reasons = (0..<3).map { _ in
            index.match(Self.hostile, using: scratch)
            return scratch.undecided.first?.reason
        }
        #expect(reasons == [.limitExceeded, .limitExceeded, .budgetSpent])
        scratch.beginBatch()
        index.match(Self.hostile, using: scratch)
        #expect(scratch.undecided.first?.reason == .limitExceeded)
    }

    @Test("Undecided judgements of an event type are not remembered")
    func memo() {
        let type = "bus_event_type"
        let text = JSONValue.string(String(repeating: "a", count: 40) + "!")
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, [(type, Self.catastrophic)]), subscription(1, [(type, "(?-mix:a!$)")]),
        ])
        let scratch = MatchScratch()
        for _ in 0..<3 {
            index.match([JSONMember(type, text)], using: scratch)
            #expect(scratch.undecided.map(\.subscription) == [0])
            #expect(scratch.matches.elementsEqual([1]))
        }
    }

    @Test(
        "Long texts are searched in steps, with the answer of one search",
        arguments: [
            ("(?-mix:needle)", true), ("(?-mix:é+\\d)", false), ("(?-mix:needle.*end\\z)", true),
            ("(?-mix:(?<=n)eedle)", true),
            ("(?-mix:^needle\\d)", false), ("needle here", true), ("(?-mix:^é{3000}$)", true),
            ("(?-mix:\\Gneedle.*)", false),
            ("(?-mix:(?m:ééé.*end))", true), ("(?-mix:d\\z)", true), ("(?-mix:x\\z)", false), ("é+", true),
        ])
    func longTexts(filter: String, matches: Bool) {
        let lines = [String(repeating: "é", count: 3000), "needle here", "a needle and the end"]
        let text = lines.joined(separator: "\n")
        let index = SubscriptionIndex(subscriptions: [subscription(0, [("a", filter)])])
        #expect(index.matches([JSONMember("a", .string(text))]) == (matches ? [0] : []))
    }

    @Test("A search that is quadratic without backtracking ends too", arguments: [200_000, 1_000_000])
    func quadratic(length: Int) {
        let index = SubscriptionIndex(subscriptions: [subscription(0, [("a", "(?-mix:[0-9]+x)")])])
        let attributes = [JSONMember("a", .string(String(repeating: "7", count: length)))]
        let scratch = MatchScratch()
        let time = ContinuousClock().measure { index.match(attributes, using: scratch) }
        print("\(length) bytes: \(time), \(scratch.undecided)")
        #expect(scratch.undecided.map(\.reason) == [.limitExceeded])
        #expect(time < .seconds(1))
    }
}

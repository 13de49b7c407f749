import BusWire
import Synchronization
import Testing

@testable import BusMatching

/// What hostile patterns and texts can do, and what they cannot.
@Suite(.timeLimit(.minutes(1))) struct RegexGuardTests {
    private static let hostile = [JSONMember("a", .string(String(repeating: "a", count: 40) + "!"))]
    private static let harmless = [JSONMember("a", "aaa")]
    private static let catastrophic = "(?-mix:(a+)+\\1$)"

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

    /// Memory for the 5 900 instructions takes more steps than there are in quarantine.
    @Test("In quarantine, a large pattern is judged on what is quick too")
    func largePatternInQuarantine() {
        let large = "(?-mix:" + String(repeating: "[[:alpha:]]", count: 5_900) + "!)"
        let index = SubscriptionIndex(subscriptions: [subscription(0, [("a", large)])])
        let scratch = MatchScratch()
        let long = [JSONMember("a", .string(String(repeating: "a", count: 20_000) + "b"))]
        for _ in 0..<3 { index.match(long, using: scratch) }
        #expect(scratch.takeNewlyQuarantined() == [large])
        for text in ["", "calm", "a!", "!"] {
            #expect(index.matches([JSONMember("a", .string(text))], using: scratch) == [])
            #expect(scratch.undecided.isEmpty, "\(text)")
        }
        index.match(long, using: scratch)
        #expect(scratch.undecided.map(\.reason) == [.quarantined])
    }

    @Test("A quarantine outlives the index")
    func rebuild() {
        let clock = ManualClock()
        let subscriptions = [subscription(0, [("a", Self.catastrophic)])]
        var index = SubscriptionIndex(subscriptions: subscriptions)
        let scratch = MatchScratch(now: clock.now)
        for _ in 0..<3 { index.match(Self.hostile, using: scratch) }
        index = SubscriptionIndex(subscriptions: subscriptions, reusing: [index])
        index.match(Self.hostile, using: scratch)
        #expect(scratch.undecided.first?.reason == .quarantined)
    }

    @Test("Searches spend the batch's steps; the next batch has its own")
    func budget() {
        var limits = RegexLimits()
        limits.strikes = 100
        limits.perBatch = limits.perPattern * 3 / 2
        let index = SubscriptionIndex(subscriptions: [subscription(0, [("a", Self.catastrophic)])])
        let scratch = MatchScratch(limits: limits)
        func reason() -> UndecidedReason? {
            index.match(Self.hostile, using: scratch)
            return scratch.undecided.first?.reason
        }
        scratch.beginBatch()
        // A strike halves what the pattern gets, and less than that is left.
        #expect((0..<4).map { _ in reason() } == [.limitExceeded, .budgetSpent, .budgetSpent, .budgetSpent])
        #expect(index.matches(Self.harmless, using: scratch) == [0])
        scratch.beginBatch()
        #expect(reason() == .limitExceeded)
    }

    @Test("A cheap pattern is decided whatever others have spent")
    func cheap() {
        var subscriptions = (0..<200).map { subscription($0, [("a", "(?-mix:(a+)+\\1{1}$|z{\($0 + 2)})")]) }
        subscriptions.append(subscription(200, [("a", "(?-mix:(a)\\1!$)")]))
        subscriptions.append(subscription(201, [("a", "(?-mix:a+!$)")]))
        let index = SubscriptionIndex(subscriptions: subscriptions)
        let scratch = MatchScratch()
        for _ in 0..<5 {
            scratch.beginBatch()
            index.match(Self.hostile, using: scratch)
            #expect(scratch.matches.elementsEqual([200, 201]))
            #expect(scratch.undecided.map(\.subscription) == Array(0..<200))
        }
    }

    @Test("A loop that others wait for gives an event up that needs more time, and the next one gets an answer")
    func postponed() {
        let clock = ManualClock()
        let index = SubscriptionIndex(subscriptions: [subscription(0, [("a", Self.catastrophic)])])
        let onLoop = MatchScratch(limits: .onLoop, now: clock.now)
        let beside = MatchScratch(now: clock.now)
        for strike in 1...3 {
            onLoop.beginBatch()
            index.match(Self.hostile, using: onLoop)
            #expect(onLoop.needsMoreTime)
            #expect(onLoop.takeNewlyQuarantined().isEmpty)
            #expect(index.matches(Self.harmless, using: onLoop) == [0])
            #expect(!onLoop.needsMoreTime)
            beside.beginBatch()
            index.match(Self.hostile, using: beside)
            #expect(!beside.needsMoreTime)
            let quarantined = beside.takeNewlyQuarantined()
            #expect(quarantined == (strike == 3 ? [Self.catastrophic] : []))
            onLoop.quarantine(quarantined)
        }
        index.match(Self.hostile, using: onLoop)
        #expect(!onLoop.needsMoreTime)
        #expect(scratchReasons(onLoop) == [.quarantined])
        clock.advance(60_000_000_000)
        onLoop.beginBatch()
        index.match(Self.hostile, using: onLoop)
        #expect(onLoop.needsMoreTime)
    }

    private func scratchReasons(_ scratch: MatchScratch) -> [UndecidedReason] { scratch.undecided.map(\.reason) }

    @Test("Where a scan for all patterns takes too long, each is judged alone")
    func scanGivenUp() {
        let subscriptions = (0..<50).map { subscription($0, [("a", "(?-mix:[ab]{\($0)}c$)")]) }
        let index = SubscriptionIndex(subscriptions: subscriptions)
        let text = [JSONMember("a", .string(String(repeating: "ab", count: 20) + "c"))]
        let expected = Array(0...40)
        #expect(index.matches(text) == expected)
        var limits = RegexLimits()
        limits.perEvent = 50
        limits.always = 2000
        let scratch = MatchScratch(limits: limits)
        #expect(index.matches(text, using: scratch) == expected)
        #expect(scratch.undecided.isEmpty)
        limits.onExhaustion = .postponed
        let onLoop = MatchScratch(limits: limits)
        index.match(text, using: onLoop)
        #expect(onLoop.needsMoreTime)
    }

    @Test("What nobody can judge is undecided for every event")
    func unjudgeable() throws {
        let filter = String(repeating: "a|", count: 40_000)
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, [("a", filter)]), subscription(1, [("a", filter), ("b", "x")]),
            subscription(2, [("a", ".*")]),
        ])
        let scratch = MatchScratch()
        for attributes in [[], [JSONMember("a", .null)], [JSONMember("a", "q")]] as [[JSONMember]] {
            #expect(index.matches(attributes, using: scratch) == [2])
            #expect(scratch.undecided.map(\.subscription) == [0])
            let reason = try #require(scratch.undecided.first?.reason)
            #expect(reason.isPermanent)
            index.match(attributes + [JSONMember("b", "x")], using: scratch)
            #expect(scratch.undecided.map(\.subscription) == [0, 1])
        }
        // The record may hold more than was kept of it.
        #expect(index.matches([JSONMember("a", .string(filter))], using: scratch) == [2])
        #expect(scratch.undecided.map(\.subscription) == [0])
    }

    @Test("A pattern too large for others to bear is judged alone")
    func large() {
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, [("a", "(?-mix:^[ab]{4000}$)")]), subscription(1, [("a", "(?-mix:^[ab]{40}$)")]),
            subscription(2, [("a", "(?-mix:^[ab]{40}$)"), ("b", "(?-mix:^[ab]{4000}$)")]),
        ])
        let long = JSONValue.string(String(repeating: "ab", count: 2000))
        let short = JSONValue.string(String(repeating: "ab", count: 20))
        let scratch = MatchScratch()
        #expect(index.matches([JSONMember("a", long)], using: scratch) == [0])
        #expect(index.matches([JSONMember("a", short), JSONMember("b", short)], using: scratch) == [1])
        #expect(index.matches([JSONMember("a", short), JSONMember("b", long)], using: scratch) == [1, 2])
        #expect(scratch.undecided.isEmpty)
    }

    @Test(
        "Long texts of many lines",
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

    @Test("A long text takes an automaton time linear in it, and a search no longer than its steps")
    func longText() {
        let index = SubscriptionIndex(subscriptions: [
            subscription(0, [("a", "(?-mix:[0-9]+x)")]), subscription(1, [("a", "(?-mix:([0-9])+\\1+$)")]),
        ])
        for length in [200_000, 1_000_000] {
            let attributes = [JSONMember("a", .string(String(repeating: "78", count: length / 2) + "é"))]
            let scratch = MatchScratch()
            let time = ContinuousClock().measure { index.match(attributes, using: scratch) }
            print("\(length) bytes: \(time), \(scratch.undecided)")
            #expect(scratch.matches.isEmpty)
            #expect(time < .seconds(1))
        }
    }
}

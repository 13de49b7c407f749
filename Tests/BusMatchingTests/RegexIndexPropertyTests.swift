import BusMatching
import BusWire
import Foundation
import Testing

/// Random subscriptions of every kind of filter on several attributes: the index decides as the naive interpreter does,
/// and where neither can decide, both say so.
///
/// `BUSDRIVER_SEED` repeats one run.
@Suite struct RegexIndexPropertyTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seeds: [UInt64] =
        environment["BUSDRIVER_SEED"].flatMap { UInt64($0) }.map { [$0] }
        ?? (1...(environment["BUSDRIVER_LONG"] == nil ? 8 : 100)) + [.random(in: 1000...999_999)]
    private static let names = ["bus_event_type", "a", "é", "n\"1"]

    /// What became of pairs of a subscription and an event.
    private struct Tally {
        var matched = 0
        var unmatched = 0
        /// No answer, from both.
        var undecided = 0
        /// The index alone, or the interpreter alone, had an answer about a costly pattern.
        var oneSided = 0
    }

    // Costly patterns take their whole budget, which is long in a build without optimisation.
    @Test(.timeLimit(.minutes(2)), arguments: seeds) func indexEqualsNaiveInterpreter(seed: UInt64) throws {
        var generator = FilterGenerator(seed: seed)
        var filters = (0..<70).map { _ in
            Self.names.shuffled(using: &generator.generator).prefix(generator.one(of: [1, 1, 1, 2, 2, 3]))
                .map { (name: $0, filter: generator.filter()) }
        }
        filters.append([("a", generator.filter(.neverJudged))])
        let subscriptions = filters.enumerated().map { number, filters in
            subscription(number, filters.map { ($0.name, $0.filter.text) })
        }
        let index = SubscriptionIndex(subscriptions: subscriptions)
        // What patterns have done to one event, they are remembered for; no other pattern may suffer for it.
        let scratch = MatchScratch()
        let texts = filters.flatMap { $0.map(\.filter.text) }
        var tally = Tally()
        for event in 0..<20 {
            if event % 5 == 0 { scratch.beginBatch() }
            let attributes = Self.names.shuffled(using: &generator.generator)
                .prefix(generator.one(of: [0, 1, 2, 3, 3, 4])).map { JSONMember($0, generator.value(texts)) }
            let naive = subscriptions.map { Matcher.naive($0.filters, attributes) }
            index.match(attributes, using: scratch)
            let found = scratch.verdicts(subscriptions.count)
            #expect(try index.matchesScanned(attributes, using: scratch) != nil)
            let scanned = scratch.verdicts(subscriptions.count)
            for number in subscriptions.indices {
                let shown = Self.shown(filters[number].map(\.filter.text), attributes)
                let context: Comment = "seed \(seed), event \(event), subscription \(number): \(shown)"
                let mayGiveUp = Self.isBeyondBudget(filters[number], attributes)
                for verdict in [found[number], scanned[number]] where verdict != naive[number] {
                    #expect(mayGiveUp && (verdict == nil || naive[number] == nil), context)
                    tally.oneSided += 1
                }
                Self.expectNoGuess(naive[number], filters[number], context)
                switch naive[number] {
                case true?: tally.matched += 1
                case false?: tally.unmatched += 1
                case nil: tally.undecided += found[number] == nil ? 1 : 0
                }
            }
        }
        print("index property: seed \(seed): \(tally)")
        #expect(tally.matched > 0 && tally.unmatched > 0 && tally.undecided > 0)
    }

    /// A subscription whose one filter can never be judged is neither matched nor unmatched.
    private static func expectNoGuess(
        _ verdict: Bool?, _ filters: [(name: String, filter: FilterGenerator.Filter)], _ context: Comment
    ) {
        guard filters.count == 1, filters[0].filter.kind == .neverJudged else { return }
        #expect(verdict == nil, context)
    }

    /// A pattern meets a text on which it takes more steps than there are.
    private static func isBeyondBudget(
        _ filters: [(name: String, filter: FilterGenerator.Filter)], _ attributes: [JSONMember]
    ) -> Bool {
        filters.contains { name, filter in
            guard let longest = filter.kind.longestText, let value = attributes.last(where: { $0.key == name })?.value
            else { return false }
            return RubyText.text(of: value).utf8.count > longest
        }
    }

    /// For the message of a failure, cut.
    private static func shown(_ filters: [String], _ attributes: [JSONMember]) -> String {
        let values = attributes.map { "\($0.key): \(RubyText.text(of: $0.value).prefix(60).debugDescription)" }
        return "\(filters.map { String($0.prefix(60)) }) on \(values)"
    }
}

extension MatchScratch {
    /// What became of each subscription: nil where nobody knows.
    fileprivate func verdicts(_ count: Int) -> [Bool?] {
        var verdicts = [Bool?](repeating: false, count: count)
        for match in matches { verdicts[Int(match)] = true }
        for undecided in undecided { verdicts[undecided.subscription] = nil }
        return verdicts
    }
}

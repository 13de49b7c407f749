import BusMatching
import BusWire
import Testing

/// Random subscriptions and events: the index decides as the naive interpreter does.
@Suite(.timeLimit(.minutes(1))) struct IndexPropertyTests {
    private static let names = ["bus_event_type", "user_id", "page", "é", "a\"b", "", "n1"]
    private static let words = [
        "user", "user_created", "a", "b", "ab", "order.placed", "42", "1.0", "true", "é", "", " ", "\u{3000}", "a\nb",
        "x\nuser\n", "\n", "a\\b", "\"", "\t", "[1, 2]", "nil", "-0", "\u{0}", "page\r\nuser", "😀",
        "aaaaaaaaaaaaaaaaaaaa",
        "bus_special_value_key", "a|b", "(?-mix:^user)",
    ]
    private static let pieces = [
        "a", "b", "user", "ab", "é", ".*", ".*?", "^", "$", "\\A", "\\z", "|", "(", ")", "(?-mix:", "(?:", "[ab]", "a+",
        "b?", "\\n", "\n", "\\.", ".", "\\w", "\\d", "\\s", "{1,2}", "*", "_", "4", "2", "(?i-mx:", "\\b", "(?=a)",
        "\\",
    ]

    private static func filter(_ generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: return "bus_special_value_" + SpecialValue.allCases.randomElement(using: &generator)!.rawValue
        case 1...4: return words.randomElement(using: &generator)!
        case 5:
            let alternatives = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                words.randomElement(using: &generator)!
            }
            return alternatives.joined(separator: "|")
        default:
            let count = Int.random(in: 1...6, using: &generator)
            let pattern = (0..<count).map { _ in pieces.randomElement(using: &generator)! }.joined()
            return Bool.random(using: &generator) ? pattern : "(?-mix:\(pattern))"
        }
    }

    private static func value(_ filters: [String], _ generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<16, using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .number(["1", "-0", "42", "1.0", "1e20", "1E-5", "0.1", "-7"].randomElement(using: &generator)!)
        case 3: .array([1, .string(words.randomElement(using: &generator)!), .null])
        case 4: .object([JSONMember("k", .string(words.randomElement(using: &generator)!))])
        case 5, 6: .string(filters.randomElement(using: &generator) ?? "")
        case 7:
            .string((0..<3).map { _ in words.randomElement(using: &generator)! }.joined(separator: "\n"))
        case 8: .string((0..<3).map { _ in words.randomElement(using: &generator)! }.joined())
        default: .string(words.randomElement(using: &generator)!)
        }
    }

    private static func attributes(_ filters: [String], _ generator: inout SeededGenerator) -> [JSONMember] {
        names.shuffled(using: &generator).prefix(Int.random(in: 0...names.count, using: &generator)).map {
            JSONMember($0, value(filters, &generator))
        }
    }

    @Test("The index finds what the naive interpreter finds", arguments: 1...40)
    func agreement(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let subscriptions = (0..<60).map { number in
            subscription(
                number,
                Self.names.shuffled(using: &generator).prefix([0, 1, 1, 1, 2, 2, 3].randomElement(using: &generator)!)
                    .map { ($0, Self.filter(&generator)) })
        }
        let filters = subscriptions.flatMap(\.filters).map(\.pattern)
        let index = SubscriptionIndex(subscriptions: subscriptions)
        let scratch = MatchScratch()
        for event in 0..<30 {
            let attributes = Self.attributes(filters, &generator)
            let verdicts = subscriptions.map { Matcher.naive($0.filters, attributes) }
            let expected = verdicts.indices.filter { verdicts[$0] == true }
            #expect(index.matches(attributes, using: scratch) == expected, "seed \(seed) event \(event): \(attributes)")
            #expect(scratch.undecided.map(\.subscription) == verdicts.indices.filter { verdicts[$0] == nil })
            let scanned = try #require(try index.matchesScanned(attributes, using: scratch))
            // The scanned event has one member more, which no filter mentions.
            #expect(scanned == expected, "scanned, seed \(seed) event \(event): \(attributes)")
            for (subscription, verdict) in zip(subscriptions, verdicts) {
                let explained = Explanation(subscription, attributes: attributes).outcome == .matches
                #expect(explained == (verdict == true))
            }
        }
    }
}

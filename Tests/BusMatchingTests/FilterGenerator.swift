import BusMatching
import BusWire

/// Makes filters of every kind, and values for them.
struct FilterGenerator {
    /// How a filter is judged.
    enum Kind: CaseIterable {
        case special, literal, fragment, automaton, random
        /// It takes a machine, and few of its steps.
        case budgeted
        /// On long texts it takes more steps than there are.
        case costly
        /// Ruby refuses it, so its own text alone satisfies it.
        case invalid
        /// It is beyond what is judged here.
        case neverJudged

        /// What takes a machine has an answer on texts up to so many bytes, whatever the pattern; nil for all others.
        var longestText: Int? {
            switch self {
            case .budgeted: 5_000
            case .costly: 10
            default: nil
            }
        }
    }

    struct Filter {
        let kind: Kind
        let text: String
    }

    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    // MARK: Filters

    /// - Parameter kind: any unless given.
    mutating func filter(_ kind: Kind? = nil) -> Filter {
        let kind = kind ?? one(of: Self.kinds)
        return Filter(kind: kind, text: text(kind))
    }

    private static let kinds: [Kind] =
        [.special, .literal, .fragment, .fragment, .automaton, .automaton, .automaton, .random, .random, .budgeted]
        + [.budgeted, .costly, .invalid, .neverJudged]

    private mutating func text(_ kind: Kind) -> String {
        switch kind {
        case .special: SpecialValue.storedPrefix + one(of: SpecialValue.allCases).rawValue
        case .literal: one(of: Self.words)
        case .fragment: wrapped(one(of: Self.fragments))
        case .automaton: wrapped(one(of: Self.automata))
        case .random: wrapped((0..<Int.random(in: 1...6, using: &generator)).map { _ in one(of: Self.pieces) }.joined())
        case .budgeted: wrapped(one(of: Self.budgeted))
        case .costly: wrapped(one(of: Self.costly))
        case .invalid: wrapped(one(of: Self.invalid))
        case .neverJudged: Bool.random(using: &generator) ? Self.longText : "(?-mix:\(one(of: Self.neverJudged)))"
        }
    }

    /// As `Regexp#to_s` writes it, or as Ruby anchors a text.
    private mutating func wrapped(_ pattern: String) -> String {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: pattern
        case 1: "(?i-mx:\(pattern))"
        case 2: "(?m-ix:\(pattern))"
        default: "(?-mix:\(pattern))"
        }
    }

    private static let fragments = [
        "^user", "_created$", "user|order", "\\Aab\\z", "^a$|^b$", "(user|order)_(created|placed)", "é", "^(?:é|😀)",
        "a\\.b", "", "^", "$", ".*", "\\n", "^$",
    ]
    private static let automata = [
        "^[a-z]+_[a-z]+$", "^[a-z]+_\\d+_end$", "a.*b", "(?:^|,)?foo", "[é-ü]+", "\\p{L}+\\d?$", "\\buser\\b", "\\Bser",
        "^(?:(?:a+)+)+c$", "\\s", "^\\S+$", "a{2,5}b?", "[^a-z\\n]", "x{100}", "(?:ab){3}", "[[:upper:]]", "\\h{2}",
        "^.{3}$", "\\R", "(?:a|b|ab)*c", "[a-z&&[^aeiou]]{2}", "^\\D*$", "ß", "ss$", "\\A\\s*\\z", "^a.*$",
    ]
    private static let budgeted = [
        "(?<=user)_", "(?<!a)b", "^(?!user)", "^(?=.*_)[a-z_]+$", "(a|b)\\1", "(?<w>[a-z])\\k<w>", "(?>a+)b", "a++b",
        "\\X", "^\\X$", "(a)?(?(1)b|c)", "\\A(?~ab)c", "(?<p>\\((?:\\g<p>)?\\))", "a\\Kb", "\\G[a-z]", "(?i)(A)\\1",
        "^(.)(.).?\\2\\1$", "(?<=^|,)foo",
    ]
    private static let costly = [
        "^(a|aa|aaa)*\\1c", "(.*)(.*)(.*)\\1\\2\\3c", "^(?:(?=.*b).)*\\b\\B", "\\X\\b\\B", "^(?:(?!(?:a*)*c)a)*c$",
        "(?~ab)c",
    ]
    private static let invalid = [
        "(a", "a)", "[a", "*", "a**{", "(?<n>", "\\p{Nope}", "(?<=a*)b", "\\k<no>", "(?z)", "[b-a]", "\\",
        String(repeating: "(", count: 5_000), "(?<a>\\g<a>)", "[[:alpha:",
    ]
    private static let neverJudged = [
        String(repeating: "a", count: 1 << 16), String(repeating: "(?:a|b)", count: 10_000),
        "^" + String(repeating: "[", count: 70_000), String(repeating: "é", count: 40_000) + "|.*",
    ]
    private static let longText = String(repeating: "a", count: (64 << 10) - 1)
    private static let pieces = [
        "a", "b", "user", "ab", "é", ".*", ".*?", "^", "$", "\\A", "\\z", "|", "(", ")", "(?:", "[ab]", "a+", "b?",
        "\\n", "\n", "\\.", ".", "\\w", "\\d", "\\s", "{1,2}", "*", "_", "4", "(?i-mx:", "\\b", "\\",
    ]

    // MARK: Values

    /// - Parameter filters: whose own texts may be values too.
    mutating func value(_ filters: [String]) -> JSONValue {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: .null
        case 1: .bool(.random(using: &generator))
        case 2: .number(one(of: ["1", "-0", "42", "1.0", "1e20", "1E-5", "-7"]))
        case 3: .array([1, .string(one(of: Self.words)), .null, .array([])])
        case 4: .object([JSONMember("k", .string(one(of: Self.words))), JSONMember("é", .object([]))])
        case 5, 6: .string(one(of: filters))
        case 7: .string((0..<3).map { _ in one(of: Self.words) }.joined(separator: "\n"))
        case 8: .string((0..<3).map { _ in one(of: Self.words) }.joined())
        case 9, 10: .string(one(of: Self.longTexts))
        default: .string(one(of: Self.words))
        }
    }

    static let words = [
        "user", "user_created", "order_placed", "a", "b", "ab", "aab", "aaab", "order.placed", "42", "1.0", "true", "é",
        "", " ", "\u{3000}", "a\nb", "x\nuser\n", "\n", "a\\b", "\"", "\t", "nil", "\u{0}", "page\r\nuser", "😀",
        "e\u{301}", "AB", "Ü", "straße", "STRASSE", "foo", ",foo", "a|b", "(a", "abba", "bus_special_value_key", "(())",
        "user_7_end",
        "aaaaaaaaaaaaaaaaaaaac",
    ]
    /// On these, costly patterns have no end; all others are read to the end.
    private static let longTexts = [
        String(repeating: "a", count: 3_000) + "b", String(repeating: "ab_", count: 1_000),
        String(repeating: "a\u{301}", count: 1_500), String(repeating: "é\n", count: 1_000) + "user",
        String(repeating: "x", count: 2_000),
    ]
    mutating func one<Choices: RandomAccessCollection>(of choices: Choices) -> Choices.Element {
        guard let choice = choices.randomElement(using: &generator) else { preconditionFailure("no choice") }
        return choice
    }
}

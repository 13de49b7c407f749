import BusMatching
import RubyRegex
import Testing

@Suite(.timeLimit(.minutes(1))) struct PredicateTests {
    private static func fragment(_ text: String, _ start: Fragment.Boundary, _ end: Fragment.Boundary) -> Fragment {
        Fragment(Array(text.utf8), start: start, end: end)
    }

    @Test(
        "Filters that come down to literal texts",
        arguments: [
            ("user_created", [fragment("user_created", .line, .line)]),
            ("two\nlines", [fragment("two\nlines", .line, .line)]),
            ("a\\.b", [fragment("a.b", .line, .line)]),
            ("user_.*", [fragment("user_", .line, .anywhere)]),
            (".*_paid", [fragment("_paid", .anywhere, .line)]),
            (".*paid.*?", [fragment("paid", .anywhere, .anywhere)]),
            ("^user$", [fragment("user", .line, .line)]),
            ("a|b", [fragment("a", .line, .anywhere), fragment("b", .anywhere, .line)]),
            (
                "a|b|c",
                [fragment("a", .line, .anywhere), fragment("b", .anywhere, .anywhere), fragment("c", .anywhere, .line)]
            ),
            ("(a|b)", [fragment("a", .line, .line), fragment("b", .line, .line)]),
            ("user_(in|out)", [fragment("user_in", .line, .line), fragment("user_out", .line, .line)]),
            ("(?-mix:user)", [fragment("user", .anywhere, .anywhere)]),
            ("(?-mix:^user_)", [fragment("user_", .line, .anywhere)]),
            ("(?-mix:\\Auser\\z)", [fragment("user", .text, .text)]),
            ("(?-mix:a)|b", [fragment("a", .anywhere, .anywhere), fragment("b", .anywhere, .anywhere)]),
            ("(?-mix:(?-mix:^a$)|(?-mix:^b$))", [fragment("a", .line, .line), fragment("b", .line, .line)]),
            ("ends with a backslash\\", [fragment("ends with a backslash$", .line, .anywhere)]),
            ("\\Aa", [fragment("a", .text, .line)]),
            ("[ab]", [fragment("a", .line, .line), fragment("b", .line, .line)]),
            ("ab?", [fragment("a", .line, .line), fragment("ab", .line, .line)]),
            ("x(?i)y", [fragment("xY", .line, .line), fragment("xy", .line, .line)]),
            ("(?<n>a)", [fragment("a", .line, .line)]),
        ])
    func fragments(filter: String, expected: [Fragment]) {
        switch Predicate.classify(filter) {
        case .text(let text): #expect([Fragment(text, start: .line, end: .line)] == expected)
        case .regex(let pattern): #expect(pattern.plain == .fragments(expected))
        case let other: Issue.record("\(filter) became \(other)")
        }
    }

    @Test(
        "Filters that only the engine decides",
        arguments: [
            "a+", "user.created", "(a|b)*", "^a^b", "a$b", "x(?i)y+", "(?i-mx:aaaaaaa)", "^$", "\\A", "\\z", "\\w\\w",
            "(?=a)", "(?<n>a)*", "(", "a)", "[", ".*+a", ".*a.*b", "\\Aa.*\\z", "\\Z", "(?-mix:^$)",
            "a.*\\z",
            "é?", "a**", "^", "$",
        ])
    func regexes(filter: String) {
        switch Predicate.classify(filter) {
        case .regex(let pattern): #expect(pattern.plain == nil)
        case .refused: break
        case let other: Issue.record("\(filter) became \(other)")
        }
    }

    @Test(
        "Filters that hold for every text",
        arguments: [".*", "(?-mix:)", "(?-mix:^)", "(?-mix:$)", "a|", "|a", ".*.*", "(?-mix:.*)"])
    func anything(filter: String) {
        guard case .regex(let pattern) = Predicate.classify(filter), pattern.plain == .anything else {
            Issue.record("\(filter) became \(Predicate.classify(filter))")
            return
        }
    }

    @Test("The six special words, and nothing like them")
    func special() {
        for special in SpecialValue.allCases {
            #expect(Predicate.classify("bus_special_value_" + special.rawValue) == .special(special))
        }
        #expect(Predicate.classify("") == .never)
        for other in ["bus_special_value_", "bus_special_value_other", "bus_special_value_KEY"] {
            #expect(Predicate.classify(other) == .text(Array(other.utf8)))
        }
    }

    @Test("Patterns that would multiply out to a long list are left to the engine")
    func size() {
        let product = String(repeating: "(a|b)", count: 7)
        guard case .regex(let pattern) = Predicate.classify(product) else {
            Issue.record("\(Predicate.classify(product))")
            return
        }
        #expect(pattern.plain == nil)
        #expect(pattern.method == .automaton)
    }
}

import Testing

@testable import BusMatching

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
        ])
    func fragments(filter: String, expected: [Fragment]) {
        #expect(Predicate.classify(filter) == .fragments(expected))
    }

    @Test(
        "Filters that only the engine decides",
        arguments: [
            "a+", "user.created", "[ab]", "a{2}", "ab?", "(a|b)*", "^a^b", "a$b", "x(?i)y", "(?i-mx:a)", "^$", "\\A",
            "\\z",
            "\\w", "(?=a)", "(?<n>a)", "(", "a)", "[", ".*+a", ".*a.*b", "\\Aa.*\\z", "\\Z", "(?-mix:^$)",
            "a.*\\z",
            "é?", "a**", "^", "$",
        ])
    func regexes(filter: String) {
        guard case .regex = Predicate.classify(filter) else {
            Issue.record("\(filter) became \(Predicate.classify(filter))")
            return
        }
    }

    @Test(
        "Filters that hold for every text",
        arguments: [".*", "(?-mix:)", "(?-mix:^)", "(?-mix:$)", "a|", "|a", ".*.*", "(?-mix:.*)"])
    func anything(filter: String) {
        #expect(Predicate.classify(filter) == .anything)
    }

    @Test("The six special words, and nothing like them")
    func special() {
        for special in SpecialValue.allCases {
            #expect(Predicate.classify("bus_special_value_" + special.rawValue) == .special(special))
        }
        #expect(Predicate.classify("") == .never)
        for other in ["bus_special_value_", "bus_special_value_other", "bus_special_value_KEY"] {
            #expect(Predicate.classify(other) == .fragments([Self.fragment(other, .line, .line)]))
        }
    }

    @Test("Patterns that would multiply out to a long list are left to the engine")
    func size() {
        let product = String(repeating: "(a|b)", count: 7)
        #expect(Predicate.classify(product) == .regex(Array("^\(product)$".utf8)))
        let nested = String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000)
        #expect(Predicate.classify(nested) == .regex(Array("^\(nested)$".utf8)))
    }

    @Test(
        "The literal that every match begins with",
        arguments: [
            ("^user_[a-z]+$", "user_"), ("(?-mix:^user_\\d)", "user_"), ("^a\\.b.c$", "a.b"), ("^ab?c$", "a"),
            ("^aé*b$", "a"), ("\\Aab[c]", "ab"),
        ])
    func head(pattern: String, expected: String) {
        #expect(LiteralPattern.head(of: Array(pattern.utf8))?.text == Array(expected.utf8))
    }

    @Test("No literal is certain", arguments: ["^a|b.$", "^[a]b$", "(?-mix:ab.)", "^a*b.$", "^(ab).$", "^(?i)ab.$"])
    func noHead(pattern: String) {
        #expect(LiteralPattern.head(of: Array(pattern.utf8)) == nil)
    }
}

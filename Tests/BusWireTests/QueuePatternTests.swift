import Testing

@testable import BusWire

/// What Ruby's `File.fnmatch?(pattern, name)` answers, read from its `dir.c`.
@Suite(.timeLimit(.minutes(1))) struct QueuePatternTests {
    static let matching: [(pattern: String, name: String)] = [
        ("", ""), ("a", "a"), ("*", ""), ("*", "anything:at/all"), ("**", "a"), ("a*", "a"), ("a*", "abc"),
        ("*c", "abcc"),
        ("*b*d", "abcbd"), ("a*b*c", "aXbYbZc"), ("?", "é"), ("??", "ab"), ("a?c", "abc"), ("[abc]", "b"),
        ("[a-c]", "b"),
        ("[a-c]", "a"), ("[a-c]", "c"), ("[^a-c]", "d"), ("[!a-c]", "d"), ("[a^]", "^"), ("[a!]", "!"), ("[à-é]", "ç"),
        ("[a-]", "-"), ("[a-]", "a"), ("[-a]", "-"), (#"[\]]"#, "]"), (#"[\-]"#, "-"), (#"[a\-z]"#, "-"), ("[^]", "x"),
        ("[!]", "]"), (#"\*"#, "*"), (#"a\?"#, "a?"), (#"\a"#, "a"), (#"a\"#, #"a\"#), (#"\\"#, #"\"#), ("[z-a]", "z"),
        ("[z-a]", "a"), (".*", ".hidden"), (#"\.x"#, ".x"), ("a*", "a.b"), ("a/*", "a/b/c"), ("*[0-9]", "queue7"),
        ("*a?[b-d]*e", "xxaqcyye"), ("{x}", "{x}"), ("{a", "{a"), ("app_b_*", "app_b_default"),
    ]
    static let others: [(pattern: String, name: String)] = [
        ("", "a"), ("a", ""), ("a", "A"), ("a*", "ba"), ("*c", "cb"), ("a*b*c", "acb"), ("?", ""), ("?", "ab"),
        ("a?", "a"),
        ("[abc]", "d"), ("[abc]", ""), ("[^a-c]", "b"), ("[!a]", ""), ("[]", "]"), ("[]a]", "]"), ("[]a]", "a"),
        ("[a", "a"),
        ("[a-", "a"), ("[a-z", "b"), ("[", "["), (#"[a\"#, "a"), (#"[a\-z]"#, "b"), (#"\*"#, "x"), ("[z-a]", "m"),
        ("*", ".hidden"),
        ("?hidden", ".hidden"), ("[.]hidden", ".hidden"), ("", "."), (#"\*"#, #"\*"#), ("*b", "bcbc"),
        ("e\u{301}", "\u{E9}"),
    ]

    @Test(arguments: matching)
    func matches(pattern: String, name: String) {
        #expect(QueuePattern(Array(pattern.unicodeScalars)).matches(name))
    }

    @Test(arguments: others)
    func doesNotMatch(pattern: String, name: String) {
        #expect(!QueuePattern(Array(pattern.unicodeScalars)).matches(name))
    }

    /// Against the definition, on short texts over a small alphabet.
    @Test func starsAgreeWithTheirDefinition() {
        var random = SeededGenerator(seed: 20)
        for _ in 0..<20_000 {
            let pattern = (0..<Int.random(in: 0...6, using: &random)).map { _ in Self.draw("ab?*", &random) }
            let name = (0..<Int.random(in: 0...8, using: &random)).map { _ in Self.draw("ab", &random) }
            let text = String(String.UnicodeScalarView(name))
            let isMatch = QueuePattern(pattern).matches(text)
            #expect(
                isMatch == Self.fits(pattern[...], name[...]),
                "\(String(String.UnicodeScalarView(pattern))) and \(text)")
        }
    }

    private static func draw(_ alphabet: String, _ random: inout SeededGenerator) -> Unicode.Scalar {
        alphabet.unicodeScalars.randomElement(using: &random)!
    }

    private static func fits(_ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        if first == "*" {
            return name.indices.contains { fits(pattern.dropFirst(), name[$0...]) } || fits(pattern.dropFirst(), [])
        }
        guard let scalar = name.first, first == "?" || first == scalar else { return false }
        return fits(pattern.dropFirst(), name.dropFirst())
    }
}

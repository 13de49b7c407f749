import RubyRegex
import Testing

/// Patterns as subscriptions hold them, judged as a whole.
@Suite(.timeLimit(.minutes(1))) struct RubyPatternTests {
    private func find(_ pattern: String, in text: String) throws -> PatternJudge.Outcome {
        let pattern = try RubyPattern(Array(pattern.utf8))
        var steps = 200_000
        return Array(text.utf8).withUnsafeBufferPointer { PatternJudge().judge(pattern, on: $0, steps: &steps) }
    }

    @Test(
        "Patterns mean what they mean in Ruby",
        arguments: [
            // \w \d \s are ASCII, \b is not.
            ("^\\w$", "é", false), ("^\\W$", "é", true), ("^[\\w]$", "é", false), ("^[^\\w]$", "é", true),
            ("^[\\W]$", "é", true), ("^\\d$", "٣", false), ("^[\\D]$", "٣", true), ("^\\s$", "\u{2003}", false),
            ("^\\S$", "\u{2003}", true), ("^[\\s\\d]+$", " 1\t\u{0B}", true), ("\\bé", "xé", false),
            ("\\bé", "x é", true),
            ("(?i)^\\w$", "\u{212A}", false), ("(?i)^\\w$", "K", true), ("^\\h+$", "deadBEEF01", true),
            ("^[\\h]+$", "fg", false), ("^\\H$", "g", true), ("(?u)^\\w$", "é", true), ("(?u:\\w)\\w", "éa", true),
            ("(?u:\\w)\\w", "aé", false), ("^[[:alpha:]]+$", "é", true),
            // Escapes.
            ("^\\u00e9$", "é", true), ("^\\u{e9 61}$", "éa", true), ("^\\u{2e}$", "x", false),
            ("^\\xC3\\xA9$", "é", true),
            ("^\\303\\251$", "é", true), ("^\\x41$", "A", true), ("^\\101$", "A", true), ("^\\cA$", "\u{1}", true),
            ("^\\y$", "y", true), ("(.)\\1", "aa", true),
            // Classes.
            ("^[a\\d-]+$", "a-1", true), ("^[]a]+$", "]a", true), ("^[a-z&&[^aeiou]]+$", "xyz", true),
            ("^[a-z&&[^aeiou]]+$", "xaz", false),
            // Lines.
            ("^b$", "a\nb\nc", true), ("^b", "ab", false), ("a.b", "a\nb", false), ("(?m:a.b)", "a\nb", true),
            ("\\Ab", "a\nb", false), ("a\\Z", "a\n", true), ("a\\z", "a\n", false), ("^\\r?$", "a\r\n", false),
            // Repeated anchors and look-arounds.
            ("^*$", "x", true), ("^+a", "ba", false), ("^?$", "", true), ("(?=a)*b", "b", true),
            ("(?=a)+b", "ab", false),
            ("\\b{0,2}b", "ab", true), ("^{1}b", "ab", false),
            // Free spacing: a bracket in a comment is none.
            ("(?x) a [b] # [\\d\n c", "abc", true), ("(?x:a b # (\n)c", "abc", true), ("(?#[)\\w", "é", false),
        ])
    func meaning(pattern: String, text: String, matches: Bool) throws {
        #expect(try find(pattern, in: text) == (matches ? .matched : .unmatched))
    }

    @Test(
        "Patterns that Ruby rejects",
        arguments: [
            "(", "a)", "[", "[]", "(?<", "*a(", "\\xFF", "\\u12", "\\u{110000}", "\\uD800", "[a-\\d]", "[\\d-x]",
            "a{2,1}",
            "[z-a]", "\\p{Nope}", "(?P<n>a)", "x{100001}",
        ])
    func rejected(pattern: String) {
        #expect {
            try RubyPattern(Array(pattern.utf8))
        } throws: {
            if case PatternError.refused = $0 { true } else { false }
        }
    }
}

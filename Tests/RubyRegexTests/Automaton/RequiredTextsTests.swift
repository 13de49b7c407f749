import Testing

@testable import RubyRegex

@Suite(.timeLimit(.minutes(1))) struct RequiredTextsTests {
    /// Patterns and what texts need for them: alternatives divided by `|`, requirements by blanks.
    private static let patterns: [(pattern: String, required: String)] = [
        ("^.+_17_.+z$", "_17_ z"),
        ("foo17", "foo17"),
        ("^(?:foo)bar\\b_", "foobar_"),
        (".*", ""),
        ("[ab]", ""),
        ("a?b*c{0,2}", ""),
        ("x(?:ab)+y", "xab y"),
        ("x(?:ab){2}y", "xab y"),
        ("xy+z", "xy z"),
        ("(?:w17|v119).z", "w17|v119 z"),
        ("(?:w17|v119|).z", "z"),
        ("(?:a.bc|d(?:e|f)|.gh)", "bc|d|gh"),
        ("(?i)key17", "ey17"),
        ("(?i)gold", "gold"),
        ("Gold", "gold"),
        ("[gG][o0]", "g"),
        ("(?<a>foo)x\\k<a>y", "foox y"),
        ("a(?=b)c(?<!d)e(?>fg)", "acefg"),
        ("a(?~b)c", "a c"),
        ("a\\Xb", "a b"),
        ("ä", "\u{E4}"),
        ("(a)?(?(1)bc|de)f", "f"),
    ]

    @Test(arguments: patterns.indices)
    func textsThatAPatternNeeds(_ index: Int) throws {
        let (pattern, expected) = Self.patterns[index]
        let required = RequiredTexts(try PatternParser.parse(Array(pattern.utf8), as: .unicode))
        var start = 0
        let texts = required.texts.map { text in
            defer { start = Int(text.end) }
            let bytes = required.bytes[start..<Int(text.end)]
            return String(decoding: bytes, as: UTF8.self) + (text.isLast ? " " : "|")
        }
        let folded = String(
            decoding: expected.utf8.map { $0 == UInt8(ascii: "|") ? $0 : RequiredTexts.fold($0) }, as: UTF8.self)
        #expect(texts.joined() == (expected.isEmpty ? "" : folded + " "))
    }

    @Test func aLargePatternIsReadInPart() throws {
        for pattern in [
            String(repeating: "a", count: 60_000) + "b", String(repeating: "ab?", count: 10_000),
            String(repeating: "(?:a|b)", count: 5_000), "(?:" + String(repeating: "abc.d|", count: 5_000) + "x)yz",
        ] {
            let required = RequiredTexts(try PatternParser.parse(Array(pattern.utf8), as: .ascii))
            #expect(required.bytes.count < 1_000)
        }
    }
}

import Testing

/// A pattern that was made to do harm, and a text to go with it.
struct HostilePattern: CustomTestStringConvertible {
    let name: String
    let pattern: String
    let text: String

    var testDescription: String { name }

    init(_ name: String, _ pattern: String, on text: String = String(repeating: "a", count: 20_000) + "b") {
        self.name = name
        self.pattern = pattern
        self.text = text
    }

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    private static func letter(_ value: Int) -> String {
        Unicode.Scalar(UInt32(value)).map { String(Character($0)) } ?? ""
    }

    /// Groups of which each calls the one before it twice: `2^count` calls.
    private static func ladder(_ count: Int, quantifier: String) -> String {
        (0..<count).map { step in
            let body = step == 0 ? "x" : times(2, "\\g<a\(step - 1)>")
            return "(?<a\(step)>\(body))\(quantifier)"
        }.joined() + "\\g<a\(count - 1)>"
    }

    /// Faults F1 to F6 of the former engine.
    private static let faults = [
        HostilePattern("F1: open brackets", "(?-mix:" + times(87_500, "[")),
        HostilePattern("F1: nested brackets", "(?-mix:" + times(87_500, "[") + times(87_500, "]") + ")"),
        HostilePattern("F1: open brackets that are read", times(60_000, "[")),
        HostilePattern("F1: nested brackets that are read", times(30_000, "[") + "a" + times(30_000, "]")),
        HostilePattern("F2: a ladder of calls", ladder(60, quantifier: "{0}"), on: times(300, "x")),
        HostilePattern("F3: many POSIX brackets", times(20_000, "[[:alpha:]]")),
        HostilePattern("F3: many POSIX brackets that are read", times(5_900, "[[:alpha:]]"), on: times(6_000, "a")),
        HostilePattern("F4: a look-ahead in a loop", "^(?:(?=.*b).)*\\b\\B"),
        HostilePattern("F4: on a long text", "^(?:(?=.*b).)*\\b\\B", on: times(400_000, "a") + "b"),
        HostilePattern("F5: grapheme clusters", "\\X\\b\\B", on: times(20_000, "a\u{301}")),
        HostilePattern("F6: 10 MB of letters", times(10_000_000, "a")),
        HostilePattern("F6: 10 MB of alternatives", times(2_000_000, "(a|b")),
    ]

    private static let kinds = [
        HostilePattern("nested quantifiers", "^(((((((a*)*)*)*)*)*)*)*$"),
        HostilePattern("nested quantifiers without groups", "^a" + times(2_000, "*?") + "$"),
        HostilePattern("nested lazy quantifiers", "^(?:(?:a+?)+?)+?$"),
        HostilePattern("alternatives that overlap", "^(a|aa|aaa)*$"),
        HostilePattern("alternatives that overlap, with a reference", "^(a|aa|aaa)*\\1$"),
        HostilePattern("a counted repetition", "a{100000}"),
        HostilePattern("a counted repetition of sets", "[a-c]{100000}[^x]{100000}"),
        HostilePattern("counted repetitions, nested", "(?:(?:a{1000}){1000}){1000}"),
        HostilePattern("counted repetitions, nested and open", "(?:(?:a{1,100}){1,100}){1,100}b{3}"),
        HostilePattern("many counted repetitions", times(5_000, "a{99999}")),
        HostilePattern("a counted repetition of a look-ahead", "(?:(?=a)a?){100000}c"),
        HostilePattern("a ladder of calls, each optional", ladder(25, quantifier: "?"), on: times(300, "x")),
        HostilePattern("a group that calls itself", "(?<a>a\\g<a>?b|\\g<a>?c)"),
        HostilePattern("a group that calls itself twice", "^(?<a>a|a\\g<a>\\g<a>)*$", on: times(2_000, "a") + "b"),
        HostilePattern("the whole pattern calls itself", "a\\g<0>?a?\\g<0>?b"),
        HostilePattern("deep recursion", "^(?<p>\\((?:\\g<p>)*\\))$", on: times(50_000, "(")),
        HostilePattern("absence operators", "(?~a(?~b(?~c)))*d"),
        HostilePattern("absence of an absence", "^(?~(?~(?~aab)))$"),
        HostilePattern("many absence operators", times(2_000, "(?~b)") + "c"),
        HostilePattern("a chain of look-behinds", times(5_000, "(?<=a)") + "c"),
        HostilePattern("nested look-behinds", times(3_000, "(?<=") + "a" + times(3_000, ")")),
        HostilePattern("look-behinds of many alternatives", "(?<=" + times(5_000, "a|bb|ccc|") + "d)e"),
        HostilePattern("nested look-aheads", times(4_000, "(?=") + ".*" + times(4_000, ")") + "c"),
        HostilePattern("negative look-aheads in a loop", "^(?:(?!(?:a*)*c)a)*$"),
        HostilePattern("100 000 open parentheses", times(100_000, "(")),
        HostilePattern("30 000 parentheses", times(30_000, "(") + times(30_000, ")")),
        HostilePattern("4 000 nested groups", times(4_000, "(") + "a" + times(4_000, ")*") + "c"),
        HostilePattern("empty loops", "^(?:(?:)*(?:a?)*(?:|a)*(?:\\b?)*)*c"),
        HostilePattern("empty loops with groups", "^(?:()|(a?)|(?:\\1a|()))*\\2c"),
        HostilePattern("a possessive loop at every place", "(?>a*)*+c"),
        HostilePattern("atomic groups in a loop", "(?:(?>a*)|a)*c"),
        HostilePattern("references in a loop", "^(a*)(\\1)*\\1c"),
        HostilePattern("a reference to a long group", "(a+)\\1\\1\\1c"),
        HostilePattern("references at levels", "^(?<a>|.|(?:(?<b>.)\\g<a>\\k<b+0>))$", on: times(3_000, "ab")),
        HostilePattern("conditions in a loop", "^(?:(a)?(?(1)a|b))*c"),
        HostilePattern("large sets that ignore case", "(?i)" + times(3_000, "[^\\p{L}ßſ]")),
        HostilePattern("sets of sets", times(2_000, "[a&&[^b") + times(2_000, "]]")),
        HostilePattern("a long text that folds", "(?i)" + times(10_000, "ss") + "x", on: times(20_000, "ß")),
        HostilePattern("alternatives that fold", "(?i)(?:" + times(3_000, "ﬃ|ß|") + "x)y", on: times(20_000, "ffi")),
        HostilePattern("100 000 alternatives", times(30_000, "a|") + "b"),
        HostilePattern("many names", (0..<4_000).map { "(?<n\($0)>a)" }.joined() + times(1_000, "\\k<n7>")),
        HostilePattern("one name many times", times(5_000, "(?<n>a)?") + "\\k<n>c"),
        HostilePattern("comments and blanks", "(?x)" + times(10_000, "(?#)\n ") + "c"),
        HostilePattern("distinct sets", (0..<12_000).map { "[^\(letter(0xC0 + $0))]" }.joined()),
        HostilePattern(
            "distinct sets that ignore case", "(?i)" + (0..<12_000).map { "[^\(letter(0xC0 + $0))]" }.joined()),
        HostilePattern(
            "large ranges that ignore case",
            "(?i)" + (0..<5_000).map { "[\(letter(0x100 + $0))-\(letter(0x2000 + $0))]" }.joined()),
        HostilePattern(
            "one large set that ignores case", "(?i)[" + (0..<20_000).map { letter(0x9FFF - $0) }.joined() + "]"),
        HostilePattern("a chain of intersections", "(?i)[a" + times(10_000, "&&[^b]") + "]"),
        HostilePattern(
            "properties and ideographs", (0..<4_000).map { "[\\p{L}\(letter(0x4E00 + $0))]" }.joined()),
        HostilePattern("line breaks", times(32_000, "\\R"), on: times(20_000, "\r\n")),
        HostilePattern("grapheme clusters", times(32_000, "\\X"), on: times(20_000, "a")),
        HostilePattern("references that ignore case", "(?i)(a)" + times(32_000, "\\1")),
        HostilePattern(
            "names and calls that ignore case",
            "(?i)" + (0..<3_600).map { "(?<n\($0)>a\\g<n\($0 / 2)>?)" }.joined()),
        HostilePattern("copies that ignore case", "(?i)" + times(10_000, "s{99}")),
        HostilePattern("ideographs", (0..<21_000).map { letter(0x4E00 + $0 % 20_000) }.joined()),
        HostilePattern("possessive quantifiers", times(20_000, "a++")),
        HostilePattern("options that nest", times(3_900, "(?i:") + "a" + times(3_900, ")")),
        HostilePattern("options that stand alone", times(15_000, "(?i)") + "a"),
        HostilePattern(
            "numbers beyond all words",
            "a{99999999999999999999}\\99999999999999999999\\k<-99999999999999999999>"),
        HostilePattern("grapheme clusters without end", "^\\X\\X*c", on: "a" + times(100_000, "\u{200D}")),
        HostilePattern("flags without end", "^(\\X)*\\1c", on: times(20_000, "🇩")),
        HostilePattern("word boundaries everywhere", "^(?:\\b|a)*(?:\\B|a)*c"),
        HostilePattern("what ends late", ".*.*.*.*.*c"),
        HostilePattern("what ends late, with a reference", "(.*)(.*)(.*)\\1\\2\\3c"),
    ]

    static let all = faults + kinds
}

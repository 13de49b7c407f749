import Testing

@testable import RubyRegex

/// What patterns mean, and which are refused; compared with Ruby 3.1.2 once, and written down.
@Suite(.timeLimit(.minutes(1))) struct PatternParserTests {
    static let trees: [(pattern: String, tree: String)] = [
        ("", "()"),
        ("abc+", #"(seq "ab" (greedy 1… "c"))"#),
        ("(?:^|,)?foo", #"(seq (greedy 0…1 (any lineStart ",")) "foo")"#),
        ("a|b|", #"(any "a" "b" ())"#),
        ("a(?i)b|c", #"(seq "a" (any [42 62] [43 63]))"#),
        ("(?x) a b #c\n+", #"(seq "a" (greedy 1… "b"))"#),
        ("a{2}?", #"(greedy 0…1 (greedy 2…2 "a"))"#),
        ("a{2,3}?", #"(lazy 2…3 "a")"#),
        ("a{,3}", #"(greedy 0…3 "a")"#),
        ("a{,}", #""a{,}""#),
        ("a{2,3}+", #"(greedy 1… (greedy 2…3 "a"))"#),
        ("a*+", #"(possessive 0… "a")"#),
        ("a**", #"(greedy 0… "a")"#),
        ("ab{1}+", #"(seq "a" (greedy 1… "b"))"#),
        ("a\\x62c", #"(seq "a" "b" "c")"#),
        ("(a)(b)\\2", #"(seq "a" (group 2 "b") (same 2))"#),
        ("(?<n>a)\\k<n+1>", #"(seq (group 1 "a") (same 1 level 1))"#),
        ("(?<n>a)(?<n>b)\\k<n>", #"(seq (group 1 "a") (group 2 "b") (same 1,2))"#),
        ("\\11(a)", "(seq \"\t\" \"a\")"),
        ("(?<n>a(b)\\g<n>?)", #"(group 1 (seq "a" "b" (greedy 0…1 (call 1))))"#),
        ("\\(\\g<0>?\\)", #"(seq "(" (greedy 0…1 (call 0)) ")")"#),
        ("(a)?(?(1)b|c)", #"(seq (greedy 0…1 (group 1 "a")) (if 1 "b" "c"))"#),
        ("(a)?(?(1)(?:b|c))", #"(seq (greedy 0…1 (group 1 "a")) (if 1 "b" "c"))"#),
        ("(?<=a|bc)d", #"(seq (any (is behind 1 "a") (is behind 2 "bc")) "d")"#),
        ("(?<!a|bc)d", #"(seq (seq (not behind 1 "a") (not behind 2 "bc")) "d")"#),
        ("(?~ab)", #"(absence "ab")"#),
        ("(?:ab|^){2}", #"(greedy 2…2 (any "ab" lineStart))"#),
        ("(?:abcdefgh|^){2}", #"(counted 2…2 (any "abcdefgh" lineStart))"#),
        ("(?:(abcdefgh)|^){2}", #"(counted 2…2 (any (group 1 "abcdefgh") lineStart))"#),
        ("(?:abcdefgh|^){,2}", #"(greedy 0…2 (any "abcdefgh" lineStart))"#),
        ("(?>(?:abcdefgh|^){,2})", #"(atomic (counted 0…2 (any "abcdefgh" lineStart)))"#),
        ("(?:(a)|^)*", #"(greedy 0… (any "a" lineStart))"#),
        ("(?:(a)|^)*\\X", #"(seq (greedy 0… (any (group 1 "a") lineStart)) cluster)"#),
        ("(?:(?=(a))|^){9}", #"(counted 9…9 (any (is ahead "a") lineStart))"#),
        ("\\R", "(atomic (any \"\r\n\" [a-d]))"),
        ("\\h", "[30-39 41-46 61-66]"),
        ("[a-[b]]", #""b""#),
        ("[]a]", "[5d 61]"),
        ("[a-c&&b-z]", "[62-63]"),
        ("[a-]", "[2d 61]"),
        ("[a-c-e]", "[2d 61-63 65]"),
        ("[[:foo]]", "[3a 66 6f]"),
        ("\\c?", "\"\u{1F}\""),
        ("\\k", #""k""#),
        ("\\u{41 42}", #"(seq "A" "B")"#),
    ]

    @Test(arguments: trees)
    func reads(_ pattern: String, as tree: String) throws {
        #expect(try PatternParser.parse(Array(pattern.utf8), as: .ascii).text == tree)
    }

    static let refused: [(pattern: String, reason: String)] = [
        ("(", "end pattern with unmatched parenthesis"), (")", "unmatched close parenthesis"),
        ("*a", "target of repeat operator is not specified"), ("a|*", "target of repeat operator is not specified"),
        ("[a", "premature end of char-class"), ("[]", "empty char-class"), ("[z-a]", "empty range in char class"),
        ("[\\w-a]", "unmatched range specifier in char-class"), ("[a-\\d]", "char-class value at end of range"),
        ("[[:foo:]]", "invalid POSIX bracket type"), ("a{3,1}", "upper is smaller than lower in repeat range"),
        ("a{100001}", "too big number for repeat range"), ("\\", "too short escape sequence"),
        ("\\x", "invalid hex escape"), ("\\u{110000}", "invalid Unicode range"), ("\\xff", "invalid multibyte escape"),
        ("\\p{foo}", "invalid character property name"), ("\\1", "invalid backref number/name"),
        ("\\k<a>(?<a>b)", "undefined name reference"), ("\\g<a>", "undefined name call"),
        ("(?<a>b)(?<a>c)\\g<a>", "multiplex definition name call"), ("\\g<2>(a)", "undefined group reference"),
        ("(?<a>b)\\1", "numbered backref/call is not allowed. (use name)"), ("\\g<0>", "never ending recursion"),
        ("(?<a>x\\g<b>?)(?<b>\\g<a>\\g<b>?)", "never ending recursion"), ("(?<a>b\\g<a>)", "never ending recursion"),
        ("(?<=a+)", "invalid pattern in look-behind"), ("(?<!(a))", "invalid pattern in look-behind"),
        ("(?<=a(?:b|cd))", "invalid pattern in look-behind"), ("(?<=(?=a))", "invalid pattern in look-behind"),
        ("(?(1)a|b|c)()", "invalid conditional pattern"), ("(?z)", "undefined group option"),
        ("(?-a)", "undefined group option"), ("(?i", "end pattern in group"), ("(?<>a)", "group name is empty"),
    ]

    @Test(arguments: refused)
    func refuses(_ pattern: String, because reason: String) {
        #expect(throws: PatternError.refused(reason)) {
            let text = try PatternText(Array(pattern.utf8))
            _ = try PatternParser.parse(text, as: text.modes[0])
        }
    }

    @Test func twoModesOnlyForASCII() throws {
        #expect(try PatternText(Array("a\\u0041".utf8)).modes == [.ascii, .unicode])
        #expect(try PatternText(Array("ä".utf8)).modes == [.unicode])
        #expect(try PatternText(Array("\\p{L}".utf8)).modes == [.unicode])
        #expect(try PatternText(Array("\\xC3\\xA4".utf8)).modes == [.unicode])
    }

    /// `ß` makes `[[:alpha:]]` as long as `ss`, where Unicode counts.
    @Test func modesDifferInValidity() throws {
        let pattern = Array("(?i)(?<=a[[:alpha:]])".utf8)
        #expect(throws: Never.self) { try PatternParser.parse(pattern, as: .ascii) }
        #expect(throws: PatternError.refused("invalid pattern in look-behind")) {
            try PatternParser.parse(pattern, as: .unicode)
        }
    }
}

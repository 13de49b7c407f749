import RubyRegex
import Testing

/// What the outline of a pattern tells, and what it is not taken in by.
@Suite(.timeLimit(.minutes(1))) struct PatternOutlineTests {
    private func outline(_ pattern: String) throws -> PatternOutline { try PatternOutline(Array(pattern.utf8)) }

    @Test(
        "An anchor binds some alternatives and not the others",
        arguments: [
            "^a|b$", "^a|b|c$", "(?-mix:^a|b$)", "(?-mix:(?i-mx:^a|b$))", "(^a|b$)", "(^a)|(b$)", "^(?i)a|b$",
            "\\Aa|b\\z", "a|b$", "^a|b", "^a|b|$", "(?x: ^ a | b $ # both\n)", "^.*a|b.*$", "(?>^a|b$)",
            "^[|]|b$", "^a|\\bb$",
        ])
    func halfAnchored(pattern: String) throws { #expect(try outline(pattern).isHalfAnchored) }

    @Test(
        "Anchors bind all alternatives, or none, or there is no choice",
        arguments: [
            "a|b", "^(a|b)$", "^(?:a|b)$", "^a$|^b$", "^a|^b", "a$|b$", "^(^a|b$)$", "^(?i-mx:^a|b$)$", "^a\\|b$",
            "^[a|b]$", "^a(?#|b)$", "^(?x:a # |\n)$", "^.*a.*|.*b.*$", "^$|x", "(^|,)a(,|$)", "x(^a|b$)",
            "^(?:^|,)a$", "",
        ])
    func notHalfAnchored(pattern: String) throws { #expect(try !outline(pattern).isHalfAnchored) }

    @Test(
        "A dot stands where names have one",
        arguments: [
            "user.created", "^user.created$", "(?-mix:^user.created$)", "(?i-mx:user.created)", "order.(paid|placed)",
            "(user|order).created", "order.(?:paid|placed)", "v1.[0-9]", "\\d+.\\d+", "^.*.json$", "user..*",
            "a\\.b.c", "(?m:a.b)", "naïve.café", "(?x: a . b )",
        ])
    func dotInName(pattern: String) throws { #expect(try outline(pattern).hasDotInName) }

    @Test(
        "Other dots are meant",
        arguments: [
            "user\\.created", "user[.]created", "user.*created", "user.+created", "user.?created", "user.{2}created",
            "a..b", ".", "^.$", ".a", "a.", "a.-b", "a .b", "(?#a.b)", "(?x:a # a.b\n)", "a\\x2eb", "a.(b|-)", "a.b*",
            ".*..*", "\\Qa.\\.b",
        ])
    func otherDots(pattern: String) throws { #expect(try !outline(pattern).hasDotInName) }

    @Test(
        "A match may begin or end in the middle of a line",
        arguments: [
            ("user", true), ("^user", true), ("user$", true), ("^user$", false), (".*user.*", false),
            ("^user.*", false), ("(?i-mx:^user$)", false), ("(?i-mx:.*user)", true), ("^$", false), ("^a|b$", true),
            ("\\buser\\b", true),
        ])
    func loose(pattern: String, isLoose: Bool) throws { #expect(try outline(pattern).isLoose == isLoose) }

    @Test("A pattern as deep and as large as any takes no stack and little time")
    func extremes() throws {
        let deep = String(repeating: "(", count: 4000) + "^a|b$" + String(repeating: ")", count: 4000)
        #expect(try outline(deep).isHalfAnchored)
        let wide = String(repeating: "a.", count: 30_000)
        let start = ContinuousClock().now
        #expect(try outline(wide).hasDotInName)
        #expect(ContinuousClock().now - start < .seconds(1))
    }

    @Test("What nobody can read has no outline", arguments: ["(", "[", "a)", String(repeating: "a", count: 70_000)])
    func unreadable(pattern: String) { #expect(throws: PatternError.self) { try outline(pattern) } }
}

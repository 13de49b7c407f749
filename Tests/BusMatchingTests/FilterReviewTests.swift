import BusMatching
import BusWire
import Testing

/// What is said about a filter before any event comes.
@Suite(.timeLimit(.minutes(1))) struct FilterReviewTests {
    private static let tooLarge = String(repeating: "a|", count: 40_000)

    private func review(_ filter: String) -> FilterReview {
        FilterReview(SubscriptionFilter(name: "a", pattern: filter))
    }

    private func holds(_ filter: String, on value: JSONValue?) -> Bool {
        Matcher.verdict(of: filter, on: value) == .holds
    }

    @Test(
        "Each filter is judged in one way",
        arguments: [
            ("", .never, false), ("bus_special_value_blank", .presence, false), ("user_created", .literal, false),
            ("(?-mix:^user_)", .literal, true), ("(a|b)", .literal, true), ("bus_special_value_x", .literal, false),
            ("[0-9]+", .automaton, true), ("(?i-mx:administrator)", .automaton, true),
            ("(?-mix:(.)\\1)", .budgeted, true), ("(?-mix:(?!bot_))", .budgeted, true), ("(?>a+)b", .budgeted, true),
            ("(", .refused, true), ("(?-mix:[)", .refused, true), (tooLarge, .unjudgeable, true),
        ] as [(String, Judging, Bool)])
    func judging(filter: String, judging: Judging, isRegex: Bool) {
        let review = review(filter)
        #expect(review.judging == judging)
        #expect(review.isRegex == isRegex)
    }

    @Test("How a regular expression is judged is said, unless a remark says that it is not")
    func clauses() {
        #expect(review("a|b").clause == "as literal text")
        #expect(review("[0-9]+").clause?.hasPrefix("by an automaton") == true)
        #expect(review("(.)\\1").clause?.hasPrefix("within a budget of steps") == true)
        for filter in ["", "bus_special_value_key", "user", "(", Self.tooLarge] {
            #expect(review(filter).clause == nil)
        }
    }

    @Test(
        "What is wrong with a filter",
        arguments: [
            ("", .neverMatches, "Use :empty (bus_special_value_empty)"),
            ("(", .brokenRegex, "(end pattern with unmatched parenthesis)"),
            (tooLarge, .cannotBeJudged, "(a pattern of more than 65536 bytes is not judged)"),
        ] as [(String, FilterReview.Remark.Kind, String)])
    func wrong(filter: String, kind: FilterReview.Remark.Kind, words: String) {
        #expect(review(filter).remarks.map(\.kind) == [kind])
        #expect(review(filter).remarks.allSatisfy { $0.text.contains(words) })
    }

    @Test(
        "Nothing is said about most filters",
        arguments: [
            "user_created", "(?-mix:^user_)", "bus_special_value_blank", "(a|b)", "user\\.created", "(?-mix:^(a|b)$)",
            "(?i-mx:.*user.*)", "(?i-mx:^user$)", "[0-9]+", "user_.*", "(?-mix:(^|,)vip(,|$))",
        ])
    func nothing(filter: String) { #expect(review(filter).remarks.isEmpty) }

    /// The last column is a value that shows it: the filter holds for it, against the look of it (or, for the filter
    /// with options, it does not).
    @Test(
        "What may be meant otherwise",
        arguments: [
            ("a|b", "Ruby puts ^ before it and $ behind it", "axe", true),
            ("(?-mix:^a|b$)", "An anchor binds only the alternative that it stands in", "axe", true),
            ("(?-mix:(?i-mx:^a|b$))", "An anchor binds only the alternative that it stands in", "Axe", true),
            ("(?i)a|b", "Ruby puts ^ before it and $ behind it", "axe", true),
            ("(?i-mx:user)", "has to match a whole line", "a user", false),
            ("(?mix:user|admin)", "has to match a whole line", "a user", false),
            ("user.created", "A dot stands for any character", "user_created", true),
            ("(?-mix:^order.(paid|placed)$)", "A dot stands for any character", "order_paid", true),
            ("(?-mix:^.*.json$)", "A dot stands for any character", "report_json", true),
            (".*", "where the attribute is missing, null or empty", nil, true),
            ("x?", "where the attribute is missing, null or empty", nil, true),
            ("(?-mix:(?!x))", "where the attribute is missing, null or empty", nil, true),
        ] as [(String, String, String?, Bool)])
    func surprises(filter: String, words: String, witness: String?, holds: Bool) {
        let remarks = review(filter).remarks
        #expect(remarks.map(\.kind) == [.surprise])
        #expect(remarks.allSatisfy { $0.text.contains(words) }, "\(remarks)")
        #expect(self.holds(filter, on: witness.map { .string($0) }) == holds)
    }

    @Test(
        "What the remarks advise does what was meant",
        arguments: [
            ("(a|b)", "axe", false), ("(?-mix:^(a|b)$)", "axe", false), ("(?i-mx:.*user.*)", "a User", true),
            ("user\\.created", "user_created", false), (".+", nil, false), ("bus_special_value_present", nil, false),
            ("bus_special_value_empty", "", true), ("\\(", "(", true),
        ] as [(String, String?, Bool)])
    func advice(filter: String, value: String?, holds: Bool) {
        #expect(self.holds(filter, on: value.map { .string($0) }) == holds)
        #expect(review(filter).remarks.isEmpty)
    }

    @Test("A filter may give rise to several remarks")
    func several() {
        #expect(review("(user.created|.*)").remarks.count == 2)
        #expect(review("a|b|user.created|.*").remarks.count == 3)
    }
}

import BusMatching
import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExplanationTests {
    private func explain(_ filters: [(String, String)], _ attributes: [JSONMember]) -> String {
        Explanation(subscription(0, filters), attributes: attributes).sentence
    }

    @Test("A sentence names the first filter that fails and the value it saw")
    func sentences() {
        let event = [JSONMember("type", "user_created"), JSONMember("page", nil), JSONMember("count", [1, "a"])]
        #expect(explain([("type", "(?-mix:^user_)")], event) == "all filters hold")
        #expect(explain([], event) == "there are no filters, and then nothing matches")
        #expect(
            explain([("type", "user_created"), ("page", "home")], event)
                == #"page is null, and the filter asks for the text "home""#)
        #expect(
            explain([("gone", "bus_special_value_key")], event)
                == "gone is missing, and the filter asks for the attribute to be there")
        #expect(
            explain([("count", "order_.*")], event)
                == #"count is "[1, \"a\"]", and the filter asks for a line that begins with "order_""#)
        #expect(
            explain([("type", "[0-9]+")], event)
                == #"type is "user_created", and the filter asks for a match of ^[0-9]+$"#)
    }

    @Test("Long values are cut")
    func cut() {
        let seen = SeenValue(.string(String(repeating: "x", count: 500)))
        #expect(seen.description == "\"" + String(repeating: "x", count: SeenValue.longestText) + "\"…")
    }

    @Test("A pattern that was not judged is named with its own reason")
    func undecided() {
        let event = [JSONMember("a", .string(String(repeating: "a", count: 40) + "!"))]
        #expect(
            explain([("a", "(?-mix:(a+)+\\1$)")], event).hasSuffix(
                #"the regular expression (?-mix:(a+)+\1$) exceeded its limit for one search"#))
        let large = explain([("a", String(repeating: "a|", count: 40_000))], event)
        #expect(large.hasSuffix("cannot be judged (a pattern of more than 65536 bytes is not judged); make it shorter"))
        #expect(large.utf8.count < 1000)
    }

    @Test("What Ruby refuses is named with Ruby's reason")
    func refused() {
        #expect(
            explain([("a", "(")], [JSONMember("a", "x")])
                == #"a is "x", and the filter asks for exactly its own text, for it is no regular expression "#
                + "(end pattern with unmatched parenthesis)")
    }

    @Test("Long texts and names of filters are cut")
    func longFilter() {
        let long = String(repeating: "long ", count: 10_000)
        #expect(explain([(long, long)], [JSONMember("a", "x")]).utf8.count < 1000)
    }

    @Test("A trial of filters without a registry")
    func trial() {
        let trial = FilterTrial([SubscriptionFilter(name: "a", pattern: "(?-mix:(a+)+\\1$)")])
        #expect(trial.outcome(for: [JSONMember("a", "aa")]) == .matches(true))
        #expect(trial.outcome(for: [JSONMember("a", "b")]) == .matches(false))
        let hostile = JSONMember("a", .string(String(repeating: "a", count: 40) + "!"))
        #expect(trial.outcome(for: [hostile]) == .undecided(.limitExceeded))
    }
}

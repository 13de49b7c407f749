import BusWire
import Foundation
import RedisTestSupport
import Testing

/// What commands say of filters: how each is judged, what is wrong, and what may be meant otherwise.
@Suite(.timeLimit(.minutes(1))) struct FilterWordsTests {
    private static let tooLarge = String(repeating: "a|", count: 40_000)

    private let server: RedisServer
    private let redis: RawRedis

    init() throws {
        server = try RedisServer(config: ["appendonly yes"])
        redis = try server.connect()
    }

    private func run(_ words: String..., input: String = "") throws -> CommandResult {
        try BuiltCommand.runAll(words + ["--redis", server.url], input: input)
    }

    private func store(_ filters: [(name: String, pattern: String)], as key: String, of application: String) throws {
        let record: JSONValue = [
            "queue_name": .string("\(application)_default"), "key": .string(key), "class": "::QueueBus::Rider",
            "matcher": .object(filters.map { JSONMember($0.name, .string($0.pattern)) }),
        ]
        try redis.call("SADD", "resque:bus_apps", application)
        try redis.call(
            "HSET", "resque:bus_app:\(application)", key, String(decoding: try record.encoded(), as: UTF8.self))
    }

    private func findings() throws -> [JSONValue] { try run("doctor", "--json").lines.map { try JSONValue.parse($0) } }

    // MARK: - subscribe and tail

    @Test func subscribeSaysHowEachRegularExpressionIsJudged() throws {
        #expect(try run("subscribe", "a", "k", "page=home", "user:present").errors.isEmpty)
        for (filter, note) in [
            ("page=/^home/", "It is judged as literal text."),
            ("page=/^[0-9]+$/", "It is judged by an automaton, which reads each text once."),
            (
                "page=/(.)\\1/",
                "It is judged within a budget of steps; where a text needs more, the copy goes to failed."
            ),
            (
                "page=home.*",
                "Ruby tries it as a regular expression on a whole line, too. It is judged as literal text."
            ),
        ] {
            let subscribed = try run("subscribe", "a", "k", filter)
            #expect(subscribed.status == 0)
            #expect(subscribed.errors == "note: filter \(filter): \(note)\n")
        }
    }

    @Test func subscribeAndTailNoteWhatIsWrong() throws {
        for filter in ["page=/(/", "page=("] {
            let note = "note: filter \(filter): It is no regular expression (end pattern with unmatched parenthesis), "
            let subscribed = try run("subscribe", "a", "k", filter)
            #expect(subscribed.status == 0)
            #expect(subscribed.errors.hasPrefix(note))
            #expect(subscribed.errors.split(separator: "\n").count == 1)
            #expect(try BuiltCommand.run("tail", filter, "--redis", "unix:///no/such").errors.hasPrefix(note))
        }
        let large = try run("subscribe", "a", "k", "page=\(Self.tooLarge)")
        #expect(large.status == 0, "what Ruby would store is stored")
        #expect(large.errors.contains("…: It cannot be judged (a pattern of more than 65536 bytes is not judged)"))
        #expect(large.errors.count < 500)
    }

    @Test func subscribeAndTailNoteWhatMayBeMeantOtherwise() throws {
        for (filter, note) in [
            ("page=a|b", "Write (a|b)."), ("page=/^a|b$/", "Write ^(a|b)$."),
            ("page=user.created", "Write \\. for a dot."),
            ("page=.*", "To ask for at least one character write .+ for .*"),
        ] {
            let subscribed = try run("subscribe", "a", "k", filter)
            #expect(subscribed.status == 0)
            #expect(subscribed.errors.contains("note: filter \(filter): "))
            #expect(subscribed.errors.contains(note))
            #expect(try BuiltCommand.run("tail", filter, "--redis", "unix:///no/such").errors.contains(note))
        }
    }

    @Test func subscribeAndSubscriptionsHaveItInJSON() throws {
        let words = ["user:present", "page=/(.)\\1/", "type=user.created", "n=("]
        let added = try JSONValue.parse(
            try BuiltCommand.runAll(["subscribe", "a", "k"] + words + ["--json", "--redis", server.url]).output)
        let listed = try JSONValue.parse(try run("subscriptions", "--json").output)
        for line in [added, listed] {
            #expect(
                line["judged"] == ["user": "presence", "page": "budgeted", "type": "automaton", "n": "refused"])
            let notes = try #require(line["notes"]?.elements)
            #expect(notes.map { $0["filter"] } == ["type", "n"])
            #expect(notes.map { $0["kind"] } == ["surprise", "brokenRegex"])
            #expect(notes[0]["message"]?.string?.hasPrefix("A dot stands for any character") == true)
            #expect(notes[0]["remedy"] == "Write \\. for a dot.")
        }
    }

    // MARK: - subscriptions and doctor

    @Test func subscriptionsAndDoctorShowWhatCanNeverBeJudged() throws {
        try store([("page", "home"), ("body", Self.tooLarge)], as: "large", of: "a")
        try store([("page", "home")], as: "sound", of: "b")
        let listed = try run("subscriptions")
        #expect(listed.status == 0)
        #expect(listed.errors.hasPrefix("cannot be judged: a/large, filter body=a|a|"))
        #expect(listed.errors.contains("…: It cannot be judged (a pattern of more than 65536 bytes is not judged)"))
        #expect(listed.errors.split(separator: "\n").count == 1 && listed.errors.count < 600)
        let lines = try run("subscriptions", "--json").lines.map { try JSONValue.parse($0) }
        #expect(lines.map { $0["judged"]?["body"] } == ["unjudgeable", nil])
        #expect(try run("subscriptions", "b").errors.isEmpty)

        let told = try findings().filter { $0["check"] == "Unjudged subscription" }
        #expect(told.count == 1 && told[0]["verdict"] == "problem")
        #expect(told[0]["detail"]?.string?.hasPrefix("a/large, filter body=a|a|") == true)
        #expect(try run("doctor").status == 2)
    }

    @Test func doctorCountsFiltersByHowTheyAreJudged() throws {
        try store(
            [("type", "user_created"), ("page", "(?-mix:^home)"), ("user", "bus_special_value_present")], as: "k",
            of: "a")
        try store([("n", "[0-9]+"), ("m", "("), ("body", "(?-mix:(.)\\1)")], as: "k", of: "b")
        let told = try findings()
        let summary = try #require(told.first { $0["check"] == "Subscriptions" }?["detail"]?.string)
        #expect(summary.hasSuffix(" Filters: 1 presence, 2 literal, 1 automaton, 1 budgeted, 1 refused."))
        let budgeted = try #require(told.first { $0["check"] == "Budgeted filters" })
        #expect(budgeted["verdict"] == "ok")
        #expect(budgeted["detail"]?.string?.hasSuffix(": b/k, filter body=/(.)\\1/.") == true)
    }

    @Test func doctorNamesTheFirstBudgetedFilters() throws {
        #expect(try !findings().contains { $0["check"] == "Budgeted filters" })
        for number in 1...7 { try store([("body", "(?-mix:(.)\\1{\(number)})")], as: "k\(number)", of: "a") }
        let detail = try #require(try findings().first { $0["check"] == "Budgeted filters" }?["detail"]?.string)
        #expect(detail.hasPrefix("7 are judged within a budget of steps"))
        #expect(detail.contains("a/k5, filter body=/(.)\\1{5}/; ….") && !detail.contains("a/k6"))
    }

    @Test func doctorSaysWhatMayBeMeantOtherwise() throws {
        try store([("type", "user.created")], as: "k", of: "a")
        let told = try #require(try findings().first { $0["check"] == "Subscription" })
        #expect(told["verdict"] == "ok")
        #expect(told["detail"]?.string?.hasPrefix("a/k, filter type=user.created: A dot stands for any") == true)
        #expect(told["remedy"] == "Write \\. for a dot.")
    }

    // MARK: - explain and match

    @Test func explainSaysOfEachRegularExpressionHowItIsJudged() throws {
        try store(
            [("type", "user.created"), ("body", "(?-mix:(.)\\1)"), ("user", "bus_special_value_key")], as: "k", of: "a")
        try store([("type", "("), ("user", "u")], as: "k", of: "b")
        let event = #"{"type":"user_created","body":"xx","user":"u"}"#
        let told = try run("explain", input: event).output
        #expect(
            told == """
                +  a/k -> a_default
                     + type=user.created  (type is "user_created"; judged by an automaton, which reads each text once)
                       note: A dot stands for any character: user.created also holds for user_created. Write \\. for a dot.
                     + body=/(.)\\1/  (body is "xx"; judged within a budget of steps; where a text needs more, the copy goes to \
                failed)
                -  b/k: type is "user_created", and the filter asks for exactly its own text, for it is no regular expression \
                (end pattern with unmatched parenthesis)
                     - type=(  (type is "user_created")
                       note: It is no regular expression (end pattern with unmatched parenthesis), so only the same text \
                satisfies it. Correct it, or put \\ before each character that is meant literally.

                """)
        let lines = try run("explain", "--json", input: event).lines.map { try JSONValue.parse($0) }
        #expect(lines[0]["filters"]?.elements?.map { $0["judged"] } == ["automaton", "budgeted", "presence"])
        #expect(lines[0]["filters"]?.elements?.map { $0["notes"]?.elements?.count } == [1, 0, 0])
        #expect(lines[1]["failed"]?["judged"] == "refused")
        #expect(lines[1]["failed"] == lines[1]["filters"]?.elements?[0])
    }

    @Test func explainAndMatchGiveTheReasonOfWhatIsUndecided() throws {
        let body = String(repeating: "a", count: 40) + "!"
        let slow = "(?-mix:(a+)+\\1$)"
        try store([("body", slow)], as: "slow", of: "a")
        try store([("body", Self.tooLarge)], as: "large", of: "b")
        let (exceeded, unjudged) = (
            "exceeded its limit for one search",
            "cannot be judged (a pattern of more than 65536 bytes is not judged); make it shorter"
        )
        let event = #"{"body":"\#(body)"}"#
        let told = try run("explain", input: event)
        #expect(told.output.count < 3000)
        let explained = try run("explain", "--json", input: event).lines.map { try JSONValue.parse($0) }
        for (line, reason) in zip(explained, [exceeded, unjudged]) {
            #expect(line["match"] == false)
            #expect(line["reason"]?.string?.hasSuffix(reason) == true)
            #expect(line["failed"]?["holds"] == .null)
            #expect(line["failed"]?["undecided"] == .string(reason))
            #expect(told.output.contains("; the regular expression \(reason))\n"))
        }

        let trials = try [slow, Self.tooLarge].map { filter -> String in
            let trial: JSONValue = ["filters": ["body": .string(filter)], "attributes": ["body": .string(body)]]
            return String(decoding: try trial.encoded(), as: UTF8.self)
        }.joined(separator: "\n")
        let matched = try BuiltCommand.run("match", input: trials)
        #expect(matched.output == "false\nfalse\n")
        #expect(
            matched.errors == """
                line 1 is undecided: the regular expression \(exceeded)
                line 2 is undecided: the regular expression \(unjudged)

                """)
        let lines = try BuiltCommand.run("match", "--explain", "--json", input: trials).lines
            .map { try JSONValue.parse($0) }
        for (line, reason) in zip(lines, [exceeded, unjudged]) {
            #expect(line["undecided"] == .string(reason))
            #expect(line["filters"]?.elements?.first?["undecided"] == .string(reason))
        }
        #expect(try BuiltCommand.run("match", "--explain", input: trials).output.count < 3000)
    }

    @Test func matchExplainsHowEachRegularExpressionIsJudged() throws {
        let trial = #"{"filters":{"page":"a|b","user":"u","x":""},"attributes":{"page":"axe","user":"u"}}"#
        #expect(try BuiltCommand.run("match", input: trial).output == "false\n")
        #expect(
            try BuiltCommand.run("match", "--explain", input: trial).output == """
                false
                  + page=a|b  (page is "axe"; judged as literal text)
                    note: Ruby puts ^ before it and $ behind it, and these bind only the outer alternatives: a|b holds for what \
                begins with a or ends with b. Write (a|b).
                  + user=u  (user is "u")
                  - x=  (x is missing)
                    note: An empty filter never holds, not even for an empty value. Use :empty \
                (bus_special_value_empty) for that.

                """)
    }

    /// The value shown is that of the very attribute, and not of one that looks the same.
    @Test func matchShowsTheAttributeOfTheFiltersExactName() throws {
        let trial = "{\"filters\":{\"caf\u{E9}\":\"x\"},\"attributes\":{\"caf\u{E9}\":\"x\",\"cafe\u{301}\":\"y\"}}"
        let told = try BuiltCommand.run("match", "--explain", input: trial).output
        #expect(told.utf8.elementsEqual("true\n  + caf\u{E9}=x  (caf\u{E9} is \"x\")\n".utf8))
    }
}

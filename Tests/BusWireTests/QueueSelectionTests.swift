import BusWire
import Testing

@Suite(.timeLimit(.minutes(1))) struct QueueSelectionTests {
    private static let known = ["app_b_slow", "zeta", "critical", "app_b_default", "alpha", ".hidden"]

    static let selections: [(text: String, queues: [String])] = [
        ("critical", ["critical"]),
        ("unknown", ["unknown"]),
        (" critical , low,,", ["critical", "low"]),
        ("low,critical,low", ["low", "critical"]),
        ("*", ["alpha", "app_b_default", "app_b_slow", "critical", "zeta"]),
        ("critical,app_b_*,!app_b_slow,*", ["critical", "app_b_default", "alpha", "zeta"]),
        ("!*_slow,app_b_*", ["app_b_default"]),
        ("critical,zeta,!zeta", ["critical"]),
        ("zeta=2,*=1", ["zeta", "alpha", "app_b_default", "app_b_slow", "critical"]),
        ("app_b_{slow,default}", ["app_b_default", "app_b_slow"]),
        ("{zeta,app_{b_{slow,x},c}},critical", ["app_b_slow", "zeta", "critical"]),
        ("{zeta", []), ("a:b:3", ["a:b:3"]), (#"odd\=3"#, ["odd=3"]), (#"odd\=x"#, ["odd=x"]),
        (#"odd\=1\=2=3"#, ["odd=1=2"]), (#"a\[b"#, []), ("app_b_[a-e]*", ["app_b_default"]), ("nothing_*", []),
    ]

    @Test(arguments: selections)
    func selects(text: String, queues: [String]) throws {
        #expect(try QueueSelection(parsing: text).queues(known: Self.known) == queues)
    }

    @Test func isDynamicWithPatternsOnly() throws {
        #expect(try QueueSelection(parsing: "a,b*").isDynamic)
        #expect(try !QueueSelection(parsing: "a,b,!b*").isDynamic)
    }

    @Test func namesOfAnApplicationAreTakenLiterally() throws {
        let names = ["odd=3", "!not", "app_*"]
        let selection = try QueueSelection(naming: names)
        #expect(selection.queues(known: Self.known) == names)
        #expect(!selection.isDynamic)
        #expect(throws: QueueSelection.ParsingError.self) { try QueueSelection(naming: []) }
    }

    @Test func namesStandInTheWorkersId() throws {
        #expect(try QueueSelection(parsing: "critical=3, app_b_*,!app_b_slow").names == ["critical", "app_b_*"])
    }

    @Test func textHasWeightsAndExclusions() throws {
        #expect(try QueueSelection(parsing: "critical=3, app_*,,!app_slow").text == "critical=3,app_*,!app_slow")
        #expect(try QueueSelection(naming: ["a", "b"]).text == "a,b")
    }

    private static func withoutWeight(_ text: String) -> String {
        #"'\#(text)' has no weight from 1 to 1000 behind the =; write \= for a = in a name, "#
            + "and ! before queues to leave out."
    }

    private static func withoutEnd(_ text: String) -> String {
        #"'\#(text)' has a [ without a ], so it matches no queue; write \[ for a [ in a name."#
    }

    @Test(arguments: [
        ("", "No queue is named; write for example critical,app_b_* or * for all queues."),
        (" ,", "No queue is named; write for example critical,app_b_* or * for all queues."),
        ("!a", "No queue is named; write for example critical,app_b_* or * for all queues."),
        ("a,!", "'!' names no queue; write a name or a pattern before or after the sign."),
        ("=3", "'=3' names no queue; write a name or a pattern before or after the sign."),
        ("a=0", withoutWeight("a=0")), ("a=x", withoutWeight("a=x")), ("a=", withoutWeight("a=")),
        (#"a=b\=3"#, withoutWeight(#"a=b\=3"#)), ("a=+3", withoutWeight("a=+3")),
        ("a=99999999999999999999", withoutWeight("a=99999999999999999999")),
        ("c,a[b", withoutEnd("a[b")), ("*,!a[b", withoutEnd("a[b")), (#"a[b\]"#, withoutEnd(#"a[b\]"#)),
        ("{a,b[}", withoutEnd("{a,b[}")),
        ("a,!b=3", "'!b=3' leaves queues out, so it has no weight; leave out the = and what follows."),
    ])
    func saysWhatIsWrong(text: String, message: String) {
        let error = #expect(throws: QueueSelection.ParsingError.self) { try QueueSelection(parsing: text) }
        #expect(error?.message == message)
    }

    @Test func bracesThatStandForTooMuchAreRefused() {
        let text = String(repeating: "{a,b}", count: 40)
        let error = #expect(throws: QueueSelection.ParsingError.self) { try QueueSelection(parsing: text) }
        #expect(error?.message.hasSuffix("stands for more than 1000 patterns; write fewer braces.") == true)
    }

    @Test func strictOrderIsNotDrawn() throws {
        var random = SeededGenerator(seed: 1)
        let selection = try QueueSelection(parsing: "c,a,b")
        #expect(selection.order(of: selection.queues(known: []), using: &random) == ["c", "a", "b"])
    }

    /// With weights 6, 3 and 1: how often each queue is first, and that every order names each queue once.
    @Test func weightedOrderFollowsTheWeights() throws {
        var random = SeededGenerator(seed: 2)
        let selection = try QueueSelection(parsing: "a=6,b_*=3,c")
        let queues = selection.queues(known: ["b_x"])
        var first: [String: Int] = [:]
        var second: [String: Int] = [:]
        for _ in 0..<10_000 {
            let order = selection.order(of: queues, using: &random)
            #expect(order.sorted() == ["a", "b_x", "c"])
            first[order[0], default: 0] += 1
            if order[0] == "a" { second[order[1], default: 0] += 1 }
        }
        #expect((5800...6200).contains(first["a"] ?? 0))
        #expect((2800...3200).contains(first["b_x"] ?? 0))
        #expect((850...1150).contains(first["c"] ?? 0))
        let share = Double(second["b_x"] ?? 0) / Double(first["a"] ?? 1)
        #expect((0.72...0.78).contains(share))
    }

    @Test func queuesThatRubyKeepsApartStayApart() throws {
        let names = ["caf\u{E9}", "cafe\u{301}"]
        #expect(try QueueSelection(parsing: "*").queues(known: names).count == 2)
        #expect(try QueueSelection(parsing: ["caf\u{E9}", "!cafe\u{301}"]).queues(known: []).count == 1)
    }
}

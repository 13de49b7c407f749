import BusCalendar
import BusWire
import ScheduleFiles
import Testing

@Suite(.timeLimit(.minutes(1))) struct ScheduleFileTests {
    private func read(_ yaml: String) throws -> ScheduleFile {
        try ScheduleFile(bytes: Array(yaml.utf8), zones: Fixtures.zones)
    }

    private static let whole = """
        # Everything that resque-scheduler's README shows.
        CancelAbandonedOrders:
          cron: "*/5 * * * *"

          queue: low
        queue_documents_for_indexing:
          # you can use rufus-scheduler "every" syntax in place of cron if you prefer
          every: 1h
          class: "QueueDocuments"
          queue: high
          args:
          description: "This job queues all content for indexing in solr"
        'clear_leaderboards_contributors':
          cron: "30 6 * * 1"
          class: ClearLeaderboards
          queue: low
          args: contributors
          rails_env: production, staging
        make_tea:
          every:
            - "24h"
            - first_in: 5m
              overlap: true
          queue: low
          args: {cups: 2, milk: no, size: 1.50, at: "yes"}
          catch_up: all

        """

    @Test func everyFormIsRead() throws {
        let file = try read(Self.whole)
        #expect(file.refused == [])
        #expect(file.warnings == [])
        #expect(
            file.entries.map { String(decoding: $0.element, as: UTF8.self) } == [
                #"{"class":"CancelAbandonedOrders","args":[]}"#, #"{"class":"QueueDocuments","args":[]}"#,
                #"{"class":"ClearLeaderboards","args":["contributors"]}"#,
                #"{"class":"make_tea","args":[{"cups":2,"milk":false,"size":1.5,"at":"yes"}]}"#,
            ])
        try #require(file.entries.count == 4)
        #expect(file.entries.map { $0.runs(in: "test") } == [true, true, false, true])
        #expect(file.entries[3].timing == .every(interval: 86_400_000, firstIn: 300_000))
        #expect(file.entries[3].catchUp == .all)
        #expect(file.entries[1].description == "This job queues all content for indexing in solr")
    }

    private static func good(_ name: String) -> String { "\(name):\n  every: 1h\n  queue: low\n" }

    /// Each stands between two good entries, which run.
    @Test(arguments: [
        (
            "bad:\n  every: 1h\n",
            "Line 4, bad: It names no queue, and here is no class to ask; write for example queue: default."
        ),
        (
            "bad:\n  cron: 61 * * * *\n  queue: low\n", "Line 4, bad: "
        ),
        ("bad: text\n", "Line 4, bad: It must have keys, such as cron, queue and class."),
        ("bad:\n", "Line 4, bad: It must have keys, such as cron, queue and class."),
        ("bad:\n\tevery: 1h\n", "Line 5, bad: This is not YAML: found character that cannot start any token."),
        ("bad:\n  cron: @daily\n", "Line 5, bad: This is not YAML: found character that cannot start any token."),
        ("bad:\n  cron: *daily\n", "Line 5, bad: This is not YAML: found undefined alias."),
        ("\"bad\":\n  queue: [low\n", "Line 6, bad: This is not YAML: "),
        ("bad:\n  every: 1h\n  every: 2h\n  queue: low\n", "Line 6, bad: This is not YAML: every is written twice."),
        ("bad\n", "Line 4, bad: This is not YAML: it is no name with a colon and keys below it."),
        ("? [a, b]\n: {every: 1h, queue: low}\n", "Line 4: The name of an entry must be a text."),
        ("bad:\n  every: !ruby/object:Foo {}\n  queue: low\n", "Line 4, bad: The tag "),
        (
            "bad:\n  queue: low\n  cron: <%= ENV[\"X\"] %>\n",
            "Line 4, bad: Line 6 has an ERB tag, which is not run here; render the file first: erb schedule.yml.erb > schedule.yml."
        ),
        (
            "bad: {every: 1h, queue: low, args: [.inf]}\n",
            "Line 4, bad: Infinity is not allowed in JSON; write it as a text."
        ),
    ])
    func aBadEntryIsRefusedAndTheOthersRun(bad: String, reason: String) throws {
        let file = try read(Self.good("before") + bad + Self.good("after"))
        #expect(file.entries.map(\.name) == ["before", "after"])
        #expect(file.refused.count == 1)
        #expect(file.refused.first?.description.hasPrefix(reason) ?? false, "\(file.refused)")
    }

    @Test func anEntryThatIsNotUTF8IsRefusedAndTheOthersRun() throws {
        let latin = Array("# T".utf8) + [0xE4] + Array("glich\nbad:\n  every: 1h\n  queue: caf".utf8) + [0xE9, 0x0A]
        let file = try ScheduleFile(
            bytes: Array(Self.good("before").utf8) + latin + Array(Self.good("after").utf8), zones: Fixtures.zones)
        #expect(file.entries.map(\.name) == ["before", "after"])
        #expect(
            file.refused.map(\.description) == [
                "Line 5, bad: Line 7 is not UTF-8; save the file in that encoding."
            ])
    }

    @Test func theFirstOfManyTemplateTagsIsNamed() {
        #expect {
            try read("bad:\n  every: <%= 5 %>\n  queue: low\n<% if true %>\n" + Self.good("after") + "<% end %>\n")
        } throws: { ($0 as? ScheduleError)?.description.hasPrefix("Line 2 has an ERB tag") ?? false }
    }

    @Test func theLaterOfTwoEntriesRuns() throws {
        let file = try read(Self.good("twice") + Self.good("other") + "twice:\n  every: 2h\n  queue: high\n")
        #expect(file.entries.map(\.name) == ["other", "twice"])
        #expect(file.entries.last?.queue == "high")
        #expect(
            file.refused.map(\.description) == [
                "Line 1, twice: It is written again in line 7, and the later one runs, as in Ruby."
            ])
    }

    private static let shared = """
        first: &shared
          every: 1h
          queue: low
        second:
          <<: *shared
          queue: high
        third: *shared
        fourth:
          queue: high
          <<: [*shared, {queue: middle, class: Four}]

        """

    @Test(arguments: ["", "bad:\n\tx: 1\n"])
    func aliasesAndMergesAreResolved(bad: String) throws {
        let file = try read(Self.shared + bad)
        #expect(file.entries.map(\.name) == ["first", "second", "third", "fourth"])
        #expect(file.entries.map(\.queue) == ["low", "high", "low", "low"])
        #expect(file.entries.last?.jobClass == "Four")
        #expect(file.refused.count == (bad.isEmpty ? 0 : 1))
    }

    @Test func anEndlessAliasIsRefused() throws {
        var bomb = "bomb:\n  queue: low\n  every: 1h\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            bomb += "  a\(level): &a\(level) [" + (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ") + "]\n"
        }
        let file = try read(bomb + Self.good("after"))
        #expect(file.entries.map(\.name) == ["after"])
        #expect(
            file.refused.map(\.reason) == ["It has more than 200000 values, those that aliases stand for included."])
    }

    @Test(arguments: ["", "\n# nothing yet\n", "---\n", "{}", "~", "null\n"])
    func anEmptyFileHasNoEntries(yaml: String) throws {
        let file = try read(yaml)
        #expect(file.entries.isEmpty && file.refused.isEmpty)
    }

    @Test(arguments: ["- a\n- b\n", "text", "12"])
    func whatIsNoMapIsNoScheduleFile(yaml: String) {
        let error = #expect(throws: ScheduleError.self) { try read(yaml) }
        #expect(
            error?.description
                == "The file is no map; write each schedule as a name with a colon and its keys below.")
    }

    @Test(arguments: ["<% if production? %>\n", "  <%- 3.times do |n| -%>\n", "<%= name %>: {every: 1h, queue: low}\n"])
    func tagsThatDecideWhichEntriesThereAreRefuseTheFile(tag: String) {
        let error = #expect(throws: ScheduleError.self) { try read(Self.good("before") + tag + Self.good("after")) }
        #expect(error?.description.hasPrefix("Line 4 has an ERB tag") ?? false)
    }

    @Test func aTagBehindAnAliasRefusesWhoTakesItOver() throws {
        let file = try read("base: &base\n  queue: <%= queue %>\n  every: 1h\nother: *base\n" + Self.good("good"))
        #expect(file.entries.map(\.name) == ["good"])
        #expect(file.refused.map(\.line) == [1, 4])
    }

    @Test func aTagInACommentIsNoTag() throws {
        #expect(try read("# <% if x %>\n" + Self.good("one") + "  # <%= x %>\n").entries.count == 1)
    }

    /// Psych 4.0.3 made these.
    @Test(arguments: [
        ("~", "null"), ("NULL", "null"), ("Yes", "true"), ("OFF", "false"), ("y", #""y""#), ("017", "15"),
        ("08", #""08""#),
        ("0o17", #""0o17""#), ("0b11", "3"), ("-0x1f", "-31"), ("1_000", "1000"), ("1,000", "1000"),
        ("1__0", #""1__0""#),
        ("+5", "5"), ("-0", "0"), ("12:30", "45000"), ("12:30:15", "45015"), ("190:20:30.15", "685230.15"),
        ("1:2.5", "3750.0"),
        ("1.5", "1.5"), ("1.", "1.0"), (".5", "0.5"), ("+.5", "0.5"), ("1_0.5", "10.5"), ("1.5e+3", "1500.0"),
        ("1e3", #""1e3""#),
        ("1.5e3", #""1.5e3""#), ("5.0e-3", "0.005"), ("1.e+5", "100000.0"), ("1.2.3", #""1.2.3""#), (":a", #""a""#),
        (":\"x y\"", #""x y""#), ("'12'", #""12""#), ("!!str 12", #""12""#), ("2001-01-01", #""2001-01-01""#),
        ("12345678901234567890", "12345678901234567890"), ("{1: a, true: b, ~: c}", #"{"1":"a","true":"b","":"c"}"#),
        ("1_", #""1_""#), ("_1", #""_1""#), ("0_7", "7"), ("0b2", #""0b2""#), ("0x", #""0x""#), (".", #"".""#),
        ("+.e+1", #""+.e+1""#), ("1:60", #""1:60""#), ("1:2:3:4", #""1:2:3:4""#), ("-1.5e-3", "-0.0015"),
        ("0b-1", #""0b-1""#),
        ("00", "0"), (":\"x", #""\"x""#), ("\"\\u00e9\"", #""é""#), ("|-\n    a\n    b", #""a\nb""#),
        ("a b", #""a b""#), ("::Foo", #""::Foo""#),
    ])
    func valuesAreAsPsychReadsThem(yaml: String, json: String) throws {
        let file = try read("one:\n  every: 1h\n  queue: low\n  args:\n  - \(yaml)\n")
        #expect(
            file.entries.map { String(decoding: $0.element, as: UTF8.self) } == [#"{"class":"one","args":[\#(json)]}"#])
    }

    @Test func deepNestingIsRefused() throws {
        for deep in [
            "args: " + String(repeating: "[", count: 50_000) + String(repeating: "]", count: 50_000),
            "args: " + String(repeating: "[", count: 50_000),
        ] {
            let file = try read("deep:\n  every: 1h\n  queue: low\n  \(deep)\n" + Self.good("after"))
            #expect(file.entries.map(\.name) == ["after"])
        }
    }
}

import BusCalendar
import BusWire
import Testing

/// Entries as `persistent_schedules` holds them.
@Suite(.timeLimit(.minutes(1))) struct ScheduleEntryTests {
    private func entry(_ json: String, name: String = "nightly") throws -> (entry: ScheduleEntry, warnings: [String]) {
        var warnings: [ScheduleWarning] = []
        let entry = try ScheduleEntry(name: name, json: Array(json.utf8), zones: Fixtures.zones, warnings: &warnings)
        return (entry, warnings.map(\.description))
    }

    private func element(_ members: String) throws -> String {
        let json = #"{"cron":"0 3 * * *","queue":"low"\#(members.isEmpty ? "" : ",")\#(members)}"#
        return String(decoding: try entry(json).entry.element, as: UTF8.self)
    }

    /// Ruby: `args.is_a?(Hash) ? [args] : Array(args)`
    @Test(arguments: [
        ("", "[]"), (#""args":null"#, "[]"), (#""args":false"#, "[]"), (#""args":[]"#, "[]"),
        (#""args":[1,"é/",null]"#, #"[1,"é/",null]"#), (#""args":{"b":1.0,"a":[2]}"#, #"[{"b":1.0,"a":[2]}]"#),
        (#""args":{}"#, "[{}]"), (#""args":"one""#, #"["one"]"#),
        (#""args":12345678901234567890"#, "[12345678901234567890]"),
        (#""args":true"#, "[true]"), (#""args":[[1]]"#, "[[1]]"),
    ])
    func arguments(member: String, arguments: String) throws {
        #expect(try element(member) == #"{"class":"nightly","args":\#(arguments)}"#)
    }

    @Test(arguments: [
        (#""class":"Report""#, "Report"), (#""class":"::Bus::Report""#, "Bus::Report"), (#""class":null"#, "nightly"),
        (#""class":"Report","custom_job_class":"Status::Job""#, "Status::Job"),
        (#""class":"Report","custom_job_class":"Resque::Job""#, "Report"),
    ])
    func classes(members: String, name: String) throws {
        #expect(try element(members) == #"{"class":"\#(name)","args":[]}"#)
    }

    @Test(arguments: [
        (#""every":"30s""#, 30_000, 30_000), (#""every":["30s"]"#, 30_000, 30_000),
        (#""every":["30s",{"first_in":"120s"}]"#, 30_000, 120_000), (#""every":["1h",{"first_in":0}]"#, 3_600_000, 0),
        (#""every":["1h",{"first_in":"now"}]"#, 3_600_000, 0), (#""every":"0.3""#, 300, 300),
        (#""every":["30s","ignored",{"first_in":"2m"}]"#, 30_000, 30_000), (#""every":90"#, 90_000, 90_000),
        (#""cron":"","every":"1M""#, 2_592_000_000, 2_592_000_000),
        (#""cron":null,"every":"2 weeks""#, 1_209_600_000, 1_209_600_000),
    ])
    func intervals(members: String, interval: Int, firstIn: Int) throws {
        let timing = try entry(#"{\#(members),"queue":"low"}"#).entry.timing
        #expect(timing == .every(interval: interval, firstIn: firstIn))
        #expect(timing.fingerprint == "every:\(interval):\(firstIn)")
    }

    @Test func cronWins() throws {
        let (entry, warnings) = try entry(
            #"{"every":"30s","cron":["0 3 * *\t* Europe/Paris",{"overlap":false}],"queue":"low"}"#)
        #expect(entry.timing.fingerprint == "cron:0_3_*_*_*_Europe/Paris")
        #expect(warnings == ["every is ignored where there is a cron"])
    }

    @Test func whatMeansNothingHereIsMentioned() throws {
        let json =
            #"{"every":["30s",{"first_in":"1s","time":3,"overlaps":1}],"queue":"low","catchup":"all","Class":"X"}"#
        let (entry, warnings) = try entry(json)
        #expect(entry.catchUp == .latest)
        #expect(
            warnings == [
                "the key catchup is unknown; did you mean catch_up?", "the key Class is unknown; did you mean class?",
                "the option time of every is unknown; did you mean times?",
                "the option overlaps of every is unknown; did you mean overlap?",
            ])
    }

    @Test func policies() throws {
        for policy in CatchUp.allCases {
            let json = #"{"every":"30s","queue":"low","catch_up":"\#(policy.rawValue)"}"#
            #expect(try entry(json).entry.catchUp == policy)
        }
    }

    @Test func environments() throws {
        func runs(_ members: String, _ environment: String?) throws -> Bool {
            try entry(#"{"every":"30s","queue":"low"\#(members)}"#).entry.runs(in: environment)
        }
        #expect(try runs("", nil))
        #expect(try runs("", "production"))
        #expect(try runs(#","env":"staging, production""#, "production"))
        #expect(try runs(#","env":"staging  production""#, "staging"))
        #expect(try !runs(#","env":"staging,production""#, "test"))
        #expect(try !runs(#","env":"production""#, nil))
        #expect(try !runs(#","rails_env":"test","env":"production""#, "production"))
        #expect(try runs(#","rails_env":null,"env":"production""#, "production"))
    }

    /// Ruby removes `persist` and keeps the others as they were given.
    @Test func jsonIsAsRubyWritesIt() throws {
        let json =
            #"{"queue":"low","every":["30s",{"first_in":"2m"}],"persist":true,"args":{"a":1.50},"class":"A","x":"/"}"#
        let first = try entry(json).entry
        #expect(first.persists)
        #expect(
            String(decoding: first.json, as: UTF8.self)
                == #"{"queue":"low","every":["30s",{"first_in":"2m"}],"args":{"a":1.5},"class":"A","x":"/"}"#)
        let second = try entry(String(decoding: first.json, as: UTF8.self)).entry
        #expect(!second.persists)
        #expect(second.json == first.json)
        #expect(second.element == first.element)
    }

    @Test(arguments: [
        ("no", "It is not JSON."), ("[]", "It must have keys, such as cron, queue and class."),
        (#"{"queue":"a"}"#, "It says no time; write cron: \"0 3 * * *\" or every: 1h."),
        (#"{"every":"1h"}"#, "It names no queue, and here is no class to ask; write for example queue: default."),
        (#"{"every":"1h","queue":["a"]}"#, "'queue' must be a text."),
        (#"{"every":"1h","queue":""}"#, "'queue' must be a text."),
        (#"{"every":"0.2s","queue":"a"}"#, "'0.2s' is too short for every; the least is 0.3s."),
        (#"{"every":"101y","queue":"a"}"#, "'101y' is out of range; write a time between 0s and 100y."),
        (
            #"{"every":["1h",{"first_in":"-1s"}],"queue":"a"}"#,
            "'-1s' is out of range; write a time between 0s and 100y."
        ),
        (
            #"{"every":{"a":1},"queue":"a"}"#,
            "'every' is a text, or a list of a text and options: [\"30s\", {\"first_in\": \"2m\"}]."
        ),
        (#"{"every":"1h","queue":"a","catch_up":"none"}"#, "'catch_up' must be one of latest, all, skip."),
        (#"{"every":"1h","queue":"a","env":["b",1]}"#, "'env' must be a text or a list of texts."),
        (#"{"every":"1h","queue":"a","args":1e400}"#, "1e400 is not allowed in JSON; write it as a text."),
    ])
    func refusals(json: String, reason: String) {
        let error = #expect(throws: ScheduleError.self) { try entry(json) }
        #expect(error?.description == reason)
    }
}

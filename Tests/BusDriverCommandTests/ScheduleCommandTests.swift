import BusWire
import Foundation
import RedisTestSupport
import Testing

/// `busdriver schedule` on what Ruby's set_schedule and a leading scheduler write (contract §7).
@Suite(.timeLimit(.minutes(1))) struct ScheduleCommandTests {
    private static let nightly =
        #"{"cron":"0 3 * * * Europe/Paris","class":"Nightly","queue":"reports","args":["all",1.10]}"#
    private static let hourly = #"{"every":["1h",{"first_in":"5m"}],"queue":"low","class":"::Hourly"}"#
    private static let lock = "resque:resque:resque_scheduler_master_lock"

    private func schedule(
        _ server: RedisServer, _ words: String..., input: String = ""
    ) throws -> CommandResult {
        try BuiltCommand.runAll(["schedule"] + words + ["--redis", server.url], input: input)
    }

    /// One schedule of Ruby's, one of the leader's file and one of its code, and a leader.
    private func led(by leader: String? = "host:1:ab") throws -> (RedisServer, RawRedis) {
        let server = try RedisServer()
        let raw = try server.connect()
        try raw.call("HSET", "resque:persistent_schedules", "nightly", Self.nightly)
        for (name, source, definition) in [
            ("nightly", "redis", Self.nightly), ("hourly", "file", Self.hourly),
            ("minutely", "code", #"{"cron":"* * * * *","queue":"q"}"#),
        ] {
            try raw.call(
                "HSET", "resque:busdriver:schedules", name, #"{"source":"\#(source)","definition":\#(definition)}"#)
        }
        if let leader { try raw.call("SET", Self.lock, leader, "EX", "180") }
        return (server, raw)
    }

    private func listed(_ server: RedisServer) throws -> [String: JSONValue] {
        let values = try schedule(server, "list", "--json").lines.map { try JSONValue.parse($0) }
        return Dictionary(uniqueKeysWithValues: values.map { ($0["name"]?.string ?? "", $0) })
    }

    private func statuses(_ server: RedisServer) throws -> [String: JSONValue?] {
        try listed(server).mapValues { $0["status"] }
    }

    @Test func whatTheLeaderRunsIsListed() throws {
        let (server, raw) = try led()
        let now = try #require(raw.call("TIME").strings.first.flatMap(Int.init))
        let anchor = (now - 1800) * 1000
        try raw.call("HSET", "resque:busdriver:cron", "hourly", "\(anchor) every:3600000:300000 \(anchor)")
        try raw.call("HSET", "resque:busdriver:cron", "nightly", "5 cron:0_3_*_*_*_Europe/Paris")
        try raw.call("HSET", "resque:delayed:last_enqueued_at", "hourly", "2026-11-21 06:00:00 +0000")
        let all = try listed(server)
        #expect(all.keys.sorted() == ["hourly", "minutely", "nightly"])
        let hourly = try #require(all["hourly"])
        #expect(hourly["every"] == 3600 && hourly["first_in"] == 300 && hourly["cron"] == .null)
        #expect(hourly["queue"] == "low" && hourly["class"] == "::Hourly" && hourly["args"] == [])
        #expect(hourly["last_slot"] == .integer(now - 1800) && hourly["next"] == .integer(now + 1800))
        #expect(hourly["last_enqueued_at"] == "2026-11-21 06:00:00 +0000")
        #expect(hourly["source"] == "file" && hourly["status"] == "running")
        let nightly = try #require(all["nightly"])
        #expect(nightly["cron"] == "0 3 * * * Europe/Paris" && nightly["every"] == .null)
        #expect(nightly["args"] == ["all", .number("1.1")] && nightly["last_slot"] == .null)
        #expect(nightly["source"] == "redis" && nightly["last_enqueued_at"] == .null)
        #expect(all["minutely"]?["source"] == "code" && all["minutely"]?["class"] == "minutely")
        let table = try schedule(server, "list", "--time-zone", "Asia/Tokyo")
        #expect(table.status == 0 && table.errors.isEmpty && table.lines.count == 4)
        let line = try #require(table.lines.first { $0.hasPrefix("hourly") })
        #expect(line.contains("every 1h, first in 5m") && line.contains("+09:00") && line.hasSuffix("file    running"))
    }

    @Test func whatTheLeaderHasNotTakenOverIsSaid() throws {
        let (server, raw) = try led()
        try raw.call("HSET", "resque:persistent_schedules", "new", #"{"every":"5s","queue":"q"}"#)
        try raw.call("HSET", "resque:persistent_schedules", "bad", #"{"every":"5s"}"#)
        try raw.call("HSET", "resque:persistent_schedules", "worse", "not json")
        // The same in another spelling is the same; another time is not.
        try raw.call(
            "HSET", "resque:persistent_schedules", "nightly",
            Self.nightly.replacing(",", with: ", "), "hourly", Self.hourly)
        try raw.call("SADD", "resque:busdriver:paused", "minutely")
        // The leader has it from Redis, where it was removed a moment ago.
        try raw.call("HSET", "resque:busdriver:schedules", "gone", #"{"source":"redis","definition":{"every":"5s"}}"#)
        #expect(
            try statuses(server) == [
                "new": "not loaded", "bad": "refused", "worse": "refused", "nightly": "running", "hourly": "not loaded",
                "minutely": "paused",
            ])
        #expect(try listed(server)["worse"]?["error"] == "It is not JSON.")
        #expect(try schedule(server, "list").output.contains("refused: It names no queue"))
    }

    @Test func whoLeadsIsSaid() throws {
        let (server, raw) = try led(by: nil)
        #expect(try statuses(server) == ["nightly": "not running", "hourly": "not running", "minutely": "not running"])
        #expect(
            try schedule(server, "list").errors
                == "note: no scheduler leads, so nothing fires; start one: busdriver run --roles driver,scheduler.\n")
        try raw.call("SET", Self.lock, "localhost:22095")
        #expect(try statuses(server) == ["nightly": "running", "hourly": "not running", "minutely": "not running"])
        #expect(
            try schedule(server, "list").errors
                == "note: the Ruby scheduler localhost:22095 leads; what it has in its memory alone is not shown.\n")
        #expect(try schedule(server, "pause", "nightly").errors.contains("Ruby knows no pause"))
        #expect(try schedule(server, "run", "fromMemory").errors.contains("in its memory cannot be seen"))
    }

    @Test func whatIsMeantForOtherEnvironmentsIsLeftOut() throws {
        let (server, raw) = try led(by: nil)
        try raw.call(
            "HSET", "resque:persistent_schedules", "staged", #"{"every":"5s","queue":"q","rails_env":"staging, qa"}"#)
        #expect(try schedule(server, "list").lines.count == 5)
        #expect(try schedule(server, "list", "--environment", "qa").lines.count == 5)
        #expect(try schedule(server, "list", "--environment", "production").lines.count == 4)
        #expect(try !schedule(server, "next", "--environment", "production").output.contains("staged"))
    }

    @Test func theNextTimesAreInOrder() throws {
        let (server, _) = try led()
        let lines = try schedule(server, "next", "--count", "3", "--json", "--time-zone", "UTC").lines
        let epochs = try lines.map { try #require(Double(RubyText.text(of: JSONValue.parse($0)["epoch"] ?? nil))) }
        #expect(epochs.count == 9 && epochs == epochs.sorted())
        let nightly = try schedule(server, "next", "nightly", "--time-zone", "Europe/Paris").lines
        #expect(nightly.count == 2 && nightly[1].contains("T03:00:00+0") && nightly[1].hasSuffix("nightly"))
        let unknown = try schedule(server, "next", "nightly", "nope")
        #expect(unknown.status == 1 && unknown.output.isEmpty)
        #expect(unknown.errors.contains("There is no schedule 'nope'; there are hourly, minutely, nightly."))
    }

    @Test func aJobIsPushedNowAndItsFiringsStay() throws {
        let (server, raw) = try led(by: nil)
        try raw.call("HSET", "resque:busdriver:cron", "hourly", "5 x")
        let result = try schedule(server, "run", "nightly", "hourly")
        #expect(result.output == "nightly pushed to reports\nhourly pushed to low\n" && result.status == 0)
        #expect(
            try raw.call("LRANGE", "resque:queue:reports", "0", "-1").strings
                == [#"{"class":"Nightly","args":["all",1.1]}"#])
        #expect(try raw.call("LRANGE", "resque:queue:low", "0", "-1").strings == [#"{"class":"Hourly","args":[]}"#])
        #expect(try Set(raw.call("SMEMBERS", "resque:queues").strings) == ["reports", "low"])
        #expect(try raw.call("HGETALL", "resque:busdriver:cron").strings == ["hourly", "5 x"])
        // None runs when one is unknown or cannot run.
        try raw.call("HSET", "resque:persistent_schedules", "bad", "{}")
        for other in ["nope", "bad"] {
            #expect(try schedule(server, "run", "nightly", other).status == 1)
            #expect(try raw.call("LLEN", "resque:queue:reports").integer == 1)
        }
    }

    @Test func aScheduleIsSetAsRubySetsIt() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let added = try schedule(
            server, "set", "nightly", "--cron", "0 3 * * *", "--class", "Nightly", "--queue", "reports", "--args",
            #"["all",{"n":1.10}]"#, "--description", "each night", "--catch-up", "all", "--rails-env", "production",
            "--time-zone", "UTC")
        #expect(added.output.hasPrefix("nightly added, next 20") && added.output.hasSuffix("T03:00:00Z\n"))
        #expect(
            try raw.call("HGET", "resque:persistent_schedules", "nightly").string
                == #"{"cron":"0 3 * * *","class":"Nightly","queue":"reports","args":["all",{"n":1.1}],"#
                + #""description":"each night","rails_env":"production","catch_up":"all"}"#)
        #expect(try raw.call("SMEMBERS", "resque:schedules_changed").strings == ["nightly"])
        let every = ["nightly", "--every", "1h", "--first-in", "5m", "--queue", "low", "--json"]
        let replaced = try BuiltCommand.runAll(["schedule", "set"] + every + ["--redis", server.url])
        #expect(try JSONValue.parse(replaced.output)["new"] == false)
        #expect(
            try raw.call("HGET", "resque:persistent_schedules", "nightly").string
                == #"{"every":["1h",{"first_in":"5m"}],"queue":"low"}"#)
        // Ruby leaves `persist` out.
        let definition = #"{"cron":"@daily","queue":"q","persist":true,"colour":"red"}"#
        let read = try schedule(server, "set", "daily", "--definition", "-", input: definition + "\n")
        #expect(read.status == 0 && read.errors.contains("the key colour is unknown"))
        #expect(
            try raw.call("HGET", "resque:persistent_schedules", "daily").string
                == #"{"cron":"@daily","queue":"q","colour":"red"}"#)
    }

    @Test(arguments: [
        (["--every", "soon", "--queue", "q"], "'soon' is not a duration"), (["--every", "5s"], "It names no queue"),
        (["--cron", "* * *", "--queue", "q"], "five fields"), (["--definition", "{"], "not JSON"),
        (["--every", "5s", "--queue", "q", "--catch-up", "none"], "'catch_up' must be one of"),
        (["--queue", "q"], "Give --cron or --every"),
        (["--cron", "@daily", "--every", "5s"], "Give --cron or --every"),
        (["--cron", "@daily", "--first-in", "5s"], "--first-in needs --every"),
        (["--definition", "{}", "--queue", "q"], "--definition says everything"),
        (["--every", "5s", "--queue", "q", "--args", "x"], "'x' is not JSON"),
    ]) func whatCannotRunIsNotSet(words: [String], reason: String) throws {
        let server = try RedisServer()
        let result = try BuiltCommand.runAll(["schedule", "set", "a"] + words + ["--redis", server.url])
        #expect(result.status == 64)
        #expect(result.errors.contains(reason))
        #expect(try server.connect().call("DBSIZE").integer == 0)
    }

    @Test func onlyWhatIsInRedisIsRemoved() throws {
        let (server, raw) = try led()
        for (name, reason) in [("hourly", "edit the file"), ("minutely", "change it there"), ("nope", "There is no")] {
            let refused = try schedule(server, "remove", "nightly", name)
            #expect(refused.status == 1 && refused.errors.contains(reason))
        }
        #expect(try raw.call("EXISTS", "resque:schedules_changed").integer == 0)
        try raw.call("HSET", "resque:busdriver:cron", "nightly", "5 x")
        try raw.call("SADD", "resque:busdriver:paused", "nightly")
        let removed = try schedule(server, "remove", "nightly", "--json")
        #expect(removed.output == #"{"name":"nightly","removed":true}"# + "\n" && removed.status == 0)
        #expect(
            try raw.call(
                "EXISTS", "resque:persistent_schedules", "resque:busdriver:cron", "resque:busdriver:paused"
            ).integer == 0)
        #expect(try raw.call("SMEMBERS", "resque:schedules_changed").strings == ["nightly"])
    }

    @Test func schedulesArePausedAndResumed() throws {
        let (server, raw) = try led()
        #expect(try schedule(server, "pause", "nightly", "nope").status == 1)
        #expect(try raw.call("EXISTS", "resque:busdriver:paused").integer == 0)
        #expect(try schedule(server, "pause", "nightly", "hourly").output == "nightly paused\nhourly paused\n")
        #expect(try raw.call("SMEMBERS", "resque:busdriver:paused").strings.sorted() == ["hourly", "nightly"])
        #expect(try raw.call("SMEMBERS", "resque:schedules_changed").strings.sorted() == ["hourly", "nightly"])
        #expect(try statuses(server)["hourly"] == "paused")
        // Its entry has left the file meanwhile.
        try raw.call("HDEL", "resque:busdriver:schedules", "hourly")
        let resumed = try schedule(server, "resume", "hourly", "--json")
        #expect(resumed.output == #"{"name":"hourly","paused":false}"# + "\n")
        #expect(try schedule(server, "resume", "hourly").errors.contains("There is no schedule 'hourly'"))
        #expect(try raw.call("SMEMBERS", "resque:busdriver:paused").strings == ["nightly"])
    }

    @Test func nothingIsThere() throws {
        let server = try RedisServer()
        #expect(try schedule(server, "list").output == "No schedules.\n")
        #expect(try schedule(server, "list", "--json").output.isEmpty)
        #expect(try schedule(server, "next").output == "Nothing fires.\n")
        #expect(try schedule(server, "run", "a").errors.contains("There is no schedule 'a'; there are none."))
        #expect(try schedule(server, "list", "--time-zone", "Mars/Phobos").status == 78)
        try server.connect().call("SET", "resque:persistent_schedules", "text")
        let refused = try schedule(server, "list")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("resque:persistent_schedules has another type of value than it should"))
    }
}

/// `busdriver schedule check`, which needs no Redis.
@Suite(.timeLimit(.minutes(1))) struct ScheduleCheckTests {
    private static let file = """
        nightly:
          cron: "0 3 * * * Europe/Paris"
          queue: reports
        broken:
          cron: "0 3 * *"
          queue: q
        development_only:
          every: 1h
          queue: q
          rails_env: development
          colour: red
        """

    private func check(_ file: String, _ words: String...) throws -> CommandResult {
        try BuiltCommand.runAll(["schedule", "check", "-"] + words, input: file)
    }

    @Test func whatIsRefusedIsNamedAndTheOthersAreShown() throws {
        let result = try check(Self.file, "--environment", "production", "--time-zone", "Europe/Paris")
        #expect(result.status == 78)
        #expect(result.lines.count == 2)
        #expect(result.lines[1].hasPrefix("nightly") && result.lines[1].contains("T03:00:00+0"))
        let complaints = result.errors.split(separator: "\n").map(String.init)
        try #require(complaints.count == 4)
        #expect(complaints[0] == "note: development_only runs only in development, and this is production.")
        #expect(complaints[1] == "warning: Line 11, development_only: the key colour is unknown.")
        #expect(complaints[2].hasPrefix("refused: Line 4, broken: A line of cron has five fields"))
        #expect(complaints[3] == "busdriver: 1 of 3 entries of standard input cannot run.")
    }

    private static let nested = "production: {a: {every: 1h, queue: q}}\nstaging: {b: {every: 2h, queue: q}}\n"

    @Test func theEnvironmentChoosesThePart() throws {
        let chosen = try check(Self.nested, "--environment", "staging")
        #expect(chosen.status == 0 && chosen.lines.count == 2 && chosen.lines[1].hasPrefix("b "))
        for (words, reason) in [
            ([], "choose one by --environment or RAILS_ENV: production, staging"),
            (["--environment", "test"], "has nothing for test; there are production, staging"),
        ] {
            let refused = try BuiltCommand.runAll(["schedule", "check", "-"] + words, input: Self.nested)
            #expect(refused.status == 78 && refused.output.isEmpty && refused.errors.contains(reason))
        }
    }

    @Test(arguments: [
        (["RAILS_ENV=staging", "RACK_ENV=production"], "b "), (["RAILS_ENV=", "RACK_ENV=production"], "a "),
    ])
    func theEnvironmentOfTheProcessChoosesIt(variables: [String], line: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = variables + [BuiltCommand.url.path, "schedule", "check", "-"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        process.killLate()
        input.fileHandleForWriting.write(Data(Self.nested.utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.split(separator: "\n").last?.hasPrefix(line) ?? false)
    }

    @Test func whenSchedulesBeginAndEndIsShown() throws {
        let result = try check(
            """
            a: {every: [1h, {first_in: 5m, times: 3}], queue: q}
            b: {cron: ["0 3 * * *", {first_at: "2100-01-01 04:31", last_at: "2100-02-01T00:00:00Z", times: 1}], queue: q}
            c: {every: [1h, {last_in: 1d}], queue: q}
            """, "--time-zone", "UTC")
        #expect(result.status == 0)
        #expect(result.output.contains("every 1h, first in 5m, 3 times"))
        #expect(
            result.output.contains("cron 0 3 * * *, first at 2100-01-01T04:31:00, until 2100-02-01T00:00:00Z, once"))
        #expect(result.output.contains("every 1h, for 1d") && result.output.contains("2100-01-01T04:31:00Z"))
    }

    @Test func aSoundFileIsSound() throws {
        let sound = String(Self.file.prefix(upTo: try #require(Self.file.range(of: "broken")).lowerBound))
        let result = try check(sound, "--json")
        #expect(result.status == 0 && result.errors.isEmpty)
        let entry = try JSONValue.parse(result.output)
        #expect(entry["name"] == "nightly" && entry["queue"] == "reports" && entry["class"] == "nightly")
        #expect(try check("").output == "No schedules.\n")
    }

    @Test func whatIsNoScheduleFileIsRefused() throws {
        let list = try check("- a\n")
        #expect(list.status == 78 && list.errors.contains("The file is no map"))
        let file = FileManager.default.temporaryDirectory.appending(path: "schedule-\(UUID()).yml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(repeatElement(Array("# nothing\n".utf8), count: 900_000).joined()).write(to: file)
        let long = try BuiltCommand.run("schedule", "check", file.path)
        #expect(long.status == 78 && long.errors.contains("longer than 8388608 bytes, which end in line 838861"))
        let absent = try BuiltCommand.run("schedule", "check", "/nonexistent.yml")
        #expect(absent.status == 1 && absent.errors.contains("/nonexistent.yml cannot be read"))
    }
}

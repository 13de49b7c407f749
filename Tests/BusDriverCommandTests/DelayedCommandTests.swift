import BusWire
import RedisTestSupport
import Testing

/// `busdriver delayed` on what Ruby's resque-scheduler writes (contract §7).
@Suite(.timeLimit(.minutes(1))) struct DelayedCommandTests {
    private static func delay(_ raw: RawRedis, _ item: String, until time: Int) throws {
        try raw.call("RPUSH", "resque:delayed:\(time)", item)
        try raw.call("SADD", "resque:timestamps:\(item)", "delayed:\(time)")
        try raw.call("ZADD", "resque:delayed_queue_schedule", String(time), String(time))
    }

    private static func item(_ number: Int, _ className: String = "Emailer") -> String {
        #"{"class":"\#(className)","args":[\#(number)],"queue":"emails"}"#
    }

    private func delayed(_ server: RedisServer, _ words: String...) throws -> CommandResult {
        try BuiltCommand.runAll(["delayed"] + words + ["--redis", server.url])
    }

    private func filled() throws -> (RedisServer, RawRedis) {
        let server = try RedisServer()
        let raw = try server.connect()
        for number in 0..<3 { try Self.delay(raw, Self.item(number), until: 1_795_240_800) }
        try Self.delay(raw, Self.item(1), until: 1_795_240_860)
        try Self.delay(raw, Self.item(5, "Report"), until: 1_795_240_860)
        return (server, raw)
    }

    @Test func timesAndJobsAreListed() throws {
        let server = try RedisServer()
        #expect(try delayed(server, "list").output == "Nothing waits.\n")
        #expect(try delayed(server, "list", "--at", "5").output == "Nothing waits for that time.\n")
        let raw = try server.connect()
        try Self.delay(raw, Self.item(1), until: 1_795_240_800)
        try Self.delay(raw, "not json", until: 1_795_240_800)
        try Self.delay(raw, Self.item(2), until: 1_795_240_860)
        #expect(
            try delayed(server, "list", "--json").lines == [
                #"{"time":1795240800,"at":"2026-11-21T06:00:00Z","jobs":2}"#,
                #"{"time":1795240860,"at":"2026-11-21T06:01:00Z","jobs":1}"#,
            ])
        #expect(try delayed(server, "list", "--json", "--after", "2026-11-21T06:00:00Z").lines.count == 1)
        #expect(
            try delayed(server, "list", "--json", "--at", "1795240800").lines == [
                #"{"time":1795240800,"queue":"emails","class":"Emailer","args":[1]}"#,
                #"{"time":1795240800,"raw":"not json"}"#,
            ])
        let table = try delayed(server, "list", "--at", "1795240800", "--from", "1").lines
        #expect(table.count == 2 && table[1].contains("(no job)") && table[1].contains("not json"))
        #expect(try delayed(server, "count").output == "3 jobs at 2 times\n")
        #expect(try delayed(server, "count", "--json").output == #"{"jobs":3,"times":2}"# + "\n")
    }

    @Test func aJobIsRemovedByItsArguments() throws {
        let (server, raw) = try filled()
        let words = ["remove", "--class", "Emailer", "--queue", "emails", "--args"]
        let result = try BuiltCommand.runAll(["delayed"] + words + ["[1]", "--json", "--redis", server.url])
        #expect(result.output == #"{"removed":2}"# + "\n" && result.status == 0)
        #expect(try raw.call("LLEN", "resque:delayed:1795240800").integer == 2)
        #expect(try raw.call("EXISTS", "resque:timestamps:" + Self.item(1)).integer == 0)
    }

    @Test func jobsAreRemovedByWhatTheyHaveInCommon() throws {
        let (server, raw) = try filled()
        #expect(try delayed(server, "remove", "--class", "Emailer", "--at", "1795240860").output == "removed 1 jobs\n")
        #expect(try raw.call("LLEN", "resque:delayed:1795240800").integer == 3)
        #expect(try delayed(server, "remove", "--args", "[5]").output == "removed 1 jobs\n")
        #expect(try delayed(server, "remove", "--queue", "others").output == "removed 0 jobs\n")
        #expect(try delayed(server, "remove", "--all").output == "removed 3 jobs\n")
        #expect(try raw.call("KEYS", "*").strings == ["resque:delayed_queue_schedule"])
    }

    @Test func jobsRunNow() throws {
        let (server, raw) = try filled()
        #expect(
            try delayed(server, "run", "--class", "Report", "--args", "[5]", "--queue", "emails").output
                == "pushed 1 jobs\n")
        #expect(try delayed(server, "run", "--at", "1795240800", "--json").output == #"{"pushed":3}"# + "\n")
        #expect(
            try raw.call("LRANGE", "resque:queue:emails", "0", "-1").strings
                == [#"{"class":"Report","args":[5]}"#] + (0..<3).map { #"{"class":"Emailer","args":[\#($0)]}"# })
        #expect(try raw.call("LLEN", "resque:delayed:1795240860").integer == 1)
    }

    @Test func aJobIsMadeToWaitAsRubyDoes() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let at = try delayed(
            server, "add", "Emailer", "--args", "[1]", "--queue", "emails", "--at", "2100-01-01T00:00:00Z")
        #expect(at.output == "Emailer for emails waits until 2100-01-01T00:00:00Z\n" && at.status == 0)
        let time = 4_102_444_800
        #expect(try raw.call("LRANGE", "resque:delayed:\(time)", "0", "-1").strings == [Self.item(1)])
        #expect(try raw.call("SMEMBERS", "resque:timestamps:" + Self.item(1)).strings == ["delayed:\(time)"])
        #expect(
            try raw.call("ZRANGE", "resque:delayed_queue_schedule", "0", "-1", "WITHSCORES").strings
                == ["\(time)", "\(time)"])
        #expect(try raw.call("EXISTS", "resque:queue:emails").integer == 0)
        let now = try #require(raw.call("TIME").strings.first.flatMap(Int.init))
        let after = try JSONValue.parse(
            delayed(server, "add", "Emailer", "--queue", "emails", "--in", "1h30m", "--json").output)
        let due = try #require(Int(RubyText.text(of: after["time"] ?? nil)))
        #expect((now + 5400...now + 5410).contains(due) && after["pushed"] == false)
        #expect(
            try raw.call("LRANGE", "resque:delayed:\(due)", "0", "-1").strings
                == [#"{"class":"Emailer","args":[],"queue":"emails"}"#])
    }

    @Test func aTimeThatHasPassedIsNow() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        #expect(
            try delayed(server, "add", "Emailer", "--args", "[1]", "--queue", "emails", "--at", "5").output
                == "Emailer for emails pushed at once: 1970-01-01T00:00:05Z has passed\n")
        #expect(try delayed(server, "add", "Emailer", "--queue", "emails", "--in", "0s", "--json").status == 0)
        #expect(
            try raw.call("LRANGE", "resque:queue:emails", "0", "-1").strings
                == [#"{"class":"Emailer","args":[1]}"#, #"{"class":"Emailer","args":[]}"#])
        #expect(try raw.call("KEYS", "*").strings.sorted() == ["resque:queue:emails", "resque:queues"])
        let late = try delayed(server, "add", "Emailer", "--queue", "emails", "--at", "253402300800")
        #expect(late.status == 64 && late.errors.contains("after the year 9999"))
    }

    @Test(arguments: [
        ["add", "C", "--queue", "q"], ["add", "--queue", "q", "--in", "5s"], ["add", "C", "--in", "5s"],
        ["add", "C", "--queue", "q", "--in", "5s", "--at", "5"], ["add", "", "--queue", "q", "--in", "5s"],
        ["add", "C", "--queue", "q", "--in", "5s", "--args", "{}"],
        ["remove"], ["run"], ["remove", "--all", "--class", "C"], ["remove", "--args", "{}"],
        ["remove", "--at", "soon"],
        ["list", "--from", "3"], ["list", "--at", "5", "--after", "6"], ["list", "--limit", "0"],
    ]) func whatIsNotMeantClearlyIsRefused(words: [String]) throws {
        let result = try BuiltCommand.runAll(["delayed"] + words)
        #expect(result.status == 64)
        #expect(result.errors.contains("Error: "))
    }
}

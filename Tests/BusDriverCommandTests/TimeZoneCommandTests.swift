import BusWire
import Foundation
import RedisTestSupport
import Testing

/// Which zone commands and the service take for local time, and what they say about it.
@Suite(.timeLimit(.minutes(1))) struct TimeZoneCommandTests {
    private static let schedule = "nightly: {cron: \"30 2 * * *\", queue: reports}\n"

    private func check(_ words: String..., environment: [String: String] = [:]) throws -> CommandResult {
        try BuiltCommand.runAll(
            ["schedule", "check", "-", "--json"] + words, input: Self.schedule, environment: environment)
    }

    private func next(_ result: CommandResult) throws -> JSONValue? {
        let line = try JSONValue.parse(try #require(result.lines.first))
        return line["next"]?.elements?.first ?? line["next"] ?? line["epoch"]
    }

    @Test(arguments: [
        (":/usr/share/zoneinfo/Asia/Kathmandu", "Asia/Kathmandu"), ("<+0330>-3:30", "+03:30"),
        (":CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Paris"), ("", "UTC"),
    ])
    func theCommandsAndTheServiceAgree(variable: String, zone: String) async throws {
        let server = try RedisServer()
        try server.connect().call(
            "HSET", "resque:persistent_schedules", "nightly", #"{"cron":"30 2 * * *","queue":"reports"}"#)
        let here = ["TZ": variable]
        let asked = try BuiltCommand.run("cron", input: #"{"cron":"30 2 * * *","tz":"\#(zone)"}"#)
        let expected = try #require(try next(asked))
        let redis = ["--redis", server.url, "--json"]
        for words in [["schedule", "list"], ["schedule", "next"]] {
            #expect(try next(BuiltCommand.runAll(words + redis, environment: here)) == expected, "\(words)")
        }
        #expect(try next(check(environment: here)) == expected)
        let cron = try BuiltCommand.runAll(["cron"], input: #"{"cron":"30 2 * * *"}"#, environment: here)
        #expect(try next(cron) == expected)

        // Each names the variable.
        let text = try BuiltCommand.runAll(["schedule", "next", "--redis", server.url], environment: here)
        let name = variable.isEmpty ? "UTC" : String(variable.drop { $0 == ":" })
        #expect(text.errors.contains("note: local time is \(name), from TZ.\n"))
        let service = try BusDriverProcess(
            on: server, environment: ["TZ=\(variable)"], arguments: ["--roles", "scheduler"])
        try await pollUntil("it says so") { service.log.contains("jobs fire by local time zone=\"\(name), from TZ\"") }
    }

    @Test func aVariableThatCannotBeFollowedIsNamedByAll() async throws {
        let server = try RedisServer()
        let here = ["TZ": "Europe/Pari\u{1B}[31ms"]
        let warning =
            #"local time is taken for UTC: TZ cannot be followed: 'Europe/Pari\x1b[31ms' is not a time zone; "#
            + "write a name such as Europe/Paris or an offset such as +05:45."
        let redis = ["--redis", server.url]
        let commands = [
            ["schedule", "list"] + redis, ["schedule", "next"] + redis, ["schedule", "check", "-"], ["cron"],
        ]
        for words in commands {
            let result = try BuiltCommand.runAll(words, environment: here)
            #expect(result.status == 0, "\(words)")
            #expect(result.errors.contains("warning: \(warning)\n"), "\(words): \(result.errors)")
        }
        let doctor = try BuiltCommand.runAll(["doctor", "--scheduler"] + redis, environment: here)
        #expect(doctor.unwrapped.contains("warning Local time: With this environment \(warning)"))
        let service = try BusDriverProcess(on: server, environment: ["TZ=\(here["TZ"] ?? "")"])
        try await pollUntil("it warns") { service.log.contains(warning) }
    }

    @Test(arguments: [
        ("+05:45", "T02:30:00+05:45"), ("-03:30", "T02:30:00-03:30"), ("+0545", "T02:30:00+05:45"),
        ("+05", "T02:30:00+05:00"), ("Z", "T02:30:00Z"), ("Europe/Paris", "T02:30:00+0"),
    ])
    func anOffsetIsLocalTime(zone: String, time: String) throws {
        let result = try BuiltCommand.runAll(
            ["schedule", "check", "-", "--time-zone", zone], input: Self.schedule, environment: ["TZ": "Mars/Phobos"])
        #expect(result.status == 0 && result.errors.isEmpty)
        #expect(result.output.contains(time), "\(result.output)")
    }

    @Test func aZoneThatIsNoneIsRefusedWithWhatToWrite() throws {
        for (zone, reason) in [
            ("UTC+3", "'UTC+3' is not a time zone; write the offset alone: +03:00."),
            ("+15:00", "write hours and minutes up to 14:00, such as +05:45 or -03:30."),
            ("asia/tokyo", "'asia/tokyo' is not a time zone; write Asia/Tokyo."),
            ("/etc/passwd", "'/etc/passwd' is not a time zone; write a name such as Europe/Paris"),
        ] {
            for words in [["schedule", "check", "-"], ["run", "--redis", "redis://localhost:1"]] {
                let result = try BuiltCommand.runAll(words + ["--time-zone", zone])
                #expect(result.status == 78)
                #expect(result.errors.contains("--time-zone cannot be followed: "))
                #expect(result.errors.contains(reason), "\(result.errors)")
            }
        }
    }

    /// As in a slim image, whose TZDIR holds nothing.
    @Test func withoutTzdataUTCIsKnownAndTheMessageSaysWhatIsMissing() throws {
        let bare = ["TZDIR": "/nonexistent"]
        for zone in ["UTC", "Etc/UTC", "GMT", "Z", "+05:45"] {
            let result = try check("--time-zone", zone, environment: bare)
            #expect(result.status == 0 && result.errors.isEmpty, "\(zone)")
            #expect(try check(environment: bare.merging(["TZ": zone]) { $1 }).errors.isEmpty, "\(zone)")
        }
        let missing = "there is no time zone database in /nonexistent; install the package tzdata"
        let asked = try check("--time-zone", "Europe/Paris", environment: bare)
        #expect(asked.status == 78 && asked.errors.contains(missing))
        let variable = try check(environment: ["TZDIR": "/nonexistent", "TZ": "Europe/Paris"])
        #expect(variable.status == 0 && variable.errors.contains(missing))
        let line = try BuiltCommand.runAll(
            ["cron"], input: #"{"cron":"30 2 * * * Europe/Paris"}"#, environment: bare)
        #expect(line.output.contains(missing))
    }

    /// The second of a zone of `right/` cannot be written; the instant is right all the same.
    @Test func theInstantOfAZoneWithLeapSecondsIsRight() throws {
        let result = try BuiltCommand.runAll(
            ["schedule", "check", "-"], input: Self.schedule, environment: ["TZ": "right/UTC"])
        #expect(result.output.contains("T02:30:27Z"), "\(result.output)")
    }
}

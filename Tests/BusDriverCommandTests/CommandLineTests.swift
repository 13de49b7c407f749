import ArgumentParser
import BusWire
import CommandInterface
import Logging
import RedisConnection
import Testing

@testable import BusDriverCommand

@Suite(.timeLimit(.minutes(1))) struct CommandLineTests {
    private func exitCode(_ words: String...) -> Int32 {
        do {
            _ = try BusDriverCommand.parseAsRoot(words)
            return 0
        } catch {
            return BusDriverCommand.exitCode(for: error).rawValue
        }
    }

    @Test func wrongUsageIs64() {
        #expect(exitCode("run", "--lease", "499ms") == 64)
        #expect(exitCode("run", "--roles", "scheduler,pilot") == 64)
        #expect(exitCode("run", "--schedule", "s.yml") == 64)
        #expect(exitCode("run", "--roles", "scheduler", "--drain") == 64)
        #expect(exitCode("run", "--roles", "scheduler", "--leader-lock", "1s") == 64)
        #expect(exitCode("run", "--roles", "scheduler", "--leader-lock", "100000000000s") == 64)
        #expect(exitCode("run", "--redis", "x", "--embedded-redis", "d") == 64)
        #expect(exitCode("run", "--incoming", "a", "--incoming", "a") == 64)
        #expect(exitCode("publish") == 64)
        #expect(exitCode("publish", "") == 64)
        #expect(exitCode("publish", "t", "--at", "0", "--in", "5m") == 64)
        #expect(exitCode("subscribe", "a", "k", "x=1", "x=2") == 64)
        #expect(exitCode("unsubscribe", "__") == 64)
        #expect(exitCode("failed", "retry") == 64)
        #expect(exitCode("failed", "retry", "abc") == 64)
        #expect(exitCode("nonsense") == 64)
    }

    @Test func everyCommandHasHelpWithAnExample() {
        func check(_ command: any ParsableCommand.Type) {
            let discussion = command.configuration.discussion
            if command != BusDriverCommand.self {
                #expect(discussion.contains("Example:\n"), "\(command)")
                #expect(discussion.contains("busdriver "), "\(command)")
            }
            for subcommand in command.configuration.subcommands { check(subcommand) }
        }
        check(BusDriverCommand.self)
    }

    @Test func embeddedRedisHasADefaultDirectory() throws {
        #expect(
            try (BusDriverCommand.parseAsRoot(["run", "--embedded-redis"]) as? Run)?.embeddedRedis == "busdriver-redis")
        #expect(try (BusDriverCommand.parseAsRoot(["run", "--embedded-redis", "d"]) as? Run)?.embeddedRedis == "d")
        #expect(try (BusDriverCommand.parseAsRoot(["run"]) as? Run)?.embeddedRedis == nil)
    }

    @Test func namespaceAndUrlComeFromTheOptionThenTheEnvironmentThenTheUrl() throws {
        func namespace(_ words: [String], _ environment: [String: String]) throws -> String {
            let options = try RedisOptions.parse(words)
            return options.keys(for: try options.configuration(environment: environment), environment: environment)
                .namespace
        }
        #expect(try namespace([], [:]) == "resque")
        #expect(try namespace([], ["REDIS_URL": "h:1:0/own"]) == "own")
        #expect(try namespace([], ["REDIS_URL": "h:1:0/own", "RESQUE_NAMESPACE": "env"]) == "env")
        #expect(try namespace(["--namespace", ""], ["RESQUE_NAMESPACE": "env"]) == "")
        #expect(try namespace(["--redis", "g:1:0/mine"], ["REDIS_URL": "h:1:0/own"]) == "mine")
    }

    @Test func passwordsComeFromTheFileThenTheUrlThenTheEnvironment() throws {
        func password(_ words: [String]) throws -> String? {
            let environment = ["REDIS_PASSWORD": "environment"]
            return try RedisOptions.parse(words).configuration(environment: environment).credentials()?.password
        }
        #expect(try password([]) == "environment")
        #expect(try password(["--redis", "redis://:url@h"]) == "url")
        #expect(throws: RedisError.self) { try password(["--redis-password-file", "/no/such/file"]) }
    }

    @Test func addressesAreNotRepeatedInMessages() {
        let arguments = ["busdriver", "--rdis=redis://bd:PW@h", "bd:PW@h", "redis://bd:PW 1", "name@host", "a://b"]
        let message =
            "Unknown option '--rdis=redis://bd:PW@h'; 'bd:PW@h', 'redis://bd:PW 1', name@host, redis://bd:PW@h"
        #expect(
            BusDriverCommand.withoutAddresses(message, among: arguments)
                == "Unknown option '(an address)'; '(an address)', '(an address)', name@host, (an address)")
    }
}

@Suite(.timeLimit(.minutes(1))) struct OutputTests {
    @Test func columnsAreAsWideAsTheirCells() {
        var table = TextTable(("NAME", .left), ("N", .right))
        table.add("a", "1")
        table.add("longer", "1000")
        #expect(table.text == "NAME       N\na          1\nlonger  1000\n")
    }

    @Test func cellsCannotReachTheTerminal() {
        #expect(TextTable.oneLine("a\nb\tc\u{1B}[31m\u{7F}é") == #"a\nb\tc\x1b[31m\x7fé"#)
    }

    /// F24: what turns the direction of reading, and what nobody sees, is as bad as an escape sequence.
    @Test func nothingFromOutsideSteersATerminal() throws {
        #expect(
            TextTable.oneLine("a\u{202E}b\u{2066}c\u{9B}31m\u{85}\u{2028}\u{200F}\u{61C}\r\u{FEFF}")
                == #"a\u202eb\u2066c\x9b31m\x85\u2028\u200f\u061c\x0d\ufeff"#)
        #expect(TextTable.oneLine("Zoë 日本 👩‍👧 نامه‌ای") == "Zoë 日本 👩‍👧 نامه‌ای")
        let text = "a\u{1B}\u{7F}\u{80}\u{9F}\u{202E}\u{2069}\u{2028}\u{E0041}é"
        let value: JSONValue = ["k\u{9B}": .string(text)]
        #expect(
            value.text == #"{"k\u009b":"a\u001b\u007f\u0080\u009f\u202e\u2069\u2028\udb40\udc41é"}"#)
        #expect(try JSONValue.parse(value.text) == value)
        #expect(ShownText.escapedJSON("{\n\t\"a\": \"\u{7F}\"\n}") == "{\n\t\"a\": \"\\u007f\"\n}")
    }

    /// F21: a name of 100 KB made a line of 100 KB.
    @Test func namesAndValuesAreCut() throws {
        let long = String(repeating: "z", count: 100_000)
        let cut = String(repeating: "z", count: 200) + "…"
        #expect(TextTable.oneLine("the zone \(long) is unknown") == "the zone \(cut) is unknown")
        #expect(TextTable.oneLine(String(repeating: "a b ", count: 100_000)).count <= 4001)
        var table = TextTable(("NAME", .left), ("N", .right))
        table.add(long, "1")
        #expect(table.text.split(separator: "\n").last == "\(cut)  1")
        let event = LogEvent(
            level: .info, message: "zone \(long)", metadata: ["key": "\(long)"], source: "", file: "", function: "",
            line: 1)
        #expect(TextLogHandler.line(event, metadata: [:], at: 0).hasSuffix("info zone \(cut) key=\(cut)"))
        let json = try JSONValue.parse(JSONLogHandler.line(event, metadata: [:], at: 0))
        #expect(json["message"] == .string("zone \(cut)") && json["key"] == .string(cut))
        #expect(JSONValue.string(long).text.count > 100_000, "data stay whole")
    }

    @Test func aLogLineIsOneJSONObject() throws {
        let event = LogEvent(
            level: .warning, message: "a \"quoted\"\nline",
            metadata: [
                "key": "v", "jobs": .stringConvertible(12), "words": "so \"said\"", "share": .stringConvertible(0.5),
            ], source: "s", file: "f", function: "g", line: 1)
        let line = JSONLogHandler.line(event, metadata: ["base": "b"], at: 1_795_240_800)
        #expect(!line.contains("\n"))
        #expect(
            try JSONValue.parse(line) == [
                "time": "2026-11-21T06:00:00Z", "level": "warning", "message": "a \"quoted\"\nline", "base": "b",
                "jobs": .number("12"), "key": "v", "share": .number("0.5"), "words": "so \"said\"",
            ])
        #expect(
            TextLogHandler.line(event, metadata: [:], at: 1_795_240_800)
                == #"2026-11-21T06:00:00Z warning a "quoted"\nline jobs=12 key=v share=0.5 words="so \"said\"""#)
    }
}

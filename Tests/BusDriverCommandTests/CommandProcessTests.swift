import BusWire
import Foundation
import RedisTestSupport
import Testing

/// The built executable as a user meets it.
@Suite(.timeLimit(.minutes(1))) struct CommandProcessTests {
    @Test func exitCodesTellWhatIsWrong() throws {
        let away = try BuiltCommand.run("queues", "--redis", "unix:///no/such/socket")
        #expect(away.status == 69)
        #expect(away.errors.split(separator: "\n").count == 1)
        #expect(away.output.isEmpty)
        for url in ["rediss://host", "ftp://host", "redis://host:port"] {
            #expect(try BuiltCommand.run("run", "--redis", url).status == 78, "\(url)")
        }
        #expect(try BuiltCommand.run("publish").status == 64)
        #expect(try BuiltCommand.run("subscribe", "---", "k", "--redis", "unix:///no").status == 64)
        #expect(try BuiltCommand.run("--version").status == 0)
    }

    @Test func wrongPasswordIsAConfigurationErrorAndIsNotShown() throws {
        let server = try RedisServer()
        try server.connect().call("CONFIG", "SET", "requirepass", "right")
        let result = try BuiltCommand.run("queues", "--redis", "unix://:s3cret@\(server.socketPath)")
        #expect(result.status == 78)
        #expect(!result.errors.contains("s3cret"))
        let file = server.directory + "/password"
        try "right\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try BuiltCommand.run("queues", "--redis", server.url, "--redis-password-file", file).status == 0)
    }

    /// F25: a part of what was written may be a password, whatever it was taken for.
    @Test(arguments: [
        ["queues", "--redis", "bd:s3cret@127.0.0.1:18911:0"], ["queues", "--redis", "redis://bd:s3cret 127.0.0.1:1"],
        ["run", "--redis", "redis://bd:s3cret/x"], ["run", "redis://bd:s3cret@127.0.0.1"],
        ["doctor", "--rdis=redis://bd:s3cret@127.0.0.1"], ["run", "--lease", "redis://bd:s3cret@127.0.0.1"],
    ])
    func aMalformedAddressIsNotRepeated(_ words: [String]) throws {
        let result = try BuiltCommand.runAll(words)
        #expect([64, 78].contains(result.status))
        #expect(!result.errors.isEmpty)
        #expect(!(result.errors + result.output).contains("s3cret"))
    }

    @Test func aPasswordFileThatEverybodyMayReadGetsAWarning() throws {
        let server = try RedisServer()
        try server.connect().call("CONFIG", "SET", "requirepass", "right")
        let file = server.directory + "/password"
        try "right\n".write(toFile: file, atomically: true, encoding: .utf8)
        for (mode, warnings) in [(0o644, 1), (0o640, 0), (0o600, 0)] as [(mode_t, Int)] {
            chmod(file, mode)
            let result = try BuiltCommand.run("run", "--drain", "--redis", server.url, "--redis-password-file", file)
            #expect(result.status == 0)
            let lines = result.errors.split(separator: "\n").filter { $0.contains("may read the password file") }
            #expect(lines.count == warnings, "\(result.errors)")
        }
    }

    /// It can be read only once, and a driver has five connections.
    @Test func aPasswordMayComeThroughAFIFO() async throws {
        let server = try RedisServer()
        try server.connect().call("CONFIG", "SET", "requirepass", "right")
        let fifo = server.directory + "/password"
        #expect(mkfifo(fifo, 0o600) == 0)
        let writing = Thread {
            let descriptor = open(fifo, O_WRONLY | O_CLOEXEC)
            _ = write(descriptor, "right\n", 6)
            close(descriptor)
        }
        writing.start()
        let result = try BuiltCommand.run("run", "--drain", "--redis", server.url, "--redis-password-file", fifo)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func fromSubscribeToTheQueue() throws {
        let server = try RedisServer(config: ["appendonly yes"])
        let redis = "--redis=\(server.url)"
        #expect(
            try BuiltCommand.run("subscribe", "App B", "vip", "--queue", "Fast", "type=/^vip/", "user:present", redis)
                .output
                == "added app_b/vip: type=/^vip/ user:present -> fast\n")
        #expect(try BuiltCommand.run("subscribe", "app_b", "user_created", redis, "--json").status == 0)
        let subscriptions = try BuiltCommand.run("subscriptions", redis, "--json").lines
        #expect(subscriptions.count == 2)
        let published = try BuiltCommand.run("publish", "user_created", "n:=1", "type=vip1", "user=u", redis, "--json")
        #expect(try JSONValue.parse(published.output)["n"] == 1)
        let file = (0..<2000).map { #"{"bus_event_type":"user_created","n":\#($0)}"# }.joined(separator: "\n")
        #expect(try BuiltCommand.run("publish", "--file", "-", redis, input: file).output == "published 2000 events\n")

        let explained = try BuiltCommand.run(
            "explain", redis, input: #"{"bus_event_type":"user_created","type":"vip"}"#)
        #expect(explained.lines.contains("+  app_b/user_created -> app_b_default"))
        #expect(explained.lines.contains { $0.hasPrefix("-  app_b/vip: user is missing") })

        let drained = try BuiltCommand.run("run", "--drain", "--log-format", "json", redis)
        #expect(drained.status == 0)
        for line in drained.errors.split(separator: "\n") {
            #expect(throws: Never.self) { try JSONValue.parse(String(line)) }
        }
        let queues = try BuiltCommand.run("queues", redis, "--json").lines.map { try JSONValue.parse($0) }
        #expect(
            Set(queues) == [
                ["queue": "app_b_default", "jobs": 2001], ["queue": "bus_incoming", "jobs": 0],
                ["queue": "fast", "jobs": 1],
            ])
        #expect(try BuiltCommand.run("unsubscribe", "app_b", "--queue", "fast", redis).output == "removed app_b/vip\n")
        #expect(try BuiltCommand.run("unsubscribe", "app_b", redis).output == "removed app_b/user_created\n")
        #expect(try BuiltCommand.run("subscriptions", redis, "--json").output.isEmpty)
    }

    @Test func whatFailedIsListedShownRetriedAndRemoved() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let redis = "--redis=\(server.url)"
        try raw.call("RPUSH", "resque:queue:bus_incoming", "no json at all", "[]")
        #expect(try BuiltCommand.run("run", "--drain", redis).status == 0)
        let entries = try BuiltCommand.run("failed", "list", redis, "--json").lines.map { try JSONValue.parse($0) }
        #expect(entries.count == 2)
        let id = try #require(entries[0]["id"]?.string)
        #expect(try BuiltCommand.run("failed", "show", String(id.prefix(8)), redis).output.contains("busdriver_raw"))
        #expect(try BuiltCommand.run("failed", "retry", id, "--remove", redis).status == 0)
        #expect(try raw.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings == ["no json at all"])
        #expect(try BuiltCommand.run("failed", "retry", id, redis).status == 1)
        let other = try #require(entries[1]["id"]?.string)
        let long = #"{"payload":{"class":"C","args":["\#(String(repeating: "x", count: 5000))"]},"queue":"q"}"#
        try raw.call("RPUSH", "resque:failed", long)
        let shown = try BuiltCommand.run("failed", "show", "--class", "C", redis).output
        #expect(shown.contains("x… (5025 bytes; --json shows all)") && shown.count < 2200)
        #expect(try BuiltCommand.run("failed", "show", "--class", "C", "--json", redis).output.count > 5000)
        #expect(try BuiltCommand.run("failed", "remove", "--class", "C", redis).status == 0)
        #expect(try BuiltCommand.run("failed", "remove", other, redis).status == 0)
        #expect(try BuiltCommand.run("failed", "clear", redis).output == "removed 0 entries\n")
    }

    /// As Resque's RedisMultiQueue: because it is in use, or because it is asked for.
    @Test(arguments: [true, false]) func failuresAreKeptByQueue(isInUse: Bool) throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let redis = "--redis=\(server.url)"
        if isInUse { try raw.call("SADD", "resque:failed_queues", "ruby_failed") }
        try raw.call("RPUSH", "resque:queue:bus_incoming", "no json at all")
        let run =
            isInUse
            ? try BuiltCommand.run("run", "--drain", redis)
            : try BuiltCommand.run("run", "--drain", redis, "--failure-backend", "multi-queue")
        #expect(run.status == 0)
        #expect(try raw.call("LLEN", "resque:bus_incoming_failed").integer == 1)
        let entry = try JSONValue.parse(#require(try BuiltCommand.run("failed", redis, "--json").lines.first))
        #expect(entry["list"] == "bus_incoming_failed" && entry["queue"] == "bus_incoming")
        #expect(try BuiltCommand.run("queues", redis).lines.contains("bus_incoming     0       1"))
        let id = try #require(entry["id"]?.string)
        #expect(try BuiltCommand.run("failed", "retry", id, "--remove", redis).status == 0)
        #expect(try raw.call("LRANGE", "resque:queue:bus_incoming", "0", "-1").strings == ["no json at all"])
        #expect(try raw.call("EXISTS", "resque:bus_incoming_failed", "resque:failed").integer == 0)
    }

    @Test func failuresAreChosenByWhatTheySay() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let redis = "--redis=\(server.url)"
        for (number, (className, queue)) in [("A", "q"), ("B", "q"), ("A", "r"), ("A", "q")].enumerated() {
            try raw.call(
                "RPUSH", "resque:failed",
                #"{"failed_at":"","payload":{"class":"\#(className)","args":[\#(number)]},"exception":"E","error":"e","#
                    + #""backtrace":[],"worker":"w","queue":"\#(queue)"}"#)
        }
        let listed = try BuiltCommand.run("failed", "list", "--class", "A", "--limit", "2", "--json", redis).lines
        #expect(try listed.map { try JSONValue.parse($0)["index"] } == [2, 3])
        #expect(
            try BuiltCommand.run("failed", "retry", "--class", "A", "--from-queue", "q", "--no-retried", redis).lines
                .count == 2)
        #expect(
            try raw.call("LRANGE", "resque:queue:q", "0", "-1").strings == [
                #"{"class":"A","args":[0]}"#, #"{"class":"A","args":[3]}"#,
            ])
        #expect(try BuiltCommand.run("failed", "retry", "--class", "A", "--no-retried", redis).lines.count == 1)
        #expect(try BuiltCommand.run("failed", "remove", "--retried", redis).lines.count == 3)
        #expect(try raw.call("LLEN", "resque:failed").integer == 1)
        #expect(try BuiltCommand.run("failed", "remove", redis).status == 64)
        #expect(try BuiltCommand.run("failed", "remove", "abcd", "--class", "A", redis).status == 64)
        #expect(try BuiltCommand.run("failed", "list", "--from", "0", "--class", "A", redis).status == 64)
    }

    @Test func nothingHasFailedForGoodWhileJobsWaitForTheirRetry() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        let redis = "--redis=\(server.url)"
        #expect(try BuiltCommand.run("failed", redis).output == "Nothing failed.\n")
        try raw.call("SET", "resque:failure-resque-retry:C:1", "{}")
        #expect(try BuiltCommand.run("failed", redis).output == "Nothing failed for good. 1 job waits for a retry.\n")
        for number in 2...3 { try raw.call("SET", "resque:failure-resque-retry:C:\(number)", "{}") }
        #expect(try BuiltCommand.run("failed", redis).output == "Nothing failed for good. 3 jobs wait for a retry.\n")
        #expect(try BuiltCommand.run("failed", "--json", redis).output.isEmpty)
    }

    @Test func matchAnswersLineByLine() throws {
        let lines = [
            #"{"filters":{"page":"home.*"},"attributes":{"page":"homepage"}}"#, #"{"filters":{},"attributes":{"a":1}}"#,
            #"{"filters":{"a":"bus_special_value_nil"},"attributes":{"a":null}}"#,
        ].joined(separator: "\n")
        #expect(try BuiltCommand.run("match", input: lines).output == "true\nfalse\ntrue\n")
        #expect(try BuiltCommand.run("match", "--explain", input: lines).lines.count == 6)
    }

    @Test func matchGoesOnAfterALineThatItCannotRead() throws {
        let good = #"{"filters":{"page":"home"},"attributes":{"page":"home"}}"#
        let text = try BuiltCommand.run("match", input: "{}\nnonsense\n\(good)\n")
        #expect(text.status == 1)
        #expect(text.lines.count == 3)
        #expect(text.lines[0].hasPrefix("error: Line 1 must be "))
        #expect(text.lines[1].hasPrefix("error: Line 2 of "))
        #expect(text.lines[2] == "true")
        #expect(text.errors.hasSuffix(": 2 lines could not be read.\n"))
        let json = try BuiltCommand.run("match", "--json", input: "nonsense\n\(good)\n").lines
        #expect(try JSONValue.parse(json[0])["error"] != nil)
        #expect(json[1] == #"{"match":true}"#)
    }

    @Test func doctorsExitCodeFollowsItsWorstFinding() throws {
        let server = try RedisServer(config: ["appendonly yes"])
        let raw = try server.connect()
        let redis = "--redis=\(server.url)"
        #expect(try BuiltCommand.run("doctor", redis).status == 1, "nobody drives or schedules")
        #expect(try BuiltCommand.run("doctor", "--strict", redis).status == 2)
        try raw.call("SADD", "resque:bus_apps", "a")
        try raw.call("HSET", "resque:bus_app:a", "k", "null")
        let sick = try BuiltCommand.run("doctor", redis, "--json")
        #expect(sick.status == 2)
        let findings = try sick.lines.map { try JSONValue.parse($0) }
        #expect(findings.contains { $0["check"] == "Broken subscription" && $0["verdict"] == "problem" })
        #expect(findings.allSatisfy { $0["verdict"] == "ok" || $0["remedy"]?.string != nil })
    }

    @Test func workersWithoutAnySubscriptionAreNoted() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        func doctor() throws -> String { try BuiltCommand.run("doctor", "--redis", server.url).unwrapped }
        try raw.call("SADD", "resque:workers", "h:1:bus_incoming", "h:2:*")
        #expect(try !doctor().contains("No subscriptions"))
        try raw.call("SADD", "resque:workers", "h:3:a_default")
        #expect(try doctor().contains("warning No subscriptions: Workers wait on a_default, yet nobody is subscribed"))
        #expect(try BuiltCommand.run("subscribe", "a", "k", "--redis", server.url).status == 0)
        #expect(try !doctor().contains("No subscriptions"))
        try raw.call("SET", "resque:queue:a_default", "text")
        #expect(try doctor().contains("PROBLEM Types of keys: resque:queue:a_default is a string"))
    }

    @Test func aRedisThatEvictsIsRefused() throws {
        let server = try RedisServer(config: ["maxmemory-policy allkeys-lru"])
        let result = try BuiltCommand.run("run", "--redis", server.url)
        #expect(result.status == 78)
        #expect(result.errors.contains("noeviction"))
    }

    @Test func aPrivateRedisEndsWithItsParent() async throws {
        let folder = try RedisServer()
        let directory = folder.directory + "/e"
        let url = "unix://\(directory)/redis.sock"
        let driver = try BusDriverProcess(running: "busdriver", ["run", "--embedded-redis", directory], on: folder)
        try await pollUntil("the private Redis answers") {
            (try? BuiltCommand.run("publish", "x", "--redis", url).status) == 0
        }
        #expect(try BuiltCommand.run("run", "--embedded-redis", directory).status == 78)
        driver.signal(SIGKILL)
        try await pollUntil("the private Redis is gone") {
            (try? RawRedis(unixSocket: directory + "/redis.sock")) == nil
        }
        // It kept what it had acknowledged.
        let next = try BusDriverProcess(
            running: "busdriver", ["run", "--embedded-redis", directory, "--drain"], on: folder)
        try await pollUntil("it has drained") { !next.isRunning }
        #expect(next.ending == .exit(0), "\(next.log)")
    }
}

import BusWire
import CommandInterface
import Foundation
import RedisTestSupport
import Testing

/// How `busdriver doctor` tells what it found: to people on any terminal, and to monitors.
@Suite(.serialized, .timeLimit(.minutes(1))) struct DoctorReportTests {
    private let server: RedisServer
    private let redis: RawRedis

    init() throws {
        server = try RedisServer(config: ["appendonly yes"])
        redis = try server.connect()
    }

    private func doctor(_ words: String...) throws -> CommandResult {
        try BuiltCommand.runAll(["doctor"] + words + ["--redis", server.url])
    }

    /// What has findings of every kind.
    private func spoil() throws {
        let long = String(repeating: "long", count: 40)
        try redis.call("SADD", "resque:bus_apps", "a", "b", "___", "not a hash")
        for (field, record) in [
            ("text", "text"), ("null", "null"), ("no queue", #"{"key":"k","matcher":{}}"#),
            (long, #"{"queue_name":"","key":"k","matcher":{}}"#), ("no key", #"{"queue_name":"q","matcher":{}}"#),
            ("empty key", #"{"queue_name":"q","key":"","matcher":{}}"#),
            ("no matcher", #"{"queue_name":"q","key":"k"}"#),
            ("regex", #"{"queue_name":"q","key":"r","matcher":{"a":"(","b":"\\X","c":""}}"#),
        ] {
            try redis.call("HSET", "resque:bus_app:a", field, record)
        }
        try redis.call("SET", "resque:bus_app:not_a_hash", "text")
        try redis.call("SADD", "resque:workers", "h:1:jobs,!slow,app_*", "h:2:\(long)")
        try redis.call("SADD", "resque:queues", "slow", "jobs", "app_x", "bus_incoming", long, "wrong")
        for queue in ["slow", "jobs", "app_x", "bus_incoming", long + "2"] {
            try redis.call("RPUSH", "resque:queue:\(queue)", "job")
            try redis.call("SADD", "resque:queues", queue)
        }
        try redis.call("SET", "resque:queue:q", "text")
        try redis.call("RPUSH", "resque:busdriver:inf:\(long):1:abc:4", "event")
        try redis.call("ZADD", "resque:busdriver:riders", "1", long)
        try redis.call("HSET", "resque:busdriver:fix", long, "1")
        try redis.call("RPUSH", "resque:busdriver:failed", "entry")
        try redis.call("HSET", "resque:temp_bus_app:\(long):1", "k", "v")
        try redis.call("RPUSH", "resque:busdriver:oversized:h:1:ab:1", "large")
        try redis.call("SADD", "resque:resquebus_apps", "a")
        try redis.call("RPUSH", "resque:queue:resquebus_incoming", "event")
        try redis.call("HSET", "resque:persistent_schedules", long, "text")
        try redis.call("SADD", "resque:busdriver:paused", long)
        try redis.call("SET", "resque:resque:resque_scheduler_master_lock", long)
        try redis.call("RPUSH", "resque:delayed:7", "{}")
        try redis.call("SET", "resque:bus:heartbeat:timestamp", "soon")
        try redis.call("SET", "resque:pause-all-workers", "true")
    }

    /// Each word of the worst case stands on lines that every terminal has.
    @Test func noLineIsBeyondEightyColumns() throws {
        try spoil()
        try redis.call("ACL", "SETUSER", "default", "-@list", "-@hash", "resetchannels", "resetkeys", "~resque:*")
        let rights = try doctor("--role", "driver", "--role", "rider", "--scheduler")
        try redis.call("ACL", "SETUSER", "default", "+@all", "allchannels", "allkeys")
        let sick = try doctor("--scheduler")
        #expect(rights.status == 2 && sick.status == 2)
        #expect(sick.lines.count > 60)
        for result in [rights, sick] {
            let beyond = result.lines.filter { $0.count > 80 }
            #expect(beyond.isEmpty, "\(beyond)")
        }
        // The line is a shell's, over several lines.
        #expect(rights.output.contains("redis-cli ACL SETUSER default +"))
        #expect(rights.output.contains(" \\\n          +"))
        #expect(rights.output.contains("'&__redis__:invalidate'"))
    }

    @Test func whatIsWrongStandsFirst() throws {
        try spoil()
        let lines = try doctor().lines
        #expect(
            lines[0].wholeMatch(of: /[1-9]\d* problems, [1-9]\d* warnings; \d+ checks find nothing wrong\..*/) != nil)
        let marks = lines.dropFirst().compactMap {
            ["PROBLEM", "warning", "ok"].firstIndex(of: $0.prefix { $0 != " " })
        }
        #expect(marks == marks.sorted() && Set(marks).count == 3)
        let quiet = try doctor("--quiet")
        #expect(quiet.status == 2)
        #expect(quiet.lines[0] == lines[0])
        #expect(!quiet.lines.contains { $0.hasPrefix("ok") } && quiet.lines.contains { $0.hasPrefix("warning") })
    }

    @Test func theExitCodeIsThatOfAMonitorsPlugin() throws {
        let time = String(Int(Date().timeIntervalSince1970 + 3600) * 1000)
        try redis.call("ZADD", "resque:busdriver:drivers", time, "h:1:ab")
        try redis.call("HSET", "resque:busdriver:d:h:1:ab", "queue", "bus_incoming")
        try redis.call("SET", "resque:resque:resque_scheduler_master_lock", "h:1", "EX", "600")
        let well = try doctor()
        #expect(well.status == 0, "\(well.output)")
        #expect(well.lines[0].hasPrefix("0 problems, 0 warnings; "))
        #expect(try doctor("--quiet").output == "")
        try redis.call("RPUSH", "resque:queue:jobs", "job")
        try redis.call("SADD", "resque:queues", "jobs")
        #expect(try doctor().status == 1)
        #expect(try doctor("--strict").status == 2)
        try redis.call("HSET", "resque:bus_app:a", "k", "null")
        try redis.call("SADD", "resque:bus_apps", "a")
        #expect(try doctor().status == 2)
        #expect(try BuiltCommand.run("doctor", "--redis", "unix:///no/such/socket").status == 69)
        #expect(try BuiltCommand.run("doctor", "--rdis").status == 64)
    }

    /// Each record that is left out stands there with its reason, in both commands.
    @Test func everyUnusableRecordHasItsReason() throws {
        try spoil()
        let reasons = [
            ("a/text", "it is no JSON"), ("a/null", "it is JSON, but no object"),
            ("a/no queue", "it has no queue_name"),
            ("a/no key", "it has no key"), ("a/empty key", "its key is empty"),
            ("a/no matcher", "it has no matcher object"), ("___", "it is not a valid application name"),
        ]
        let listed = try BuiltCommand.run("subscriptions", "--redis", server.url)
        let told = try doctor("--json").lines.map { try JSONValue.parse($0) }
            .filter { $0["check"] == "Broken subscription" }
        for (place, reason) in reasons {
            #expect(listed.errors.contains("left out: \(place): \(reason)"), "\(listed.errors)")
            #expect(told.contains { $0["detail"]?.string?.hasPrefix("\(place): \(reason).") == true }, "\(place)")
        }
        #expect(listed.errors.contains("its queue_name is empty"))
        func verdict(_ place: String) -> JSONValue? {
            told.first { $0["detail"]?.string?.hasPrefix("\(place):") == true }?["verdict"]
        }
        #expect(verdict("a/null") == "problem" && verdict("a/no queue") == "warning")
    }

    // MARK: - Servers that cannot serve

    private static func findings(_ url: String) throws -> [JSONValue] {
        try BuiltCommand.run("doctor", "--json", "--redis", url).lines.map { try JSONValue.parse($0) }
    }

    @Test func aClusterIsNoMissingRight() async throws {
        let node = try RedisServer(config: ["cluster-enabled yes"], tcp: true)
        let redis = try node.connect()
        try redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        try await pollUntil("the cluster is up") {
            try redis.call("CLUSTER", "INFO").string?.contains("cluster_state:ok") == true
        }
        let found = try Self.findings(node.url)
        let problems = found.filter { $0["verdict"] == "problem" }
        #expect(problems.count == 1)
        #expect(problems[0]["remedy"]?.string?.contains("--namespace '{resque}'") == true)
        let tagged = try BuiltCommand.run("doctor", "--namespace", "{resque}", "--redis", node.url)
        #expect(tagged.status == 1, "\(tagged.output)")
    }

    /// Who may not even ask for the role is told all that is missing.
    @Test func whoMayNothingIsToldEverything() throws {
        try redis.call("ACL", "SETUSER", "admin", "on", ">secret", "~*", "&*", "+@all")
        try redis.call("AUTH", "admin", "secret")
        try redis.call("ACL", "SETUSER", "default", "-@all", "resetkeys", "resetchannels")
        let result = try doctor("--quiet")
        #expect(result.status == 2, "\(result.errors)")
        for word in ["+blmove", "+info", "+role", "+exec", "+eval", "+subscribe"] {
            #expect(result.output.contains(word), "\(word): \(result.output)")
        }
        // Whether keys are allowed shows only to whoever may touch one.
        try redis.call("ACL", "SETUSER", "default", "+@all")
        let rest = try doctor("--quiet")
        #expect(rest.output.contains("'~resque:*'") && rest.output.contains("'&__redis__:invalidate'"))
    }
}

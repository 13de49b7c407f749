import BusWire
import RedisTestSupport
import Testing

/// What `busdriver doctor` says about schedulers and schedules.
@Suite(.timeLimit(.minutes(1))) struct DoctorSchedulesTests {
    private func findings(_ server: RedisServer, _ words: String...) throws -> [JSONValue] {
        try BuiltCommand.runAll(["doctor", "--json"] + words + ["--redis", server.url]).lines
            .map { try JSONValue.parse($0) }
    }

    private func named(_ name: String, in findings: [JSONValue]) -> [JSONValue] {
        findings.filter { $0["check"] == .string(name) }
    }

    @Test func entriesThatCannotRunAreNamed() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        try raw.call("HSET", "resque:persistent_schedules", "good", #"{"every":"5s","queue":"q"}"#)
        #expect(named("Schedules", in: try findings(server)).map { $0["verdict"] } == ["ok"])
        try raw.call("HSET", "resque:persistent_schedules", "bad", #"{"every":"5s"}"#, "worse", "text")
        try raw.call("SADD", "resque:busdriver:paused", "good")
        let all = try findings(server)
        let broken = named("Broken schedule", in: all)
        #expect(broken.map { $0["verdict"] } == ["problem", "problem"])
        #expect(broken.first?["detail"]?.string?.hasPrefix("bad: It names no queue") == true)
        #expect(broken.last?["detail"] == "worse: It is not JSON.")
        #expect(named("Schedules", in: all).first?["detail"] == "3 schedules in Redis, not all can be read.")
        #expect(named("Paused schedules", in: all).first?["detail"]?.string?.hasSuffix(": good.") == true)
    }

    /// Who has resque-scheduler move what waits need not give the driver's user these rights.
    @Test func aSchedulersRightsAreTriedWhereOneIsMeant() throws {
        let server = try RedisServer()
        let raw = try server.connect()
        try raw.call("ACL", "SETUSER", "default", "-spop")
        let lock = "resque:resque:resque_scheduler_master_lock"
        func verdict(_ words: String...) throws -> JSONValue? {
            let result = try BuiltCommand.runAll(["doctor", "--json"] + words + ["--redis", server.url])
            return try named("Permissions", in: result.lines.map { try JSONValue.parse($0) }).first?["verdict"]
        }
        #expect(try verdict() == "ok")
        #expect(try verdict("--scheduler") == "problem")
        #expect(try verdict("--role", "scheduler") == "problem")
        try raw.call("SET", lock, "host:1", "EX", "180")
        #expect(try verdict() == "ok")
        try raw.call("SET", lock, "host:1:ab", "EX", "180")
        #expect(try verdict() == "problem")
        #expect(try verdict("--role", "driver") == "ok", "nothing else was asked for")
        try raw.call("ACL", "SETUSER", "default", "+spop")
        #expect(try verdict() == "ok")
    }
}

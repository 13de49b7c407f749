import BusOperations
import BusProtocol
import BusWire
import Foundation
import RedisConnection
import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DiagnosisTests {
    private func verdict(_ name: String, in findings: [Finding]) -> Finding.Verdict? {
        findings.first { $0.name == name }?.verdict
    }

    @Test func aSoundServerPasses() async throws {
        let bench = try await StoreBench(config: ["appendonly yes"])
        let diagnosis = bench.diagnosis()
        let findings =
            try await diagnosis.server(obstacle: diagnosis.obstacle())
            + diagnosis.persistence(isLocal: true) + bench.permissions(of: [.driver])
        #expect(findings.filter { $0.verdict != .ok } == [])
        #expect(try bench.raw.call("DBSIZE").integer == 0, "doctor leaves nothing behind")
    }

    @Test func evictionIsAProblem() async throws {
        let bench = try await StoreBench(config: ["maxmemory-policy allkeys-lru"])
        let findings = try await bench.diagnosis().server(obstacle: nil)
        #expect(verdict("Eviction policy", in: findings) == .problem)
    }

    @Test func fullMemoryIsNoMissingRight() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("CONFIG", "SET", "maxmemory", "1")
        let findings = try await bench.permissions(of: [.driver])
        #expect(findings.filter { $0.verdict != .ok }.map(\.name) == ["Memory"])
        #expect(findings.first?.remedy?.contains("maxmemory") == true)
        try bench.raw.call("ACL", "SETUSER", "default", "-blmove")
        let both = try await bench.permissions(of: [.driver])
        #expect(both.first { $0.name == "Permissions" }?.command?.last == "+blmove")
        #expect(verdict("Memory", in: both) == .problem)
    }

    @Test func keysOfAnotherTypeAreFound() async throws {
        let bench = try await StoreBench()
        try bench.raw.call("RPUSH", "resque:queue:a_default", "job")
        #expect(try await bench.diagnosis().types(of: ["a_default", "b_default"]).map(\.verdict) == [.ok])
        try bench.raw.call("SET", "resque:failed", "text")
        try bench.raw.call("HSET", "resque:queue:b_default", "f", "v")
        let findings = try await bench.diagnosis().types(of: ["a_default", "b_default"])
        #expect(findings.map(\.verdict) == [.problem, .problem])
        #expect(findings[0].detail.hasPrefix("resque:failed is a string, not a list"))
        #expect(findings[1].detail.hasPrefix("resque:queue:b_default is a hash, not a list"))
    }

    @Test func aTransactionCutOffIsFound() async throws {
        let bench = try await StoreBench(config: ["appendonly yes", "appendfsync always", "aof-use-rdb-preamble no"])
        try bench.raw.call("SET", "before", "1")
        #expect(verdict("Append-only file", in: try await bench.diagnosis().persistence(isLocal: true)) == .ok)
        bench.server.kill()
        let folder = bench.server.directory + "/appendonlydir"
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first { $0.contains(".incr.") })
        let file = try #require(FileHandle(forWritingAtPath: "\(folder)/\(name)"))
        try file.seekToEnd()
        try file.write(
            contentsOf: Data("*1\r\n$5\r\nMULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n*3\r\n$3\r\nSE".utf8))
        try file.close()
        try bench.server.restart()
        _ = try await bench.connection.connect()
        let findings = try await bench.diagnosis().persistence(isLocal: true)
        #expect(verdict("Append-only file", in: findings) == .problem)
        // What the remedy says helps.
        let raw = try bench.server.connect()
        try raw.call("BGREWRITEAOF")
        while try raw.call("INFO", "persistence").string?.contains("aof_rewrite_in_progress:0") != true {}
        while try raw.call("INFO", "persistence").string?.contains("aof_rewrite_scheduled:0") != true {}
        #expect(verdict("Append-only file", in: try await bench.diagnosis().persistence(isLocal: true)) == .ok)
    }

    @Test func leftoversAreFound() async throws {
        let bench = try await StoreBench()
        #expect(try await bench.diagnosis().leftovers().allSatisfy { $0.verdict == .ok })
        try bench.raw.call("RPUSH", "resque:busdriver:inf:h:1:abc:4", "event")
        try bench.raw.call("HSET", "resque:temp_bus_app:a:17", "k", "v")
        try bench.raw.call("SADD", "resque:resquebus_apps", "a")
        try bench.raw.call("RPUSH", "resque:queue:resquebus_incoming", "event")
        let findings = try await bench.diagnosis().leftovers()
        #expect(verdict("In-flight events", in: findings) == .problem)
        #expect(verdict("Leaked subscriptions", in: findings) == .warning)
        #expect(verdict("Old format", in: findings) == .problem)
    }

    @Test func anOversizedEventThatNoEntryNamesIsFound() async throws {
        let bench = try await StoreBench()
        let list = "resque:busdriver:oversized:h:1:ab:1"
        try bench.raw.call("RPUSH", list, "large")
        try bench.raw.call("RPUSH", "resque:failed", #"{"exception":"BusDriver::Oversized","error":"in \#(list)"}"#)
        #expect(verdict("Oversized events", in: try await bench.diagnosis().leftovers()) == .ok)
        try bench.raw.call("DEL", "resque:failed")
        let findings = try await bench.diagnosis().leftovers()
        #expect(verdict("Oversized events", in: findings) == .warning)
        #expect(findings.contains { $0.detail.contains(list) })
    }

    /// An entry that waits because `failed` is no list names its list all the same.
    @Test func entriesThatWaitForFailedAreFound() async throws {
        let bench = try await StoreBench()
        let list = "resque:busdriver:oversized:h:1:ab:1"
        try bench.raw.call("RPUSH", list, "large")
        let entry = #"{"exception":"BusDriver::Oversized","error":"in \#(list)"}"#
        try bench.raw.call("RPUSH", "resque:busdriver:failed", entry)
        try bench.raw.call("SET", "resque:failed", "text")
        let findings = try await bench.diagnosis().leftovers()
        #expect(verdict("Oversized events", in: findings) == .ok)
        #expect(verdict("Waiting failures", in: findings) == .warning)
    }

    /// Those of RedisMultiQueue too; resque-web shows the ones in `failed` no more while it is in use.
    @Test func failuresAreCounted() async throws {
        let bench = try await StoreBench()
        #expect(try await bench.diagnosis().failures() == Finding("Failures", .ok, "Nothing has failed for good."))
        try bench.raw.call("RPUSH", "resque:failed", "a", "b")
        #expect(
            try await bench.diagnosis().failures() == Finding("Failures", .ok, "Failed for good: 2 in failed."))
        try bench.raw.call("SADD", "resque:failed_queues", "jobs_failed")
        try bench.raw.call("RPUSH", "resque:jobs_failed", "c")
        let finding = try await bench.diagnosis().failures()
        #expect(finding.verdict == .warning)
        #expect(finding.detail.hasPrefix("Failed for good: 2 in failed, 1 in jobs_failed."))
        try bench.raw.call("DEL", "resque:failed")
        #expect(try await bench.diagnosis().failures().verdict == .ok)
    }

    @Test func neighboursAreNamed() async throws {
        let bench = try await StoreBench()
        var findings = try await bench.diagnosis().neighbours()
        #expect(verdict("Driver of bus_incoming", in: findings) == .warning)
        try bench.raw.call("RPUSH", "resque:queue:bus_incoming", "event")
        findings = try await bench.diagnosis().neighbours()
        #expect(verdict("Driver of bus_incoming", in: findings) == .problem)
        try bench.raw.call("SADD", "resque:workers", "host:17:other,bus_incoming")
        findings = try await bench.diagnosis().neighbours()
        #expect(findings.allSatisfy { $0.verdict == .ok })
        #expect(findings.contains { $0.detail.contains("host:17:other,bus_incoming") })
        try bench.raw.call("SET", "resque:pause-all-workers", "true")
        #expect(verdict("Pause", in: try await bench.diagnosis().neighbours()) == .problem)
    }

    @Test func whoIsDeadDoesNotDrive() async throws {
        let bench = try await StoreBench()
        func drivers() async throws -> [String] {
            try await IncomingDrivers(connection: bench.connection, bus: bench.bus).driving("bus_incoming")
        }
        let now = try #require(bench.raw.call("TIME").strings.first.flatMap(Int.init))
        func heartbeat(secondsAgo: Int) throws {
            let time = CivilTime(epoch: now - secondsAgo + 3600).isoText.dropLast() + "+01:00"
            try bench.raw.call("HSET", "resque:workers:heartbeat", "host:17:bus_incoming", String(time))
        }
        try bench.raw.call("SADD", "resque:workers", "host:17:bus_incoming")
        try bench.raw.call("HSET", "resque:busdriver:d:h:1:ab", "queue", "bus_incoming")
        try bench.raw.call("ZADD", "resque:busdriver:drivers", String((now + 60) * 1000), "h:1:ab")
        try heartbeat(secondsAgo: 200)
        #expect(try await drivers() == ["h:1:ab", "host:17:bus_incoming"])
        try heartbeat(secondsAgo: 301)
        #expect(try await drivers() == ["h:1:ab"])
        try bench.raw.call("ZADD", "resque:busdriver:drivers", String((now - 1) * 1000), "h:1:ab")
        #expect(try await drivers().isEmpty)
    }
}

import Foundation
import RedisTestSupport
import Testing

/// `busdriver recover` on what a dead and a living rider left in Redis.
@Suite(.timeLimit(.minutes(1))) struct RecoverTests {
    static func reserve(_ redis: RawRedis, rider: String, batch: Int, from queue: String, _ jobs: String...)
        throws
    {
        let record = "resque:busdriver:r:\(rider)"
        _ = try redis.call(
            "HSET", record, "claimed", String(batch), "settled", "0", String(batch), queue, "slots", "1", "worker",
            "host+swift:1", "queues", queue)
        _ = try redis.reply(to: ["RPUSH", "resque:busdriver:reserved:\(rider):\(batch)"] + jobs)
        _ = try redis.call("SADD", "resque:workers", "host+swift:1.1:\(queue)")
    }

    /// As the end of a lease.
    private static let anHourOn = String(Int(Date().timeIntervalSince1970 + 3600) * 1000)

    @Test("jobs of dead riders go back in order, those of living ones with --all")
    func riders() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        _ = try redis.call("RPUSH", "resque:queue:emails", "later")
        try Self.reserve(redis, rider: "dead", batch: 1, from: "emails", "a", "b")
        try Self.reserve(redis, rider: "dead", batch: 2, from: "emails", "c")
        _ = try redis.call("ZADD", "resque:busdriver:riders", "1", "dead")
        try Self.reserve(redis, rider: "host:1:alive", batch: 7, from: "slow", "z")
        _ = try redis.call("ZADD", "resque:busdriver:riders", Self.anHourOn, "host:1:alive")
        #expect(
            try BuiltCommand.run("doctor", "--redis", server.url).unwrapped.contains(
                "Riders that are gone hold jobs: dead"))

        let first = try BuiltCommand.run("recover", "--redis", server.url)
        #expect(first.status == 0)
        #expect(first.lines.contains("dead: 3 jobs are back on their queues"))
        #expect(first.lines.contains { $0.hasPrefix("host:1:alive is alive") })
        #expect(try redis.call("LRANGE", "resque:queue:emails", "0", "-1").strings == ["a", "b", "c", "later"])
        #expect(try redis.call("LLEN", "resque:queue:slow").integer == 0)
        #expect(try redis.call("SMEMBERS", "resque:workers").strings == ["host+swift:1.1:slow"])

        let second = try BuiltCommand.run("recover", "--all", "--json", "--redis", server.url)
        #expect(second.lines == [#"{"rider":"host:1:alive","recovered":1}"#])
        #expect(try redis.call("LRANGE", "resque:queue:slow", "0", "-1").strings == ["z"])
        #expect(try redis.call("KEYS", "resque:busdriver:*").strings.isEmpty)
    }

    /// While memory is full the half of a lease in the registry cannot be renewed.
    @Test("whose lease runs in its own key alone is shown as alive, for as long as that runs")
    func leaseInItsKeyAlone() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        let ranOut = String(Int(Date().timeIntervalSince1970 - 1) * 1000)
        for (kind, registry) in [("driver", "drivers"), ("rider", "riders")] {
            _ = try redis.call("ZADD", "resque:busdriver:\(registry)", ranOut, "host:1:\(kind)")
            _ = try redis.call("SET", "resque:busdriver:lease:host:1:\(kind)", "", "PX", "3600000")
        }
        _ = try redis.call("SADD", "resque:workers", "host+swift:1:bus_incoming")
        let output = try BuiltCommand.run("recover", "--redis", server.url)
        for id in ["host:1:driver", "host:1:rider"] {
            let line = try #require(output.lines.first { $0.hasPrefix(id) })
            #expect(line.firstMatch(of: /is alive \(its lease runs for 59m59s[0-9]+ms\)/) != nil, "\(line)")
        }
        let workers = try BuiltCommand.run("workers", "--redis", server.url).output
        #expect(workers.contains("lease 59m59s") && !workers.contains("STALE"), "\(workers)")
        let findings = try BuiltCommand.run("doctor", "--redis", server.url).unwrapped
        #expect(!findings.contains("that are gone hold"), "\(findings)")
    }

    /// Ruby's workers do not prune them.
    @Test("workers of ours that nobody knows any more are removed, and nobody else's")
    func unknownWorkers() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        let gone = ["host+swift:7.1:emails", "host+swift:8:bus_incoming"]
        let others = ["host+swift:1.1:emails", "host+swift:2:bus_incoming", "host:7:emails", "odd", "+swift"]
        for worker in gone + others {
            _ = try redis.call("SADD", "resque:workers", worker)
            _ = try redis.call("SET", "resque:worker:\(worker):started", "2026-11-21 05:38:22 +0000")
        }
        _ = try redis.call("SET", "resque:worker:\(gone[0])", "{}")
        _ = try redis.call("ZADD", "resque:busdriver:riders", Self.anHourOn, "host:1:a")
        _ = try redis.call("ZADD", "resque:busdriver:drivers", Self.anHourOn, "host:2:b")

        let output = try BuiltCommand.run("recover", "--redis", server.url)
        #expect(output.status == 0)
        for worker in gone { #expect(output.lines.contains("\(worker) is gone, and no longer among the workers")) }
        #expect(try redis.call("SMEMBERS", "resque:workers").strings.sorted() == others.sorted())
        #expect(try redis.call("KEYS", "resque:worker:*").strings.count == others.count)
        let second = try BuiltCommand.run("recover", "--json", "--redis", server.url)
        #expect(second.lines.allSatisfy { !$0.contains("worker") })
    }
}

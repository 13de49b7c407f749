import RedisTestSupport
import Testing

@testable import BusProtocol

/// Two drivers may find the same kept batch.
@Suite(.timeLimit(.minutes(1))) struct MendTests {
    @Test func whatABatchOwesIsHandedOverOnce() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        try redis.call("RPUSH", "kept", "event")
        try redis.call("HSET", "fixes", "kept", "[\"queue\"]", "other", "[]")
        let jobs = (1...2500).map(String.init)
        let keys = ["kept", "fixes", "queues", "failed", "failed of this worker", "queue"]
        let mend = ["EVAL", Script.mend.text, "6"] + keys + ["0", "jobs", "2500"] + jobs
        #expect(try redis.reply(to: mend) == .bytes(Array("OK".utf8)))
        #expect(try redis.call("LRANGE", "queue", "0", "-1").strings == jobs)
        #expect(try redis.call("SMEMBERS", "queues").strings == ["jobs"])
        #expect(try redis.call("HKEYS", "fixes").strings == ["other"])
        let before = try redis.call("DEBUG", "DIGEST")
        #expect(try redis.reply(to: mend) == .bytes(Array("GONE".utf8)))
        #expect(try redis.call("DEBUG", "DIGEST") == before)
    }
}

import BusProtocol
import RedisTestSupport
import Testing

/// Every branch of `mend.lua`. Two drivers may find the same kept batch.
@Suite(.timeLimit(.minutes(1))) struct MendTests {
    private static let counters = ["failed", "failed of this worker"]

    /// A kept batch of one event, and another driver's.
    private func kept(_ body: (RedisServer, RawRedis) throws -> Void) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        try redis.call("RPUSH", "kept", "event")
        try redis.call("HSET", "fixes", "kept", "[\"queue\"]", "other", "[]")
        try body(server, redis)
    }

    /// - Parameter copies: for each list its key, the queue that it is, and what goes there.
    private func mend(
        failed: Int = 0, _ copies: [(key: String, queue: String, jobs: [String])], on redis: RawRedis
    ) throws -> [String] {
        let keys = ["kept", "fixes", "queues"] + Self.counters + copies.map(\.key)
        let arguments = [String(failed)] + copies.flatMap { [$0.queue, String($0.jobs.count)] + $0.jobs }
        return try redis.reply(to: ["EVAL", Script.mend.text, String(keys.count)] + keys + arguments).words
    }

    private func digest(_ redis: RawRedis) throws -> String? { try redis.call("DEBUG", "DIGEST").string }

    @Test func whatABatchOwesIsHandedOverOnce() throws {
        try kept { _, redis in
            let jobs = (1...2500).map(String.init)
            #expect(try mend([("queue", "jobs", jobs)], on: redis) == ["OK"])
            #expect(try redis.call("LRANGE", "queue", "0", "-1").strings == jobs)
            #expect(try redis.call("SMEMBERS", "queues").strings == ["jobs"])
            #expect(try redis.call("HKEYS", "fixes").strings == ["other"])
            let before = try digest(redis)
            #expect(try mend([("queue", "jobs", jobs)], on: redis) == ["GONE"])
            #expect(try digest(redis) == before)
        }
    }

    /// An entry of `failed` belongs to no queue.
    @Test func failuresAreCountedAndNameNoQueue() throws {
        try kept { _, redis in
            let answer = try mend(failed: 2, [("waiting", "", ["1", "2"]), ("queue", "jobs", ["3"])], on: redis)
            #expect(answer == ["OK"])
            #expect(try redis.call("LRANGE", "waiting", "0", "-1").strings == ["1", "2"])
            #expect(try redis.call("SMEMBERS", "queues").strings == ["jobs"])
            for counter in Self.counters { #expect(try redis.call("GET", counter).string == "2") }
        }
    }

    @Test func whatCannotBeCountedOrNotedIsHandedOver() throws {
        try kept { _, redis in
            for key in Self.counters + ["queues"] { try redis.call("RPUSH", key, "element") }
            #expect(try mend(failed: 1, [("queue", "jobs", ["3"])], on: redis) == ["OK"])
            #expect(try redis.call("LRANGE", "queue", "0", "-1").strings == ["3"])
            #expect(try redis.call("EXISTS", "kept").integer == 0)
        }
    }

    /// A note without its batch, which somebody has deleted.
    @Test func aNoteOfABatchThatIsGoneGoes() throws {
        try kept { _, redis in
            try redis.call("DEL", "kept")
            #expect(try mend([("queue", "jobs", ["1"])], on: redis) == ["GONE"])
            #expect(try redis.call("HKEYS", "fixes").strings == ["other"])
            #expect(try redis.call("EXISTS", "queue").integer == 0)
        }
    }

    @Test func whatWouldBeRefusedIsNotBegun() throws {
        let copies = [(key: "first", queue: "1", jobs: ["job"]), (key: "second", queue: "2", jobs: ["job"])]
        try kept { server, redis in
            for command in ["rpush", "del", "hdel", "type", "exists"] {
                let before = try digest(redis)
                #expect(try mend(copies, on: server.user(without: command)) != ["OK"], "\(command)")
                #expect(try digest(redis) == before, "\(command)")
            }
            try redis.call("SET", "second", "text")
            let before = try digest(redis)
            #expect(try mend(copies, on: redis)[0].hasPrefix("WRONGTYPE"))
            #expect(try digest(redis) == before)
        }
    }
}

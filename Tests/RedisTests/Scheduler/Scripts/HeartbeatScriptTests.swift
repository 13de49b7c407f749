import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// Every branch of `publish_bus_heartbeats.lua`.
@Suite(.timeLimit(.minutes(1))) struct HeartbeatScriptTests {
    private struct Bench: ScriptBench {
        let server: RedisServer
        let redis: RawRedis
        let bus = BusKeys()
        let commands: BusHeartbeatCommands

        init(server: RedisServer, redis: RawRedis) throws {
            self.server = server
            self.redis = redis
            commands = BusHeartbeatCommands(bus: bus, lock: .init(bus: bus, value: "host:1:a"), queue: "bus_incoming")
            try redis.call("SET", bus.schedulerLock, "host:1:a")
        }

        func publish(
            _ elements: [String] = ["one", "two"], timestamp: Int = 100, lock: String? = nil, replacing old: String?,
            on connection: RawRedis? = nil
        ) throws -> [String] {
            let state = BusHeartbeatCommands.State(lock: lock, timestamp: old)
            return try (connection ?? redis).send {
                commands.append(
                    elements.map { Array($0.utf8) }, timestamp: timestamp, replacing: state, to: &$0)
            }.words
        }

        func timestamp() throws -> String? { try redis.call("GET", bus.busHeartbeatTimestamp).string }

        func incoming() throws -> [String] { try redis.call("LRANGE", bus.queue("bus_incoming"), "0", "-1").strings }
    }

    @Test func minutesAndTimestampAreOneStep() throws {
        try Bench.run { bench in
            let answer = try bench.publish(replacing: nil)
            #expect(answer == ["OK"])
            #expect(try bench.incoming() == ["one", "two"])
            #expect(try bench.timestamp() == "100")
            #expect(try bench.redis.call("SMEMBERS", "resque:queues").strings == ["bus_incoming"])
            #expect(try bench.publish(["three"], timestamp: 101, replacing: "100") == ["OK"])
            #expect(try bench.incoming() == ["one", "two", "three"])
            #expect(try bench.timestamp() == "101")
        }
    }

    @Test func theTimestampAloneIsMoved() throws {
        try Bench.run { bench in
            try bench.redis.call("SET", bench.bus.busHeartbeatTimestamp, "9999999")
            #expect(try bench.publish([], timestamp: 100, replacing: "9999999") == ["OK"])
            #expect(try bench.timestamp() == "100")
            #expect(try bench.redis.call("EXISTS", "resque:queues", "resque:queue:bus_incoming").integer == 0)
        }
    }

    @Test func whatWasPublishedMeanwhileIsNotPublishedAgain() throws {
        try Bench.run { bench in
            #expect(try bench.publish(replacing: "99") == ["CHANGED"])
            try bench.redis.call("SET", bench.bus.busHeartbeatTimestamp, "100")
            try bench.expectNoChange {
                for old in [nil, "99", "101", "100 "] {
                    try #expect(bench.publish(replacing: old) == ["CHANGED"])
                }
            }
        }
    }

    @Test func whoPublishesIsLeftAlone() throws {
        try Bench.run { bench in
            #expect(try bench.publish(lock: "5", replacing: nil) == ["CHANGED"])
            try bench.redis.call("SET", bench.bus.busHeartbeatLock, "6062")
            try bench.expectNoChange {
                try #expect(bench.publish(replacing: nil) == ["CHANGED"])
                try #expect(bench.publish(lock: "6000", replacing: nil) == ["CHANGED"])
            }
            // A lock that its owner left behind stays; whether it has ended the caller has judged.
            #expect(try bench.publish(lock: "6062", replacing: nil) == ["OK"])
            #expect(try bench.redis.call("GET", bench.bus.busHeartbeatLock).string == "6062")
        }
    }

    @Test func whoDoesNotLeadDoesNothing() throws {
        try Bench.run { bench in
            for holder in ["host:1:b", "host:1:a ", ""] {
                try bench.redis.call("SET", bench.bus.schedulerLock, holder)
                #expect(try bench.publish(replacing: nil) == ["NOTLEADER"])
            }
            try bench.redis.call("DEL", bench.bus.schedulerLock)
            #expect(try bench.publish(replacing: nil) == ["NOTLEADER"])
            #expect(try bench.redis.call("KEYS", "*").strings == [])
        }
    }

    @Test(arguments: [
        "resque:queues", "resque:queue:bus_incoming", "resque:bus:heartbeat:lock", "resque:bus:heartbeat:timestamp",
        "resque:resque:resque_scheduler_master_lock",
    ])
    func nothingIsDoneBesideAKeyOfAnotherType(key: String) throws {
        try Bench.run { bench in
            try bench.redis.call("DEL", key)
            try bench.redis.call("ZADD", key, "1", "other")
            try bench.expectNoChange { try #expect(bench.publish(replacing: nil)[0].hasPrefix("WRONGTYPE")) }
        }
    }

    @Test(arguments: ["get", "type", "rpush", "sadd", "set"])
    func whatAUserMayNotDoIsNotBegun(command: String) throws {
        try Bench.run { bench in
            try bench.expectRefusal(without: command) { try bench.publish(replacing: nil, on: $0) }
        }
    }

    @Test func nothingIsDoneWhenMemoryIsFull() throws {
        try Bench.run { bench in
            try bench.expectNoChange {
                try bench.redis.call("CONFIG", "SET", "maxmemory", "1")
                try #expect(bench.publish(replacing: nil)[0].contains("OOM"))
            }
        }
    }
}

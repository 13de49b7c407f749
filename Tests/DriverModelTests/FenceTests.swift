import BusWire
import LibevExecutor
import RedisTestSupport
import Testing

@testable import BusProtocol
@testable import RedisConnection

/// Fences that chance hardly ever puts to the test, one by one.
@Suite(.timeLimit(.minutes(1))) struct FenceTests {
    private let server: RedisServer
    private let redis: RawRedis
    private let bus = BusKeys()
    private let keys: DriverKeys
    private let commands: DriverCommands

    /// A registered driver, and two equal events.
    init() throws {
        server = try RedisServer()
        redis = try server.connect()
        keys = DriverKeys(bus: bus, id: "d", queue: "bus_incoming", worker: "host+swift:1:bus_incoming")
        commands = DriverCommands(keys: keys, lease: 60_000, digests: ScriptDigests())
        try Self.send(to: redis) { commands.appendRegister(started: "now", to: &$0) }
        try redis.call("RPUSH", keys.incoming, "event", "event")
    }

    /// Sends a pipeline as it is and returns its replies.
    @discardableResult
    private static func send(to redis: RawRedis, _ write: (inout RedisPipeline) -> Void) throws -> [RawReply] {
        var pipeline = RedisPipeline()
        write(&pipeline)
        try redis.sendRaw(pipeline.withUnsafeBytes { Array($0) })
        return try (0..<pipeline.count).map { _ in try redis.read() }
    }

    /// Claims one event as batch 1.
    private func claim(on connection: RawRedis) throws {
        let claim = DriverCommands.Claim(sequence: 1, low: 1, most: 1, copying: .sort, followsExec: true)
        let replies = try Self.send(to: connection) { commands.append(claim, to: &$0) }
        #expect(replies.contains { $0.strings == ["event"] })
    }

    private func swap() throws -> [RawReply] {
        try Self.send(to: redis) { pipeline in
            var event = "event"
            event.withUTF8 { bytes in
                commands.beginSwap(
                    sequence: 1, event: UnsafeRawBufferPointer(bytes), destinations: [bus.queue("a")], argumentCount: 3,
                    in: &pipeline)
            }
            pipeline.argument("a")
            pipeline.argument(1)
            pipeline.argument("job")
        }
    }

    private func digest() throws -> String { try redis.call("DEBUG", "DIGEST").string ?? "" }

    private func commit(on connection: RawRedis) throws -> RawReply? {
        try Self.send(to: connection) { pipeline in
            commands.beginCommit(in: &pipeline)
            pipeline.append("RPUSH", bus.queue("a"), "job")
            commands.endCommit(
                .init(
                    sequence: 1, processed: 1, failed: 0, queues: ["a"], destinations: [bus.queue("a")], absolves: false
                ),
                in: &pipeline)
        }.last
    }

    /// Whoever takes a record away takes it away for good, even before the events.
    @Test func aCommitNeverBringsARecordBack() throws {
        let connection = try server.connect()
        try claim(on: connection)
        try redis.call("DEL", keys.record)
        #expect(try commit(on: connection)?.array != nil)
        #expect(try redis.call("EXISTS", keys.record) == .integer(0))
    }

    /// Somebody takes events away just before the batch is read, or just after it: either way it cannot be committed.
    @Test func aBatchThatWasTouchedAfterItsWatchIsNotCommitted() throws {
        let connection = try server.connect()
        var claim = RedisPipeline()
        commands.append(.init(sequence: 1, low: 1, most: 2, copying: .sort, followsExec: true), to: &claim)
        for (start, end) in zip(claim.starts, claim.starts.dropFirst() + [claim.byteCount]) {
            if end == claim.byteCount { try redis.call("LMOVE", keys.inFlight(1), keys.incoming, "RIGHT", "LEFT") }
            try connection.sendRaw(Array(claim.bytes[start..<end]))
            _ = try connection.read()
        }
        #expect(try commit(on: connection) == .null)
    }

    /// The head is equal to the event that was peeked, but that one was claimed since.
    @Test func aSwapThatComesAfterTheClaimIsStale() throws {
        try claim(on: redis)
        let before = try digest()
        #expect(try swap()[0].strings == ["STALE"])
        #expect(try digest() == before)
    }

    @Test func aSwapOfARecoveredDriverIsFenced() throws {
        try redis.call("DEL", keys.record)
        let before = try digest()
        #expect(try swap()[0].strings == ["FENCED"])
        #expect(try digest() == before)
    }

    @Test func aSwapWithAnotherHeadChangesNothing() throws {
        try redis.call("LPUSH", keys.incoming, "another")
        let before = try digest()
        #expect(try swap()[0].strings == ["CHANGED"])
        #expect(try digest() == before)
    }

    /// The counterpart: nothing is in the way.
    @Test func aSwapInTimeHandsOver() throws {
        #expect(try swap()[0] == .array([.bytes(Array("OK".utf8)), .integer(1)]))
        #expect(try redis.call("LRANGE", bus.queue("a"), "0", "-1").strings == ["job"])
        #expect(try redis.call("LLEN", keys.incoming) == .integer(1))
    }
}

import LibevExecutor
import RedisTestSupport
import Testing

@testable import RedisConnection

@Suite(.timeLimit(.minutes(1)))
final class RealRedisTests: Sendable {
    let loop = LibevExecutor(name: "test")

    deinit { loop.stop() }

    @Test func repliesOfEveryKindComeBackInOrder() async throws {
        let redis = try RedisServer()
        let connection = try await redis.connect(on: loop)
        var pipeline = RedisPipeline("PING")
        pipeline.append("RPUSH", "list", "a", "", "ä\r\nb")
        pipeline.append("LRANGE", "list", "0", "-1")
        pipeline.append("GET", "nothing")
        pipeline.append("INCR", "list")
        pipeline.append("EVAL", "return {1, {2, {3, 'x'}, 4}, 'end'}", "0")
        let replies = try await connection.send(pipeline)

        #expect(replies.count == 6)
        #expect(replies[0].kind == .status && replies[0].string == "PONG")
        #expect(replies[1].integer == 3)
        #expect(replies[2].elements.map(\.string) == ["a", "", "ä\r\nb"])
        var seen: [String] = []
        replies[2].forEachElement { seen.append(String(decoding: $0, as: UTF8.self)) }
        #expect(seen == ["a", "", "ä\r\nb"])
        #expect(replies[3].isNull)
        #expect(replies[4].errorReply?.kind == .wrongType)
        #expect(replies.firstError?.kind == .wrongType)
        #expect(replies[5][0].integer == 1)
        #expect(replies[5][1].count == 3)
        #expect(replies[5][1][1][1].string == "x")
        #expect(replies[5][1][2].integer == 4)
        #expect(replies[5][2].string == "end")
        await connection.close()
    }
}

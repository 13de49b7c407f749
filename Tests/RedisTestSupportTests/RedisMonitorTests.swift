import Foundation
import RedisTestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RedisMonitorTests {
    @Test func commandsComeBackByteForByteAndInOrder() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        let monitor = try RedisMonitor(server, keeping: ["wanted"])
        let began = Int(Date().timeIntervalSince1970 * 1_000_000)
        let odd = Array("\"\\ \n\r\t\u{7}\u{8}\u{0} é \u{1F68C}]".utf8) + [0xFF]
        try redis.call([Array("RPUSH".utf8), Array("wanted".utf8), odd, []])
        try redis.call("RPUSH", "other", "1")
        try redis.call("EVAL", "redis.call('LPOP', KEYS[1])", "1", "wanted")
        try redis.pipeline([["MULTI"], ["DEL", "wanted"], ["EXEC"]])
        let ended = Int(Date().timeIntervalSince1970 * 1_000_000)
        let lines = try monitor.finish()
        #expect(lines.map(\.command) == ["RPUSH", "EVAL", "LPOP", "DEL"])
        #expect(lines.first?.words == [Array("RPUSH".utf8), Array("wanted".utf8), odd, []])
        #expect(lines.map(\.isOfScript) == [false, false, true, false])
        #expect(lines.allSatisfy { (began - 1000...ended + 1000).contains($0.time) })
        #expect(lines.map(\.time) == lines.map(\.time).sorted())
    }

    @Test func rubyRemovesADelayedJobFromAllItsTimesOrFromOne() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        let ruby = RubyClient(redis)
        let item = RubyClient.delayedItem("Job", [1], queue: "jobs")
        for time in [1_800_000_000, 1_800_000_001, 1_800_000_001] { try ruby.enqueue(item, at: time) }
        #expect(try ruby.removeDelayed(item, at: 1_800_000_000) == 1)
        #expect(try redis.call("ZRANGE", "resque:delayed_queue_schedule", "0", "-1").strings == ["1800000001"])
        #expect(try ruby.removeDelayed(item) == 2)
        #expect(try redis.call("KEYS", "*").strings == ["resque:delayed_queue_schedule"])
    }
}

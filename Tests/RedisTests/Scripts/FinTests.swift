import RedisTestSupport
import Testing

@testable import BusStore

/// What a batch's last step does with rights that have changed since its claim: the copies are pushed by then, and a list that
/// stayed would be driven again.
@Suite(.timeLimit(.minutes(1))) struct FinTests {
    @Test func aBatchEndsWithoutTheRightToDelete() throws {
        let server = try RedisServer()
        defer { server.stop() }
        let redis = try server.connect()
        try redis.call("RPUSH", "in flight", "event")
        try redis.call("RPUSH", "queue", "copy")
        try redis.call("ACL", "SETUSER", "default", "-del")
        let answer = try redis.call("EVAL", Script.fin.text, "4", "in flight", "kept", "fixes", "queue")
        #expect(answer.integer == 1)
        #expect(try redis.call("EXISTS", "in flight", "kept", "fixes").integer == 0)
    }
}

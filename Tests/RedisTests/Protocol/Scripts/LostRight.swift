import RedisTestSupport
import Testing

@testable import RedisConnection

/// Rights that are taken away between the queueing of a transaction and its `EXEC`, which then refuses some of the
/// commands and runs the others.
struct LostRight {
    /// Commands that stand in transactions and their scripts, one at a time.
    static let commands = [
        "del", "eval", "evalsha", "exec", "exists", "hset", "incrby", "llen", "lmove", "lpop", "lrange", "ltrim",
        "rename", "rpush", "rpushx", "sadd", "srem", "type", "zrem",
    ].map { "-" + $0 }
    static let categories = [
        "hash", "keyspace", "list", "read", "scripting", "set", "slow", "sortedset", "string", "transaction", "write",
        "all",
    ].map { "-@" + $0 }

    private let rules: [String]

    /// - Parameter rules: of the ACL.
    init(_ rules: String) { self.rules = rules.split(separator: " ").map(String.init) }

    /// Sends a transaction as the user `limited`, who loses these rights just before `EXEC`, and has all of them
    /// afterwards.
    ///
    /// - Parameter pipeline: its last command is `EXEC`.
    func meet(_ pipeline: RedisPipeline, on limited: RawRedis, administrator redis: RawRedis) throws {
        let exec = pipeline.starts[pipeline.count - 1]
        try limited.sendRaw(Array(pipeline.bytes[..<exec]))
        for _ in 1..<pipeline.count { #expect(try limited.read().errorMessage == nil) }
        try redis.call((["ACL", "SETUSER", "limited"] + rules).map { Array($0.utf8) })
        try limited.sendRaw(Array(pipeline.bytes[exec..<pipeline.byteCount]))
        _ = try limited.read()
        try redis.call("ACL", "SETUSER", "limited", "allkeys", "+@all")
    }
}

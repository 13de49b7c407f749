import RedisConnection
import RedisTestSupport

extension RawRedis {
    /// Sends commands and returns their last answer.
    @discardableResult
    func send(_ write: (inout RedisPipeline) -> Void) throws -> RawReply {
        var pipeline = RedisPipeline()
        write(&pipeline)
        try pipeline.withUnsafeBytes { try sendRaw(Array($0)) }
        return try (0..<pipeline.count).map { _ in try read() }[pipeline.count - 1]
    }
}

extension RedisServer {
    /// A connection of a user who may do everything but these commands.
    func user(without commands: String) throws -> RawRedis {
        let connection = try connect()
        let rights = commands.split(separator: " ").map { "-\($0)" }
        _ = try connection.call(
            (["ACL", "SETUSER", "limited", "reset", "on", ">secret", "~*", "&*", "+@all"] + rights).map {
                Array($0.utf8)
            })
        try connection.call("AUTH", "limited", "secret")
        return connection
    }
}

package import BusWire
package import RedisConnection

/// Tries on scratch keys whether `SORT … STORE` copies a list in order: it is in the ACL category `@dangerous`, and
/// servers other than Redis 7.0 may differ (protocol §2.4).
package struct CopyingTrial: Sendable {
    private let connection: any RedisClient
    private let source: String
    private let copy: String

    /// - Parameter id: the driver's id, so that two tests do not meet.
    package init(connection: any RedisClient, keys: BusKeys, id: String) {
        self.connection = connection
        source = keys.own("scratch:\(id):source")
        copy = keys.own("scratch:\(id):copy")
    }

    /// Runs the test in one round trip and one step, so that a driver that dies meanwhile leaves no scratch keys
    /// behind. Where this user may not write, nothing is proved against `SORT`.
    ///
    /// - Throws: `RedisError` when the connection is lost, or Redis is in a state that passes.
    package func run() async throws(RedisError) -> Copying {
        var pipeline = RedisPipeline()
        pipeline.append("MULTI")
        pipeline.append("RPUSH", source, "b", "a", "c", "a")
        pipeline.append("SORT", source, "BY", "nosort", "LIMIT", "0", "3", "STORE", copy)
        pipeline.append("LRANGE", copy, "0", "-1")
        pipeline.append("DEL", source, copy)
        pipeline.append("EXEC")
        let replies = try await connection.send(pipeline)
        if let refusal = replies.firstError, refusal.isPassing { throw .refusal(refusal) }
        if replies[1].errorReply != nil { return .sort }
        let results = replies[5]
        return results.count == 4 && results[2].elements.map(\.string) == ["b", "a", "c"] ? .sort : .copy
    }
}

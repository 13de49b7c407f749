import BusWire
package import RedisConnection

/// What the protocol needs of a connection. `RedisConnection` is the real one; tests put a network between that loses,
/// delays and cuts at will.
package protocol RedisClient: AnyObject, Sendable {
    /// Sends commands and awaits all replies; never sends anything twice.
    ///
    /// - Parameter timeout: nil means the connection's command timeout.
    func send(_ pipeline: RedisPipeline, timeout: Duration?) async throws(RedisError) -> RedisReplies

    /// Sends commands from the connection's loop; `completion` runs on that loop later.
    func submit(
        _ pipeline: RedisPipeline, timeout: Duration?,
        completion: @escaping @Sendable (Result<RedisReplies, RedisError>) -> Void)

    /// Calls `body` on the loop when the connection is lost.
    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void)

    /// Closes the connection; what is unanswered fails.
    func close() async
}

extension RedisClient {
    /// Sends commands within the connection's command timeout.
    package func send(_ pipeline: RedisPipeline) async throws(RedisError) -> RedisReplies {
        try await send(pipeline, timeout: nil)
    }

    /// Sends commands within the connection's command timeout.
    package func submit(
        _ pipeline: RedisPipeline, completion: @escaping @Sendable (Result<RedisReplies, RedisError>) -> Void
    ) {
        submit(pipeline, timeout: nil, completion: completion)
    }

    /// Sends one command; an error reply is thrown. That of a key with another type of value names the key: the first
    /// word behind the command's name.
    package func call(_ words: String...) async throws(RedisError) -> RedisReply {
        var pipeline = RedisPipeline()
        pipeline.append(words)
        let reply = try await send(pipeline)[0]
        guard let refusal = reply.errorReply else { return reply }
        throw words.count > 1 ? .refusal(refusal, of: words[1]) : .refusal(refusal)
    }

    /// Sends commands; the first error reply is thrown.
    package func sendChecked(_ pipeline: RedisPipeline) async throws(RedisError) -> RedisReplies {
        let replies = try await send(pipeline)
        if let refusal = replies.firstError { throw .refusal(refusal) }
        return replies
    }
}

extension RedisConnection: RedisClient {}

extension RedisError {
    /// A command that cannot do without its answer was refused.
    package static func refusal(_ reply: RedisErrorReply) -> RedisError { RedisError(.reply(reply), reply.message) }

    /// Redis refused, and will go on doing so until somebody changes something: a key of another type, a missing
    /// permission.
    package var isRefusedForGood: Bool {
        reply?.remedy == .fail
    }

    /// A command that cannot do without its answer was refused. That of a key with another type of value names the key.
    package static func refusal(_ reply: RedisErrorReply, of key: String) -> RedisError {
        guard reply.kind == .wrongType else { return refusal(reply) }
        return RedisError(
            .reply(reply),
            "\(ShownText.cut(key)) has another type of value than it should; rename or delete that key.")
    }
}

import BusProtocol
import LibevExecutor
import RedisConnection
import Synchronization

/// A connection that answers each command alike.
final class ScriptedClient: RedisClient {
    private let answer: String

    /// - Parameter answer: as RESP.
    init(_ answer: String) { self.answer = answer }

    func send(_ pipeline: RedisPipeline, timeout: Duration?) async throws(RedisError) -> RedisReplies {
        let parser = ReplyParser()
        for _ in 0..<pipeline.count { parser.append(Array(answer.utf8)) }
        return parser.takeReplies()
    }

    func submit(
        _ pipeline: RedisPipeline, timeout: Duration?,
        completion: @escaping @Sendable (Result<RedisReplies, RedisError>) -> Void
    ) {
        preconditionFailure("Nobody submits here.")
    }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {}

    func close() async {}
}

/// A feed on which a test announces changes, also after it was closed: what is read before is handed over later.
final class ScriptedFeed: ChangeFeed {
    private let onMessage = Mutex<(@Sendable (String, RedisReply) -> Void)?>(nil)
    private let executor: LibevExecutor

    init(_ executor: LibevExecutor) { self.executor = executor }

    func subscribe(
        _ channels: [String], onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
    ) async throws(RedisError) {
        self.onMessage.withLock { $0 = onMessage }
    }

    func announce(_ key: String) {
        let body = onMessage.withLock { $0 }
        let parser = ReplyParser()
        parser.append(Array("*1\r\n$\(key.utf8.count)\r\n\(key)\r\n".utf8))
        let payload = parser.takeReplies()[0]
        executor.execute { body?(ChangeTracking.invalidations, payload) }
    }

    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {}

    func close() async {}
}

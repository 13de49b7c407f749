package import RedisConnection

/// Where changes of keys and messages of channels are heard: a connection in subscribed mode.
package protocol ChangeFeed: Sendable {
    /// Subscribes; messages arrive on the loop.
    func subscribe(
        _ channels: [String], onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
    ) async throws(RedisError)
    /// Calls `body` on the loop when the connection is lost.
    func onLoss(_ body: @escaping @Sendable (RedisError) -> Void)
    func close() async
}

extension RedisSubscriber: ChangeFeed {}

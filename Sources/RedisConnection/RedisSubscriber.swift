package import LibevExecutor
package import Logging

/// A connection that receives the messages of channels and can do nothing else.
///
/// Redis 2 protocol: on such a connection not even PING works, so that only a message proves it alive. Publish to a
/// channel of your own from elsewhere to watch it.
package actor RedisSubscriber {
    private let connection: RedisConnection

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        connection.unownedExecutor
    }

    /// Does not connect.
    package init(configuration: RedisConfiguration, executor: LibevExecutor, logger: Logger) {
        var configuration = configuration
        configuration.idlePing = nil
        connection = RedisConnection(configuration: configuration, executor: executor, logger: logger)
    }

    /// Connects without subscribing, like ``RedisConnection/connect()``. The client ID of the result is what
    /// `CLIENT TRACKING … REDIRECT` wants.
    package func connect() async throws(RedisError) -> RedisServerInfo {
        try await connection.connect()
    }

    /// Connects like ``RedisConnection/connectRetrying(accept:)``.
    package func connectRetrying(
        accept: @Sendable (RedisServerInfo) throws(RedisError) -> Void = { _ in }
    ) async throws(RedisError) -> RedisServerInfo {
        try await connection.connectRetrying(accept: accept)
    }

    /// Subscribes to all the channels this connection will ever have; returns when Redis has confirmed them. To change
    /// them, connect again.
    ///
    /// - Parameter onMessage: Called on the loop with the channel and the payload: a string; or for key invalidations
    ///   (`__redis__:invalidate`) an array of keys, or null for "all keys".
    /// - Throws: `RedisError` with `reply` when Redis refused; the connection is closed then, and no loss is told. With
    ///   `closed` (not connected, or subscribed before), `timedOut` or `connectionLost`.
    package func subscribe(
        _ channels: [String], onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
    ) async throws(RedisError) {
        precondition(!channels.isEmpty, "A subscription needs a channel.")
        let timeout = connection.configuration.commandTimeout
        let failure = await withCheckedContinuation { continuation in
            connection.link.subscribe(to: channels, timeout: timeout, deliver: onMessage) {
                continuation.resume(returning: $0)
            }
        }
        if let failure { throw failure }
    }

    /// Calls `body` on the loop when the connection is lost. Not called for ``close()``.
    package nonisolated func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
        connection.onLoss(body)
    }

    /// Closes at once. Call it on the loop's thread.
    package nonisolated func closeNow() {
        connection.closeNow()
    }

    /// Closes at once.
    package func close() async {
        closeNow()
    }
}

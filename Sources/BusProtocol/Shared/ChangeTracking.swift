package import RedisConnection

/// How a session learns what others change.
package enum ChangeTracking: Sendable, Hashable {
    /// Redis announces it.
    case announced
    /// Redis may not announce anything, for this reason: whoever needs to know must look.
    case polled(because: String)

    package var isAnnounced: Bool { self == .announced }

    /// Whether it is the user who may not.
    package var isForbidden: Bool {
        if case .polled(let reason) = self { reason.hasPrefix(Self.userMayNot) } else { false }
    }

    private static let userMayNot = "this user may not"

    /// Appends that Redis is to announce changes of the keys which the next command of the pipeline reads; nothing
    /// where it announces none.
    package func appendCaching(to pipeline: inout RedisPipeline) {
        if isAnnounced { pipeline.append("CLIENT", "CACHING", "YES") }
    }

    /// The channel on which Redis announces changes of keys to clients that speak RESP2.
    package static let invalidations = "__redis__:invalidate"

    /// Has Redis announce changes on a feed: subscribes, then turns tracking on. Where either is refused, the feed is
    /// closed.
    ///
    /// - Parameters:
    ///   - feed: not subscribed yet; its loss ends the session, as any other does.
    ///   - id: that connection's client id; nil where `CLIENT ID` is refused.
    ///   - control: whose reads are tracked, or with `BCAST` all keys.
    ///   - options: of `CLIENT TRACKING`, behind the redirection.
    ///   - barrier: a channel of this session's own, on which it must be able to hear itself; nil for none.
    ///   - onMessage: called on the loop with each message.
    /// - Throws: `RedisError` when the connection is lost, or Redis is in a state that passes.
    package static func begin(
        on feed: any ChangeFeed, id: Int?, control: any RedisClient, options: [String], barrier: String? = nil,
        onMessage: @escaping @Sendable (_ channel: String, _ payload: RedisReply) -> Void
    ) async throws(RedisError) -> ChangeTracking {
        let reason: String?
        do throws(RedisError) {
            try await feed.subscribe([invalidations] + [barrier].compactMap(\.self), onMessage: onMessage)
            reason = try await turnOn(id: id, control: control, options: options, barrier: barrier)
        } catch {
            guard case .reply(let refusal) = error.code, !refusal.isPassing else { throw error }
            reason = explanation("SUBSCRIBE", refusal)
        }
        guard let reason else { return .announced }
        await feed.close()
        return .polled(because: reason)
    }

    /// - Returns: why not; nil when tracking is on.
    private static func turnOn(
        id: Int?, control: any RedisClient, options: [String], barrier: String?
    ) async throws(RedisError) -> String? {
        guard let id else { return "\(userMayNot) CLIENT ID" }
        var pipeline = RedisPipeline()
        if let barrier { pipeline.append("PUBLISH", barrier, "0") }
        pipeline.append(["CLIENT", "TRACKING", "ON", "REDIRECT", String(id)] + options)
        let replies = try await control.send(pipeline)
        if let refusal = replies.firstError, refusal.isPassing { throw .refusal(refusal) }
        if let refusal = replies[replies.count - 1].errorReply { return explanation("CLIENT TRACKING", refusal) }
        guard barrier != nil else { return nil }
        let reason: String
        if let refusal = replies[0].errorReply {
            reason = explanation("PUBLISH", refusal)
        } else if replies[0].integer == 0 {
            reason = "what it PUBLISHes does not come back"
        } else {
            return nil
        }
        _ = try await control.send(RedisPipeline("CLIENT", "TRACKING", "OFF"))
        return reason
    }

    private static func explanation(_ command: String, _ refusal: RedisErrorReply) -> String {
        refusal.kind == .noPermission
            ? "\(userMayNot) \(command) (\(refusal.message))" : "Redis refused \(command) (\(refusal.message))"
    }
}

package import BusWire
package import RedisConnection

/// Changes subscriptions by the commands that Ruby uses (contract §3), so that drivers of both kinds see the same.
///
/// An event published after one of these methods has returned is matched by the change.
package struct SubscriptionWriting: Sendable {
    private let connection: any RedisClient
    private let bus: BusKeys

    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// Replaces everything that an application has subscribed. Without subscriptions this is ``unsubscribe(_:)``.
    ///
    /// - Parameters:
    ///   - appKey: normalised.
    ///   - subscriptions: of this application; no key twice.
    package func replace(_ appKey: String, with subscriptions: [Subscription]) async throws(RedisError) {
        guard !subscriptions.isEmpty else { return try await unsubscribe(appKey) }
        let temporary = bus.temporaryApp(appKey, number: Int.random(in: 0...999_999_998))
        var pipeline = RedisPipeline()
        for subscription in subscriptions {
            pipeline.append("HSET", temporary, subscription.key, Self.record(of: subscription))
        }
        // An application without subscriptions is none, but subscriptions that no name leads to would be half a change.
        pipeline.append("SADD", bus.apps, appKey)
        do {
            // Only a complete set may take the old one's place.
            _ = try await connection.sendChecked(pipeline)
            _ = try await connection.call("RENAME", temporary, bus.app(appKey))
        } catch {
            _ = try? await connection.call("DEL", temporary)
            throw error
        }
    }

    /// Whether an application has a subscription.
    package func exists(_ appKey: String) async throws(RedisError) -> Bool {
        try await connection.call("EXISTS", bus.app(appKey)).integer == 1
    }

    /// Removes an application with everything that it has subscribed.
    package func unsubscribe(_ appKey: String) async throws(RedisError) {
        var pipeline = RedisPipeline()
        pipeline.append("SREM", bus.apps, appKey)
        pipeline.append("DEL", bus.app(appKey))
        _ = try await connection.sendChecked(pipeline)
    }

    /// Removes an application's subscriptions to one queue; the application stays.
    ///
    /// - Parameter queue: compared with the records as they are written, not normalised.
    /// - Returns: the fields that were removed.
    package func unsubscribe(_ appKey: String, queue: String) async throws(RedisError) -> [String] {
        try await remove(from: appKey) { _, record in
            try JSONValue.parse(record)["queue_name"].map(RubyText.text) == queue
        }
    }

    /// Removes one subscription; the application stays.
    ///
    /// - Returns: the fields that were removed: more than one when fields shared the key.
    package func remove(_ key: String, of appKey: String) async throws(RedisError) -> [String] {
        try await remove(from: appKey) { field, record in
            try field == key || JSONValue.parse(record)["key"].map(RubyText.text) == key
        }
    }

    /// Adds a subscription, or replaces the application's subscription with the same key; its others stay.
    ///
    /// - Returns: whether it is new.
    package func put(_ subscription: Subscription) async throws(RedisError) -> Bool {
        let hash = bus.app(subscription.appKey)
        let others = try await records(of: subscription.appKey).filter { field, record in
            field != subscription.key
                && (try? JSONValue.parse(record)["key"].map(RubyText.text)) == subscription.key
        }
        var pipeline = RedisPipeline()
        ScriptDigests().append(
            .putSubscription, keys: [hash, bus.apps],
            arguments: [subscription.appKey, subscription.key, Self.record(of: subscription)]
                + others.flatMap { [$0.field, $0.record] },
            to: &pipeline)
        return try await connection.sendChecked(pipeline)[0].integer == 1 && others.isEmpty
    }

    private func remove(
        from appKey: String, where isMeant: (_ field: String, _ record: String) throws -> Bool
    ) async throws(RedisError) -> [String] {
        let fields = try await records(of: appKey).filter { (try? isMeant($0.field, $0.record)) ?? false }.map(\.field)
        guard !fields.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for field in fields { pipeline.append("HDEL", bus.app(appKey), field) }
        _ = try await connection.sendChecked(pipeline)
        return fields
    }

    private func records(of appKey: String) async throws(RedisError) -> [(field: String, record: String)] {
        let flat = try await connection.call("HGETALL", bus.app(appKey)).elements.map { $0.string ?? "" }
        return stride(from: 0, to: flat.count, by: 2).map { (flat[$0], flat[$0 + 1]) }
    }

    private static func record(of subscription: Subscription) -> String {
        String(decoding: SubscriptionRecord.encode(subscription), as: UTF8.self)
    }
}

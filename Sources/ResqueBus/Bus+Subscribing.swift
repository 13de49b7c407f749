import BusOperations
import BusProtocol
import BusWire
import RedisConnection

extension Bus {
    /// Says which events an application wants. This replaces everything that the application has subscribed before, as
    /// in Ruby; an event published after it has returned is matched by it.
    ///
    /// ```swift
    /// try await bus.subscribe("app_b", to: [
    ///     "user_created",
    ///     BusSubscription(
    ///         "big_orders", queue: "critical",
    ///         where: ["bus_event_type": "order_placed", "amount": .regex("^\\d{4,}$")]),
    /// ])
    /// ```
    ///
    /// - Parameters:
    ///   - application: its name; `App B`, `app-b` and `app_b` are the same application.
    ///   - subscriptions: no key twice. Without any this is ``unsubscribe(_:)``.
    /// - Throws: ``BusError``, with code `invalidSubscription` before anything is changed.
    public func subscribe(_ application: String, to subscriptions: [BusSubscription]) async throws(BusError) {
        let appKey = try declare(application, subscriptions)
        let records = declared[appKey] ?? []
        try await write { writing throws(RedisError) in try await writing.replace(appKey, with: records) }
    }

    /// Says which events an application wants, in this process only: for ``LocalMode/standalone`` and
    /// ``LocalMode/inline(deliver:)``. Needs no Redis. ``subscribe(_:to:)`` includes it.
    ///
    /// - Returns: the application's key.
    /// - Throws: ``BusError`` with code `invalidSubscription`.
    @discardableResult
    public func declare(_ application: String, _ subscriptions: [BusSubscription]) throws(BusError) -> String {
        let appKey = try Self.key(of: application)
        var keys: Set<String> = []
        var records: [Subscription] = []
        for subscription in subscriptions {
            guard keys.insert(subscription.key).inserted else {
                throw BusError(
                    .invalidSubscription, "\(application) subscribes \(subscription.key) twice; keys must differ.")
            }
            records.append(try Self.record(of: subscription, appKey: appKey))
        }
        declared[appKey] = records
        return appKey
    }

    /// Removes an application with everything that it has subscribed. Jobs on its queues stay.
    ///
    /// - Throws: ``BusError``.
    public func unsubscribe(_ application: String) async throws(BusError) {
        let appKey = try Self.key(of: application)
        declared[appKey] = nil
        try await write { writing throws(RedisError) in try await writing.unsubscribe(appKey) }
    }

    /// Removes an application's subscriptions to one queue.
    ///
    /// - Returns: how many there were.
    /// - Throws: ``BusError``.
    @discardableResult
    public func unsubscribe(_ application: String, queue: BusQueue) async throws(BusError) -> Int {
        let appKey = try Self.key(of: application)
        let name = queue.name(in: appKey)
        declared[appKey]?.removeAll { $0.queue == name }
        return try await write { writing throws(RedisError) in
            try await writing.unsubscribe(appKey, queue: name).count
        }
    }

    /// Adds one subscription, or replaces the one with its key; the application's others stay.
    ///
    /// - Returns: whether it is new.
    /// - Throws: ``BusError``, with code `invalidSubscription` before anything is changed.
    @discardableResult
    public func add(_ subscription: BusSubscription, to application: String) async throws(BusError) -> Bool {
        let appKey = try Self.key(of: application)
        let record = try Self.record(of: subscription, appKey: appKey)
        declared[appKey, default: []].removeAll { $0.key == record.key }
        declared[appKey]?.append(record)
        return try await write { writing throws(RedisError) in try await writing.put(record) }
    }

    /// Removes one subscription; the application's others stay.
    ///
    /// - Returns: whether it was there.
    /// - Throws: ``BusError``.
    @discardableResult
    public func remove(_ key: String, from application: String) async throws(BusError) -> Bool {
        let appKey = try Self.key(of: application)
        declared[appKey]?.removeAll { $0.key == key }
        return try await write { writing throws(RedisError) in
            try await !writing.remove(key, of: appKey).isEmpty
        }
    }

    /// Whether Redis has subscriptions of an application.
    func hasSubscriptions(_ application: String) async throws(BusError) -> Bool {
        let appKey = try Self.key(of: application)
        return try await write { writing throws(RedisError) in try await writing.exists(appKey) }
    }

    // MARK: - Checks

    private static func key(of application: String) throws(BusError) -> String {
        guard let key = BusName.applicationKey(application) else {
            throw BusError(
                .invalidSubscription,
                "\"\(application)\" is not a name for an application; it needs an ASCII letter or digit.")
        }
        return key
    }

    static func record(of subscription: BusSubscription, appKey: String) throws(BusError) -> Subscription {
        guard !subscription.key.isEmpty else {
            throw BusError(.invalidSubscription, "A subscription of \(appKey) has an empty key.")
        }
        guard !subscription.filters.isEmpty else {
            throw BusError(.invalidSubscription, "\(subscription.key) has no filters, so it would never match.")
        }
        var names: Set<String> = []
        for filter in subscription.filters {
            guard names.insert(filter.name).inserted else {
                throw BusError(
                    .invalidSubscription, "\(subscription.key) has two filters on \(filter.name); one is possible.")
            }
            guard filter.pattern != .text("") else {
                throw BusError(
                    .invalidSubscription, "The empty text never matches; use .empty or .blank for \(filter.name).")
            }
        }
        return Subscription(
            appKey: appKey, key: subscription.key, queue: subscription.queue.name(in: appKey),
            className: subscription.className,
            filters: subscription.filters.map { SubscriptionFilter(name: $0.name, pattern: $0.pattern.stored) })
    }

    private func write<Result: Sendable>(
        _ change: (SubscriptionWriting) async throws(RedisError) -> Result
    ) async throws(BusError) -> Result {
        do throws(RedisError) {
            return try await change(SubscriptionWriting(connection: client, bus: keys))
        } catch {
            throw BusError(error)
        }
    }
}

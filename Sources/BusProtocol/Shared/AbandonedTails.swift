package import BusWire
package import RedisConnection

/// Finds and removes what watchers of events left behind that were killed, so that no queue grows for ever.
package struct AbandonedTails: Sendable {
    private let connection: any RedisClient
    private let bus: BusKeys

    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// Whether an application or a queue has the name of a watcher.
    package static func isTail(_ name: String) -> Bool {
        guard name.hasPrefix(TailSubscription.namePrefix) else { return false }
        let random = name.utf8.dropFirst(TailSubscription.namePrefix.utf8.count)
        return random.count == 16 && random.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }

    /// Every watcher without a lease that still has a subscription or a queue.
    package func find() async throws(RedisError) -> [String] {
        var pipeline = RedisPipeline()
        pipeline.append("SMEMBERS", bus.apps)
        pipeline.append("SMEMBERS", bus.queues)
        let names = try await connection.sendChecked(pipeline).flatMap { $0.elements.compactMap(\.string) }
        return try await find(among: Set(names.filter(Self.isTail)))
    }

    /// Those of these watchers that have no lease, sorted.
    package func find(among names: Set<String>) async throws(RedisError) -> [String] {
        guard !names.isEmpty else { return [] }
        let names = names.sorted()
        var pipeline = RedisPipeline()
        for name in names {
            pipeline.append("EXISTS", bus.tailLease(String(name.dropFirst(TailSubscription.namePrefix.count))))
        }
        return zip(names, try await connection.sendChecked(pipeline)).filter { $1.integer == 0 }.map(\.0)
    }

    /// Removes a watcher's subscription and its queue.
    package func remove(_ name: String) async throws(RedisError) {
        try await SubscriptionWriting(connection: connection, bus: bus).unsubscribe(name)
        try await Queues(connection: connection, bus: bus).remove(name)
    }
}

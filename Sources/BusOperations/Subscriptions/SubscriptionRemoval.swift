package import BusProtocol
package import BusWire
package import RedisConnection

/// Takes subscriptions away from an application. Jobs that are on queues already stay there.
package struct SubscriptionRemoval: Sendable {
    /// Which of them.
    package enum Scope: Sendable, Hashable {
        /// The application as a whole.
        case all
        /// The one with this key.
        case key(String)
        /// Those to this queue, as it is stored.
        case queue(String)
    }

    private let connection: any RedisClient
    private let bus: BusKeys

    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// - Parameter application: normalised.
    /// - Returns: the keys that are gone.
    package func remove(_ scope: Scope, of application: String) async throws(RedisError) -> [String] {
        let writing = SubscriptionWriting(connection: connection, bus: bus)
        switch scope {
        case .key(let key): return try await writing.remove(key, of: application)
        case .queue(let queue): return try await writing.unsubscribe(application, queue: queue)
        case .all:
            let before = try await SubscriptionRegistry(connection: connection, bus: bus).load()
                .filter { BusName.normalize($0.name) == application }
            try await writing.unsubscribe(application)
            return before.flatMap(\.records).map(\.field)
        }
    }
}

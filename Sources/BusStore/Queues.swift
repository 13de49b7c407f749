import BusWire
import RedisConnection

/// The queues of Resque: the names in the set `queues`, and a list for each (contract §1).
public struct Queues: Sendable {
    /// One queue as it stands.
    public struct Queue: Sendable, Hashable {
        /// Without namespace and `queue:`.
        public let name: String
        /// Jobs waiting; nil when another type of value is where the list should be.
        public let length: Int?
    }

    private let connection: any RedisClient
    private let bus: BusKeys

    /// - Parameters:
    ///   - connection: used for two round trips a call at most.
    ///   - bus: the namespace.
    public init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// Every queue that was ever pushed to and not removed since, by name.
    public func all() async throws(RedisError) -> [Queue] {
        try await named(connection.call("SMEMBERS", bus.queues).elements.compactMap(\.string).sorted())
    }

    /// These queues, in this order. One that nobody has pushed to is empty.
    public func named(_ names: [String]) async throws(RedisError) -> [Queue] {
        guard !names.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for name in names { pipeline.append("LLEN", bus.queue(name)) }
        return zip(names, try await connection.send(pipeline)).map { Queue(name: $0, length: $1.integer) }
    }

    /// Puts elements at the tail of a queue, in their order, in one round trip.
    ///
    /// - Throws: `RedisError`; with `connectionLost` and `timedOut` nobody knows whether the elements are there.
    public func push(_ elements: [[UInt8]], to queue: String) async throws(RedisError) {
        guard !elements.isEmpty else { return }
        var pipeline = RedisPipeline()
        pipeline.appendPush(elements, to: queue, bus: bus)
        _ = try await connection.sendChecked(pipeline)
    }
}

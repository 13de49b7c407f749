import BusWire
import RedisConnection

/// Reads the subscriptions as Ruby keeps them: the set `bus_apps` and a hash for each application (contract §3).
public struct SubscriptionRegistry: Sendable {
    private let connection: any RedisClient
    private let bus: BusKeys

    public init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// One application's hash as it stands in Redis.
    public struct Application: Sendable {
        /// The member of `bus_apps`, as written there.
        public var name: String
        /// Field and value of each record, in the order of `HGETALL`, which decides between equal keys.
        public var records: [(field: String, value: String)]
        /// Why the key is no hash; nil if it is one.
        public var problem: String?
    }

    /// Reads every application, in two round trips.
    ///
    /// - Throws: `RedisError` when the connection is lost, or Redis refuses to show a hash: to go on without it would drop its
    ///   events.
    public func load() async throws(RedisError) -> [Application] {
        let names = try await connection.call("SMEMBERS", bus.apps).elements.compactMap(\.string)
        guard !names.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for name in names { pipeline.append("HGETALL", bus.app(BusName.normalize(name))) }
        let hashes = try await connection.send(pipeline)
        // Who knows nothing of an application's wishes because Redis is busy, say, must not take it that there are none.
        if let refusal = hashes.lazy.compactMap(\.errorReply).first(where: { $0.kind != .wrongType }) {
            throw .refusal(refusal)
        }
        return zip(names, hashes).map { name, hash in
            if let refusal = hash.errorReply { return Application(name: name, records: [], problem: refusal.message) }
            let texts = hash.elements.map { $0.string ?? "" }
            let records = stride(from: 0, to: texts.count, by: 2).map { (field: texts[$0], value: texts[$0 + 1]) }
            return Application(name: name, records: records, problem: nil)
        }
    }
}

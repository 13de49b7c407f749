import BusWire
import RedisConnection

/// Which processes take events off which incoming lists: our drivers by their records, Ruby's by the queues in their
/// worker ids.
public struct IncomingDrivers: Sendable {
    private let queuesByID: [(id: String, queues: [String])]

    /// Reads them, in three round trips.
    public init(connection: any RedisClient, bus: BusKeys) async throws(RedisError) {
        let ids = try await connection.call("ZRANGE", bus.drivers, "0", "-1").elements.compactMap(\.string)
        var pipeline = RedisPipeline()
        for id in ids { pipeline.append("HGET", bus.driver(id), "queue") }
        pipeline.append("SMEMBERS", bus.workers)
        let replies = try await connection.sendChecked(pipeline)
        let own = zip(ids, replies).map { (id: $0, queues: [$1.string ?? ""]) }
        let workers = replies[ids.count].elements.compactMap(\.string)
            .filter { !$0.prefix { $0 != ":" }.hasSuffix("+swift") }
        queuesByID = own + workers.map { (id: $0, queues: Self.queues(ofWorker: $0)) }
    }

    /// The ids of those that drive this queue.
    public func driving(_ queue: String) -> [String] {
        queuesByID.filter { $0.queues.contains(queue) || $0.queues.contains("*") }.map(\.id)
    }

    /// A worker id is `host:pid:queue,queue`.
    private static func queues(ofWorker id: String) -> [String] {
        let parts = id.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? parts[2].split(separator: ",").map(String.init) : []
    }
}

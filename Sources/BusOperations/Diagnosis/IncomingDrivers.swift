package import BusProtocol
package import BusWire
package import RedisConnection

/// Which processes take events off which incoming lists: our drivers by their records, Ruby's by the queues in their
/// worker ids. Only those that seem to be alive: their lease runs, or their last heartbeat is not too old. One of
/// Ruby's that never sent any may be alive.
package struct IncomingDrivers: Sendable {
    private let queuesByID: [(id: String, queues: [String])]

    /// Reads them, in a few round trips.
    package init(connection: any RedisClient, bus: BusKeys) async throws(RedisError) {
        let now = try await RedisClock(connection: connection).milliseconds
        let ids = try await connection.wholeLeases(in: bus.drivers, bus: bus, now: now)
            .filter { $0.remaining > .zero }.map(\.id)
        var pipeline = RedisPipeline()
        for id in ids { pipeline.append("HGET", bus.driver(id), "queue") }
        let queues = try await connection.sendChecked(pipeline)
        let own = zip(ids, queues).map { (id: $0, queues: [$1.string ?? ""]) }
        let workers = try await connection.call("SMEMBERS", bus.workers).elements.compactMap(\.string)
            .filter { !$0.prefix { $0 != ":" }.hasSuffix("+swift") }
        let silent = try await Self.silent(connection, bus, now: now / 1000)
        queuesByID =
            own + workers.filter { !silent.contains($0) }.map { (id: $0, queues: Self.queues(ofWorker: $0)) }
    }

    /// The ids of Ruby's workers whose last heartbeat is so old that Ruby takes them for dead.
    private static func silent(
        _ connection: any RedisClient, _ bus: BusKeys, now: Int
    ) async throws(RedisError) -> Set<String> {
        let flat = try await connection.call("HGETALL", bus.workerSigns).elements.map { $0.string ?? "" }
        var ids: Set<String> = []
        for index in stride(from: 0, to: flat.count - 1, by: 2) {
            guard let seen = try? ISOTime.epoch(flat[index + 1]), now - seen > RegisteredWorker.patience else {
                continue
            }
            ids.insert(flat[index])
        }
        return ids
    }

    /// The ids of those that drive this queue.
    package func driving(_ queue: String) -> [String] {
        queuesByID.filter { $0.queues.contains(queue) || $0.queues.contains("*") }.map(\.id)
    }

    /// A worker id is `host:pid:queue,queue`.
    private static func queues(ofWorker id: String) -> [String] {
        let parts = id.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? parts[2].split(separator: ",").map(String.init) : []
    }
}

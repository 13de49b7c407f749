package import BusWire
package import RedisConnection

/// The living drivers and riders that a signal has paused, as their records say (`mark_pause.lua`).
package struct PausedProcesses: Sendable {
    /// Ids of drivers, `host:pid:random`.
    package let drivers: [String]
    /// Ids of riders.
    package let riders: [String]

    /// Reads them, in a few round trips.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    package init(connection: any RedisClient, bus: BusKeys, now: Int) async throws(RedisError) {
        drivers = try await Self.paused(bus.drivers, of: bus, record: bus.driver, connection, now)
        riders = try await Self.paused(bus.riders, of: bus, record: bus.rider, connection, now)
    }

    private static func paused(
        _ registry: String, of bus: BusKeys, record: (String) -> String, _ connection: any RedisClient, _ now: Int
    ) async throws(RedisError) -> [String] {
        let ids = try await connection.wholeLeases(in: registry, bus: bus, now: now)
            .filter { $0.remaining > .zero }.map(\.id)
        guard !ids.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for id in ids { pipeline.append("HGET", record(id), "paused") }
        // A record that cannot be read tells nothing.
        return zip(ids, try await connection.send(pipeline)).filter { $1.string == "1" }.map(\.0)
    }
}

extension RedisClient {
    /// Whether somebody has set the key by which all workers pause (contract §6).
    package func areWorkersPaused(bus: BusKeys) async throws(RedisError) -> Bool {
        ResqueFlag.isTrue(try await call("GET", bus.pauseAllWorkers).bytes)
    }
}

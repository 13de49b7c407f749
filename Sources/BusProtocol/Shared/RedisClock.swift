import BusWire
package import RedisConnection

/// Redis' own clock, read once and carried on by the local monotonic one: leases are measured by it alone.
package struct RedisClock: Sendable {
    private let read: Int
    private let at: ContinuousClock.Instant

    /// A clock that was never read; every lease looks endless to it.
    package init() {
        read = 0
        at = .now
    }

    /// Reads the clock, in one round trip.
    ///
    /// - Throws: `RedisError`, also for a time that no clock shows.
    package init(connection: any RedisClient) async throws(RedisError) {
        read = try await Self.microseconds(connection) / 1000
        at = .now
    }

    /// Milliseconds since 1970.
    package var milliseconds: Int { read + Int((ContinuousClock.now - at) / .milliseconds(1)) }

    /// Redis' time now, in microseconds since 1970.
    ///
    /// - Throws: `RedisError`, also for a time that no clock shows.
    package static func microseconds(_ connection: any RedisClient) async throws(RedisError) -> Int {
        let parts = try await connection.call("TIME").elements.map(\.integer)
        guard parts.count == 2, let seconds = parts[0].flatMap(NumberMeaning.epochSecond.believed),
            let rest = parts[1], 0..<1_000_000 ~= rest
        else { throw RedisError(.protocolViolation, "The peer answered TIME with something else than a time.") }
        return seconds * 1_000_000 + rest
    }
}

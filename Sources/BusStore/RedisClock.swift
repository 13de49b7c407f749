import RedisConnection

/// Redis' own clock, read once and carried on by the local monotonic one: leases are measured by it alone.
public struct RedisClock: Sendable {
    private let read: Int
    private let at: ContinuousClock.Instant

    /// A clock that was never read; every lease looks endless to it.
    public init() {
        read = 0
        at = .now
    }

    /// Reads the clock, in one round trip.
    public init(connection: any RedisClient) async throws(RedisError) {
        let time = try await connection.call("TIME").elements.map { Int($0.string ?? "") ?? 0 }
        read = time[0] * 1000 + time[1] / 1000
        at = .now
    }

    /// Milliseconds since 1970.
    public var milliseconds: Int { read + Int((ContinuousClock.now - at) / .milliseconds(1)) }
}

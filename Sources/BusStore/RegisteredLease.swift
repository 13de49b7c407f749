import BusWire
import RedisConnection

/// An id in a registry of drivers or riders, and how long its lease still runs.
public struct RegisteredLease: Sendable {
    public let id: String
    /// What is left; not positive if it ran out. None of an end that no lease has: then the other half decides whether the id
    /// lives.
    public let remaining: Duration
    /// What stands in the registry, if it is not believed.
    public let doubt: Doubt?

    /// The longest lease that may be configured.
    public static let longest = Duration.seconds(86_400)

    /// - Parameters:
    ///   - end: the score, in ms of Redis' clock, as Redis writes it.
    ///   - now: Redis' clock in ms since 1970.
    init(id: String, end: String, registry: String, now: Int) {
        self.id = id
        let believed = Double(end).flatMap(Int.init(exactly:)).flatMap(NumberMeaning.epochMillisecond.believed)
        let remaining = believed.map { Duration.milliseconds($0 - now) }
        if let remaining, remaining <= Self.longest {
            (self.remaining, doubt) = (remaining, nil)
        } else {
            self.remaining = .zero
            doubt = Doubt(
                registry, field: id, value: Array(end.utf8), consequence: "the other half of that lease decides")
        }
    }
}

extension RedisClient {
    /// Every id of a registry.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    func leases(in registry: String, now: Int) async throws(RedisError) -> [RegisteredLease] {
        let flat = try await call("ZRANGE", registry, "0", "-1", "WITHSCORES").elements.map { $0.string ?? "" }
        return stride(from: 0, to: flat.count - 1, by: 2).map { index in
            RegisteredLease(id: flat[index], end: flat[index + 1], registry: registry, now: now)
        }
    }
}

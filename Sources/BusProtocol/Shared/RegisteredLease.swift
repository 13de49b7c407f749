package import BusWire
package import RedisConnection

/// An id in a registry of drivers or riders, and how long its lease still runs.
package struct RegisteredLease: Sendable {
    package let id: String
    /// What is left; not positive if it ran out. None of an end that no lease has: then the other half decides whether
    /// the id lives. Of the half in the registry alone, unless both were read.
    package private(set) var remaining: Duration
    /// What stands in the registry, if it is not believed.
    package let doubt: Doubt?

    /// The longest lease that may be configured.
    package static let longest = Duration.seconds(86_400)

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

extension RegisteredLease {
    /// Takes over how long the other half still runs.
    ///
    /// - Parameter milliseconds: what `PTTL` says of its key: negative where there is none or it has no end.
    fileprivate mutating func noteKey(_ milliseconds: Int) { remaining = max(remaining, .milliseconds(milliseconds)) }
}

extension RedisClient {
    /// Every id of a registry, with what is left of the half of its lease that ends last: an id lives while either
    /// runs.
    ///
    /// - Parameters:
    ///   - registry: that of drivers or of riders.
    ///   - now: Redis' clock in ms since 1970.
    package func wholeLeases(
        in registry: String, bus: BusKeys, now: Int
    ) async throws(RedisError) -> [RegisteredLease] {
        var leases = try await leases(in: registry, now: now)
        guard !leases.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for lease in leases { pipeline.append("PTTL", bus.lease(lease.id)) }
        let replies = try await send(pipeline)
        if let refusal = replies.firstError, refusal.isPassing { throw .refusal(refusal) }
        for (place, reply) in replies.enumerated() {
            if let milliseconds = reply.integer { leases[place].noteKey(milliseconds) }
        }
        return leases
    }

    /// Every id of a registry, with what that says of its lease.
    ///
    /// - Parameter now: Redis' clock in ms since 1970.
    package func leases(in registry: String, now: Int) async throws(RedisError) -> [RegisteredLease] {
        let flat = try await call("ZRANGE", registry, "0", "-1", "WITHSCORES").elements.map { $0.string ?? "" }
        return stride(from: 0, to: flat.count - 1, by: 2).map { index in
            RegisteredLease(id: flat[index], end: flat[index + 1], registry: registry, now: now)
        }
    }
}

package import BusProtocol
package import BusWire
package import RedisConnection

/// Brings back what drivers and riders hold that are gone, in order, at the head of its queue.
package struct DeadRecovery: Sendable {
    /// What became of one of them.
    package enum Outcome: Sendable {
        /// A driver; with what was left of its lease before.
        case driver(id: String, DriverRecovery.Outcome, remaining: Duration)
        /// A rider; with what was left of its lease before.
        case rider(id: String, RiderRecovery.Outcome, remaining: Duration)
        /// The entry of a worker of ours that nobody knew any more was removed.
        case unlisted(id: String)
    }

    private let connection: any RedisClient
    private let bus: BusKeys
    private let leases: LeaseRespect

    /// Where events of drivers go that have not told what they drove.
    private static let fallbackQueue = "bus_incoming"

    /// - Parameters:
    ///   - connection: used for nothing else meanwhile.
    ///   - bus: the namespace.
    ///   - leases: whether those whose lease runs keep what they hold.
    package init(connection: any RedisClient, bus: BusKeys, leases: LeaseRespect) {
        self.connection = connection
        self.bus = bus
        self.leases = leases
    }

    /// Recovers one after the other: drivers, what drivers left that are not registered any more, and riders; then
    /// removes workers of ours that nobody knows.
    ///
    /// - Parameter tell: called with each outcome as it comes.
    package func run(_ tell: (Outcome) -> Void) async throws(RedisError) {
        let clock = try await RedisClock(connection: connection)
        try await recoverDrivers(clock, tell)
        try await recoverRiders(clock, tell)
        for id in try await Workers(connection: connection, bus: bus).removeUnknown() { tell(.unlisted(id: id)) }
    }

    private func recoverDrivers(_ clock: RedisClock, _ tell: (Outcome) -> Void) async throws(RedisError) {
        let recovery = DriverRecovery(
            connection: connection, bus: bus, digests: try await ScriptDigests([.recover], loadingOn: connection),
            fallbackQueue: Self.fallbackQueue)
        for lease in try await connection.wholeLeases(in: bus.drivers, bus: bus, now: clock.milliseconds) {
            let outcome = try await recovery.recover(lease.id, leases: leases, suspecting: false)
            tell(.driver(id: lease.id, outcome, remaining: lease.remaining))
        }
        for (id, sequences) in try await recovery.orphans().sorted(by: { $0.key < $1.key }) {
            let outcome = try await recovery.recoverOrphan(id, sequences: sequences)
            tell(.driver(id: id, outcome, remaining: .zero))
        }
    }

    private func recoverRiders(_ clock: RedisClock, _ tell: (Outcome) -> Void) async throws(RedisError) {
        let recovery = RiderRecovery(
            connection: connection, bus: bus, digests: try await ScriptDigests([.recoverRider], loadingOn: connection))
        for lease in try await connection.wholeLeases(in: bus.riders, bus: bus, now: clock.milliseconds) {
            let outcome = try await recovery.recover(lease.id, leases: leases, suspecting: false)
            tell(.rider(id: lease.id, outcome, remaining: lease.remaining))
        }
    }
}

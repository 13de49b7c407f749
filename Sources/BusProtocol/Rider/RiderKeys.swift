package import BusWire

/// The keys of one rider incarnation.
///
/// An id is `host:pid:random` and never used again, so that nothing late can reach a successor's keys.
package struct RiderKeys: Sendable {
    /// The names that all riders of this namespace share.
    package let bus: BusKeys
    /// This incarnation.
    package let id: String

    let record: String
    let lease: String
    let underRecovery: String

    /// - Parameters:
    ///   - bus: the namespace.
    ///   - id: this incarnation's id.
    package init(bus: BusKeys, id: String) {
        self.bus = bus
        self.id = id
        record = bus.rider(id)
        lease = bus.lease(id)
        underRecovery = bus.dead(id)
    }

    /// The list that holds batch `sequence` until its last job is settled.
    package func reserved(_ sequence: Int) -> String { bus.reserved(id, sequence) }
}

import BusProtocol

/// What a rider leaves behind when Redis is away.
extension Rider {
    /// The keys of the lists that may hold jobs which this rider has taken and not, for all it knows, settled.
    ///
    /// While it works these come and go; after the connection was lost they wait for recovery.
    package var inFlight: [String] {
        guard let keys else { return [] }
        let batches = settler.batches.keys.sorted() + [claimer.sequenceUnderWay].compactMap(\.self)
        return batches.map(keys.reserved)
    }
}

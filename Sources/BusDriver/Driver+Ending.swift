import BusProtocol

/// What a driver leaves behind when Redis is away.
extension Driver {
    /// The keys of the lists that may hold events which this driver has claimed and not, for all it knows, committed.
    ///
    /// While it drives these come and go; after the connection was lost they wait for recovery.
    package var inFlight: [String] {
        guard let keys else { return [] }
        return sequencer.perhapsInFlight.map(keys.inFlight)
    }
}

extension BatchSequencer {
    /// The batches in flight, and those whose claim or commit is unanswered: Redis may have executed it.
    fileprivate var perhapsInFlight: [Int] {
        lanes.flatMap { phase -> [Int] in
            switch phase {
            case .idle, .busy: []
            case .claiming(let sequence), .holding(let sequence, _): [sequence]
            case .committing(let sequence, let next): [sequence] + (next.map { [$0] } ?? [])
            }
        }.sorted()
    }
}

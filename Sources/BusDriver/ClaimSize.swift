import BusProtocol

/// How many events a claim asks for: few while little is there, and never more than one commit can carry.
struct ClaimSize {
    /// What the next claim asks for: one step towards what is affordable with each claim that leaves some.
    private(set) var most = 16
    /// Events whose copies fit one commit, judged by the last batch.
    private var affordable = 512

    private static let least = 16

    /// A claim has left events in the list.
    mutating func moreIsThere() { most = min(most * 2, affordable) }

    /// A batch was written: keeps the next ones well below what may wait in a connection's buffer.
    ///
    /// - Parameters:
    ///   - bytes: of all copies.
    ///   - events: from which they were made.
    ///   - limit: the most events of a batch that are allowed.
    mutating func wrote(bytes: Int, events: Int, limit: Int) {
        let bytesPerEvent = max(1, bytes / max(1, events))
        affordable = min(max(Self.least, BatchLimits.mostCommitBytes / bytesPerEvent), limit)
        most = min(most, affordable)
    }
}

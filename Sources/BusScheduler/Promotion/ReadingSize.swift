import BusProtocol

/// How many items of a bucket are read at once: as many as are moved in one step, and fewer while items are large.
struct ReadingSize {
    private(set) var count = 1
    private let most: Int

    /// - Parameter most: the most items.
    init(most: Int) { self.most = most }

    /// Learns from the largest of the items that were read, if there were any.
    ///
    /// What the next bucket holds nobody knows, so the way back from large items has several steps.
    mutating func note(largest: Int) {
        guard largest > 0 else { return }
        count = max(1, min(most, count * 4, Promotion.mostBytes / largest))
    }
}

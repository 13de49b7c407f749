/// The distinct sets of a pattern.
struct InternedSets {
    /// How many ranges the sets of a pattern may have together.
    static let mostRanges = 100_000

    private(set) var sets: [CodePointSet] = []
    private var places: [CodePointSet: Int32] = [:]
    private var rangeCount = 0

    mutating func place(of set: CodePointSet) throws(PatternError) -> Int32 {
        if let known = places[set] { return known }
        rangeCount += set.ranges.count
        guard rangeCount <= Self.mostRanges else { throw .tooLarge("the classes of the pattern are too large") }
        let place = Int32(sets.count)
        sets.append(set)
        places[set] = place
        return place
    }
}

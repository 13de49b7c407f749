/// A set of code points as ascending ranges that neither touch nor overlap.
///
/// Surrogates are code points like others; they occur in no text.
struct CodePointSet: Hashable, Sendable {
    static let highest: UInt32 = 0x10FFFF
    static let all = CodePointSet(ranges: [0...highest])

    private(set) var ranges: [ClosedRange<UInt32>] = []

    init() {}

    /// - Precondition: the ranges ascend and neither touch nor overlap.
    init(ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

    /// Takes ranges in any order, which may overlap: O(n log n), and O(n) where they ascend.
    init(unordered: [ClosedRange<UInt32>]) {
        var sorted = unordered
        if !zip(sorted, sorted.dropFirst()).allSatisfy({ $0.lowerBound <= $1.lowerBound }) {
            sorted.sort { $0.lowerBound < $1.lowerBound }
        }
        ranges.reserveCapacity(sorted.count)
        for range in sorted { append(range) }
    }

    init(_ codePoint: UInt32) { ranges = [codePoint...codePoint] }

    var isEmpty: Bool { ranges.isEmpty }

    /// How many code points are in the set.
    var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

    /// The one code point of the set; nil where there are none or several.
    var onlyMember: UInt32? {
        guard let range = ranges.first, ranges.count == 1, range.lowerBound == range.upperBound else { return nil }
        return range.lowerBound
    }

    /// Takes O(log n) for n ranges.
    func contains(_ codePoint: UInt32) -> Bool {
        let place = ranges.partitionPoint { $0.upperBound < codePoint }
        return place < ranges.count && ranges[place].lowerBound <= codePoint
    }

    /// Takes O(n log m) for n ranges of this set and m of the other.
    func isSubset(of other: CodePointSet) -> Bool {
        ranges.allSatisfy { range in
            let place = other.ranges.partitionPoint { $0.upperBound < range.upperBound }
            return place < other.ranges.count && other.ranges[place].lowerBound <= range.lowerBound
        }
    }

    /// Cheap where code points come in ascending order; O(n) otherwise. To add many, see ``init(unordered:)``.
    mutating func insert(_ range: ClosedRange<UInt32>) {
        guard let last = ranges.last, range.lowerBound < last.lowerBound else { return append(range) }
        let below = range.lowerBound == 0 ? 0 : range.lowerBound - 1
        let start = ranges.partitionPoint { $0.upperBound < below }
        var end = start
        var merged = range
        while end < ranges.count, ranges[end].lowerBound <= range.upperBound &+ 1 {
            merged = min(merged.lowerBound, ranges[end].lowerBound)...max(merged.upperBound, ranges[end].upperBound)
            end += 1
        }
        ranges.replaceSubrange(start..<end, with: CollectionOfOne(merged))
    }

    mutating func insert(_ codePoint: UInt32) { insert(codePoint...codePoint) }

    /// Adds a range that begins no lower than the last one.
    private mutating func append(_ range: ClosedRange<UInt32>) {
        guard let last = ranges.last, range.lowerBound <= last.upperBound &+ 1 else { return ranges.append(range) }
        if range.upperBound > last.upperBound { ranges[ranges.count - 1] = last.lowerBound...range.upperBound }
    }
}

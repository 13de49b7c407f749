/// All in time linear in the number of ranges.
extension CodePointSet {
    func union(_ other: CodePointSet) -> CodePointSet {
        if isEmpty { return other }
        if other.isEmpty { return self }
        var merged: [ClosedRange<UInt32>] = []
        merged.reserveCapacity(ranges.count + other.ranges.count)
        var left = ranges[...]
        var right = other.ranges[...]
        while let next = Self.popLower(&left, &right) {
            if let last = merged.last, next.lowerBound <= last.upperBound &+ 1 {
                if next.upperBound > last.upperBound { merged[merged.count - 1] = last.lowerBound...next.upperBound }
            } else {
                merged.append(next)
            }
        }
        return CodePointSet(ranges: merged)
    }

    private static func popLower(
        _ left: inout ArraySlice<ClosedRange<UInt32>>, _ right: inout ArraySlice<ClosedRange<UInt32>>
    ) -> ClosedRange<UInt32>? {
        guard let first = left.first else { return right.popFirst() }
        guard let second = right.first else { return left.popFirst() }
        return first.lowerBound <= second.lowerBound ? left.popFirst() : right.popFirst()
    }

    func intersection(_ other: CodePointSet) -> CodePointSet {
        var common: [ClosedRange<UInt32>] = []
        var mine = 0
        var others = 0
        while mine < ranges.count, others < other.ranges.count {
            let (left, right) = (ranges[mine], other.ranges[others])
            let lower = max(left.lowerBound, right.lowerBound)
            let upper = min(left.upperBound, right.upperBound)
            if lower <= upper { common.append(lower...upper) }
            if left.upperBound == upper { mine += 1 }
            if right.upperBound == upper { others += 1 }
        }
        return CodePointSet(ranges: common)
    }

    func subtracting(_ other: CodePointSet) -> CodePointSet { intersection(other.inverted) }

    /// All code points from 0 to ``highest`` that are not in the set.
    var inverted: CodePointSet { inverted(to: Self.highest) }

    /// All numbers from 0 to `end` that are not in the set.
    ///
    /// - Precondition: the set has none above `end`.
    func inverted(to end: UInt32) -> CodePointSet {
        var gaps: [ClosedRange<UInt32>] = []
        gaps.reserveCapacity(ranges.count + 1)
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= end { gaps.append(next...end) }
        return CodePointSet(ranges: gaps)
    }
}

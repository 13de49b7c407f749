/// The table of case folds, both ways.
struct CaseFoldIndex: Sendable {
    static let shared = CaseFoldIndex()

    /// Code points that fold to something else, ascending, and their full folds.
    private var codePoints: [UInt32] = []
    private var folds: [FoldedScalars] = []
    /// The same code points in the order of their folds.
    private var sources: [UInt32] = []
    /// Code points that fold or are a fold, ascending, and the group of each.
    private var cased: [UInt32] = []
    private var groupOfCased: [Int32] = []
    private var groups: [Group] = []

    /// All that folds to the same.
    struct Group: Sendable {
        var fold: FoldedScalars
        /// Without the fold itself, ascending.
        fileprivate var sources: Range<Int>
    }

    private init() {
        CaseFoldTable.folds.withUTF8Buffer { digits in
            var reader = TableReader(digits)
            var codePoint: UInt32 = 0
            while !reader.isAtEnd {
                codePoint += reader.next()
                codePoints.append(codePoint)
                switch reader.next() {
                case 1: folds.append(FoldedScalars(reader.next()))
                case 2: folds.append(FoldedScalars(reader.next(), reader.next()))
                default: folds.append(FoldedScalars(reader.next(), reader.next(), reader.next()))
                }
            }
        }
        var members: [(codePoint: UInt32, group: Int32)] = []
        for (fold, codePoint) in zip(folds, codePoints).sorted(by: { $0 < $1 }) {
            if groups.last?.fold != fold {
                if fold.count == 1 { members.append((fold[0], Int32(groups.count))) }
                groups.append(Group(fold: fold, sources: sources.count..<sources.count))
            }
            sources.append(codePoint)
            groups[groups.count - 1].sources = groups[groups.count - 1].sources.lowerBound..<sources.count
            members.append((codePoint, Int32(groups.count - 1)))
        }
        members.sort { $0.codePoint < $1.codePoint }
        cased = members.map(\.codePoint)
        groupOfCased = members.map(\.group)
    }

    /// The full fold of a code point, which is itself for most.
    func fold(_ codePoint: UInt32) -> FoldedScalars {
        if codePoint < 0x80 {
            return FoldedScalars(codePoint &- 0x41 < 26 ? codePoint + 0x20 : codePoint)
        }
        let place = codePoints.partitionPoint { $0 < codePoint }
        return place < codePoints.count && codePoints[place] == codePoint ? folds[place] : FoldedScalars(codePoint)
    }

    /// The code points that fold to this, without itself, ascending.
    func sources(of fold: FoldedScalars) -> ArraySlice<UInt32> {
        let place = groups.partitionPoint { $0.fold < fold }
        return place < groups.count && groups[place].fold == fold ? sources(of: groups[place]) : []
    }

    func sources(of group: Group) -> ArraySlice<UInt32> { sources[group.sources] }

    /// The fold, if it is of one code point, and what folds to it.
    func members(of group: Group) -> [UInt32] {
        (group.fold.count == 1 ? [group.fold[0]] : []) + sources(of: group)
    }

    /// How many members of groups are in the set.
    func casedCount(in set: CodePointSet) -> Int {
        set.ranges.reduce(0) { count, range in
            let start = cased.partitionPoint { $0 < range.lowerBound }
            return count + cased.partitionPoint { $0 <= range.upperBound } - start
        }
    }

    /// The groups that have a member in the set, and whether all of their members are.
    func groups(meeting set: CodePointSet) -> [(group: Group, isWhole: Bool)] {
        var foundCounts = [Int8](repeating: 0, count: groups.count)
        var found: [Int] = []
        for range in set.ranges {
            var place = cased.partitionPoint { $0 < range.lowerBound }
            while place < cased.count, cased[place] <= range.upperBound {
                let group = Int(groupOfCased[place])
                if foundCounts[group] == 0 { found.append(group) }
                foundCounts[group] += 1
                place += 1
            }
        }
        return found.map { place in
            let group = groups[place]
            return (group, Int(foundCounts[place]) == group.sources.count + (group.fold.count == 1 ? 1 : 0))
        }
    }
}

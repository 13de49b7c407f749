extension CaseFolding {
    /// What `i` adds to a class; see ``BracketClass``.
    ///
    /// - Parameter crosses: whether a member may bring others in across the border of ASCII.
    /// - Returns: the code points that come in, and the folds to several code points of the class's members.
    static func gains(of set: CodePointSet, crosses: (UInt32) -> Bool) -> (codePoints: [UInt32], folds: [FoldedScalars])
    {
        let index = CaseFoldIndex.shared
        var gained: [UInt32] = []
        var folds: [FoldedScalars] = []
        for (group, isWhole) in index.groups(meeting: set) {
            if group.fold.count > 1 { folds.append(group.fold) }
            if isWhole { continue }
            gained += gains(of: index.members(of: group), in: set, crosses: crosses)
        }
        return (gained, folds)
    }

    /// Ruby goes through the pairs of a group once, so that what has come in brings in more only by later pairs. Of
    /// Latin-1 nothing comes in that would be found.
    private static func gains(of members: [UInt32], in set: CodePointSet, crosses: (UInt32) -> Bool) -> [UInt32] {
        var isIn = members.map { set.contains($0) }
        var gained: [UInt32] = []
        func bring(_ target: Int, by source: Int) {
            guard isIn[source], !isIn[target] else { return }
            let (from, to) = (members[source], members[target])
            guard (from < 0x80) == (to < 0x80) || crosses(from) else { return }
            isIn[target] = !(0x80...0xFF).contains(to)
            gained.append(to)
        }
        for later in members.indices {
            for earlier in 0..<later {
                bring(earlier, by: later)
                bring(later, by: earlier)
            }
        }
        return gained
    }
}

extension CaseFolding {
    /// What `i` adds to a class before its `^`; see ``BracketClass``.
    ///
    /// - Parameter crosses: whether a member may bring others in across the border of ASCII.
    /// - Returns: the set with what it gains, and the folds to several code points of its members.
    static func close(
        _ set: CodePointSet, crosses: (UInt32) -> Bool
    ) -> (codePoints: CodePointSet, folds: [FoldedScalars]) {
        let index = CaseFoldIndex.shared
        var gained: [ClosedRange<UInt32>] = []
        var folds: [FoldedScalars] = []
        for group in index.groups(meeting: set) {
            var members = Array(index.sources(of: group))
            if group.fold.count == 1 { members.insert(group.fold[0], at: 0) } else { folds.append(group.fold) }
            for codePoint in gains(of: members, in: set, crosses: crosses) { gained.append(codePoint...codePoint) }
        }
        return (gained.isEmpty ? set : set.union(CodePointSet(unordered: gained)), folds)
    }

    /// Ruby goes through the pairs of a group once, so that what has come in brings in more only by later pairs.
    private static func gains(of members: [UInt32], in set: CodePointSet, crosses: (UInt32) -> Bool) -> [UInt32] {
        var isIn = members.map { set.contains($0) }
        var gained: [UInt32] = []
        func bring(_ target: Int, by source: Int) {
            guard isIn[source], !isIn[target] else { return }
            let (from, to) = (members[source], members[target])
            guard (from < 0x80) == (to < 0x80) || crosses(from), !(0x80...0xFF).contains(to) else { return }
            isIn[target] = true
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

/// Sorts candidates into runs, one per literal, pattern or attribute, while an index is built.
struct CandidateLists {
    private var groups: [UInt32] = []
    private var members: [IndexTables.Candidate] = []
    private var starts: [Int] = []

    mutating func add(_ candidate: IndexTables.Candidate, to group: Int) {
        groups.append(UInt32(group))
        members.append(candidate)
    }

    /// Appends all runs to `candidates`; ``run(of:)`` answers from then on.
    mutating func place(groupCount: Int, into candidates: inout [IndexTables.Candidate]) {
        starts = Array(repeating: 0, count: groupCount + 1)
        for group in groups { starts[Int(group) + 1] += 1 }
        starts[0] = candidates.count
        for group in 0..<groupCount { starts[group + 1] += starts[group] }
        var next = starts
        candidates += members
        // A counting sort keeps the order of subscriptions within a run.
        for (group, member) in zip(groups, members) {
            candidates[next[Int(group)]] = member
            next[Int(group)] += 1
        }
    }

    func run(of group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }
}

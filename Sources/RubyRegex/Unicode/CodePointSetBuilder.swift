/// Makes a set of many parts in any order.
struct CodePointSetBuilder: Sendable {
    private var merged = CodePointSet()
    private var loose: [ClosedRange<UInt32>] = []

    init(_ start: CodePointSet = CodePointSet()) { merged = start }

    mutating func insert(_ range: ClosedRange<UInt32>) { loose.append(range) }

    mutating func formUnion(_ other: CodePointSet) { merged = merged.union(other) }

    /// Takes O(n log n) for n single ranges.
    var codePoints: CodePointSet { loose.isEmpty ? merged : merged.union(CodePointSet(unordered: loose)) }
}

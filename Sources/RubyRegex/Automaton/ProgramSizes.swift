/// How much of an automaton each node of a tree makes: at least one, so that it bounds the work as well.
struct ProgramSizes {
    private(set) var sizes: [Int] = []
    /// Some repetition has a bound other than 0, 1 and none.
    private(set) var hasCounts = false
    private(set) var hasBackReferences = false
    let writesOutCounts: Bool

    var root: Int { sizes.last ?? 0 }

    init(of tree: SyntaxTree, writesOutCounts: Bool) {
        self.writesOutCounts = writesOutCounts
        sizes.reserveCapacity(tree.nodes.count)
        for node in tree.nodes { sizes.append(size(of: node, in: tree)) }
    }

    /// How often a body is written out: so often, and then either a loop or so many more that may be left out.
    func copies(minimum: Int32, maximum: Int32) -> (mandatory: Int32, optional: Int32, loops: Bool) {
        let isCounted = minimum > 1 || maximum != SyntaxTree.unbounded && maximum > 1
        if isCounted, !writesOutCounts { return (min(minimum, 1), 0, true) }
        return maximum == SyntaxTree.unbounded ? (minimum, 0, true) : (minimum, maximum - minimum, false)
    }

    private mutating func size(of node: SyntaxTree.Node, in tree: SyntaxTree) -> Int {
        switch node {
        case .text(let scalars): return max(1, Int(scalars.count))
        case .sequence(let run), .alternation(let run):
            return tree.children(run).reduce(1) { Self.sum($0, Self.sum(sizes[Int($1)], 1)) }
        case .repetition(let body, let minimum, let maximum, _): return repetition(body, minimum, maximum)
        case .counted(let body, let minimum, let maximum, _): return repetition(body, min(minimum, 1), maximum)
        case .capture(_, let body), .atomic(let body): return Self.sum(sizes[Int(body)], 1)
        case .conditional(_, let yes, let no): return Self.sum(Self.sum(sizes[Int(yes)], sizes[Int(no)]), 2)
        case .empty, .never, .set, .assertion, .lookAhead, .lookBehind: return 1
        case .backReference:
            hasBackReferences = true
            return 3
        case .call, .absence, .graphemeCluster: return 3
        }
    }

    private mutating func repetition(_ body: SyntaxTree.Index, _ minimum: Int32, _ maximum: Int32) -> Int {
        if minimum > 1 || maximum != SyntaxTree.unbounded && maximum > 1 { hasCounts = true }
        let copies = copies(minimum: minimum, maximum: maximum)
        let count = Int(copies.mandatory) + Int(copies.optional) + (copies.loops ? 1 : 0)
        let (product, overflows) = Self.sum(sizes[Int(body)], 1).multipliedReportingOverflow(by: count)
        return overflows ? Int.max : Self.sum(product, 1)
    }

    private static func sum(_ one: Int, _ other: Int) -> Int {
        let (sum, overflows) = one.addingReportingOverflow(other)
        return overflows ? Int.max : sum
    }
}

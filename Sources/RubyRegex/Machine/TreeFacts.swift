/// What a compiler asks about the nodes of a tree, found from the bottom up.
struct TreeFacts {
    struct Facts {
        /// The instructions of the node, unrolled; at most ``TreeFacts/mostSize``.
        var size: Int32 = 0
        var mayBeEmpty = false
        var holdsCapture = false
        /// Whether it holds a capture outside of look-around.
        var setsCaptures = false
    }

    static let mostSize: Int32 = 1 << 20
    /// Repetitions are unrolled up to this many instructions; those whose iterations may be empty are unrolled
    /// wherever Ruby does it.
    private static let unrolled: Int32 = 16
    private static let unrolledEmpty: Int32 = 50

    private(set) var facts: [Facts] = []
    /// Numbers of the groups that are called; 0 is the whole pattern.
    private(set) var called: Set<Int32> = []
    /// Groups of back-references with a level.
    private(set) var leveled: Set<Int32> = []
    private(set) var backReferred: Set<Int32> = []
    private(set) var holdsAbsence = false
    /// Whether something reads the history of groups: a level, or a repetition whose empty iteration may set groups.
    private(set) var readsHistory = false

    init(_ tree: SyntaxTree) {
        facts.reserveCapacity(tree.nodes.count)
        for node in tree.nodes {
            var facts = facts(of: node, in: tree)
            facts.size = min(facts.size, Self.mostSize)
            self.facts.append(facts)
        }
    }

    subscript(_ node: SyntaxTree.Index) -> Facts { facts[Int(node)] }

    /// Whether so many copies of a body are few enough to stand one behind the other.
    func unrolls(_ body: SyntaxTree.Index, _ copies: Int32) -> Bool {
        guard copies <= Self.unrolledEmpty else { return false }
        let size = self[body].size
        return self[body].mayBeEmpty ? size * copies <= Self.unrolledEmpty : (size + 1) * copies <= Self.unrolled
    }

    private mutating func facts(of node: SyntaxTree.Node, in tree: SyntaxTree) -> Facts {
        switch node {
        case .empty: Facts(mayBeEmpty: true)
        case .assertion: Facts(size: 1, mayBeEmpty: true)
        case .never, .set, .graphemeCluster: Facts(size: 1)
        case .text(let scalars): Facts(size: 1, mayBeEmpty: scalars.count == 0)
        case .sequence(let children): sequence(tree.children[children])
        case .alternation(let children): alternation(tree.children[children])
        case .repetition(let body, let minimum, let maximum, _): repetition(body, minimum, maximum)
        case .counted(let body, let minimum, _, _): counted(body, minimum)
        case .capture(_, let body): wrapped(body, by: 4, setsCaptures: true)
        case .atomic(let body): wrapped(body, by: 2)
        case .lookAhead(let body, _): lookAround(body, by: 2)
        case .lookBehind(let body, _, _): lookAround(body, by: 3)
        case .backReference(let groups, _, let level): backReference(tree.children[groups], level: level)
        case .call(let number): call(number)
        case .conditional(_, let yes, let no): choice(self[yes], self[no])
        case .absence(let body): absence(body)
        }
    }

    private func sequence(_ children: ArraySlice<SyntaxTree.Index>) -> Facts {
        children.reduce(into: Facts(mayBeEmpty: true)) { all, child in
            all.size = min(all.size + self[child].size, Self.mostSize)
            all.mayBeEmpty = all.mayBeEmpty && self[child].mayBeEmpty
            all.holdsCapture = all.holdsCapture || self[child].holdsCapture
            all.setsCaptures = all.setsCaptures || self[child].setsCaptures
        }
    }

    private func alternation(_ children: ArraySlice<SyntaxTree.Index>) -> Facts {
        children.reduce(into: Facts()) { all, child in all = choice(all, self[child]) }
    }

    private func choice(_ one: Facts, _ other: Facts) -> Facts {
        Facts(
            size: min(one.size + other.size + 2, Self.mostSize), mayBeEmpty: one.mayBeEmpty || other.mayBeEmpty,
            holdsCapture: one.holdsCapture || other.holdsCapture,
            setsCaptures: one.setsCaptures || other.setsCaptures)
    }

    private mutating func repetition(_ body: SyntaxTree.Index, _ minimum: Int32, _ maximum: Int32) -> Facts {
        var facts = self[body]
        let isUnbounded = maximum == SyntaxTree.unbounded
        guard unrolls(body, isUnbounded ? minimum : maximum) else { return counted(body, minimum) }
        if facts.mayBeEmpty, facts.setsCaptures { readsHistory = true }
        facts.size = (facts.size + 1) * (isUnbounded ? minimum + 1 : maximum) + 4
        facts.mayBeEmpty = facts.mayBeEmpty || minimum == 0
        return facts
    }

    private mutating func counted(_ body: SyntaxTree.Index, _ minimum: Int32) -> Facts {
        let facts = wrapped(body, by: 8, mayBeEmpty: minimum == 0)
        if self[body].mayBeEmpty, facts.setsCaptures { readsHistory = true }
        return facts
    }

    private func lookAround(_ body: SyntaxTree.Index, by size: Int32) -> Facts {
        var facts = wrapped(body, by: size, mayBeEmpty: true)
        facts.setsCaptures = false
        return facts
    }

    private func wrapped(
        _ body: SyntaxTree.Index, by size: Int32, mayBeEmpty: Bool = false, setsCaptures: Bool = false
    ) -> Facts {
        var facts = self[body]
        facts.size += size
        facts.mayBeEmpty = facts.mayBeEmpty || mayBeEmpty
        facts.holdsCapture = facts.holdsCapture || setsCaptures
        facts.setsCaptures = facts.setsCaptures || setsCaptures
        return facts
    }

    private mutating func backReference(_ groups: ArraySlice<Int32>, level: Int32?) -> Facts {
        backReferred.formUnion(groups)
        if level != nil {
            leveled.formUnion(groups)
            readsHistory = true
        }
        return Facts(size: 1, mayBeEmpty: true)
    }

    private mutating func call(_ number: Int32) -> Facts {
        called.insert(number)
        return Facts(size: 1, mayBeEmpty: true, holdsCapture: true, setsCaptures: true)
    }

    private mutating func absence(_ body: SyntaxTree.Index) -> Facts {
        holdsAbsence = true
        return wrapped(body, by: 3, mayBeEmpty: true)
    }
}

extension [Int32] {
    subscript(_ run: SyntaxTree.Children) -> ArraySlice<Int32> { self[Int(run.first)..<Int(run.first + run.count)] }
}

/// Makes the tree of a pattern that has been read, and refuses what Ruby refuses once all of it is known.
struct TreeBuilder {
    /// How many nodes a tree may have.
    static let mostNodes = 100_000

    let pattern: ParsedPattern
    let mode: TextMode
    private let calls: CallGraph?
    private let shape: PatternShape?
    private let emptyIterations: EmptyIterations?
    /// Of each node of the pattern; nil where nothing is called.
    private let holdsCalledGroup: [Bool]?
    var tree = SyntaxTree()
    var sets: InternedSets
    /// The sets of `Aa` to `Zz`, where they have been needed.
    var letterSets = [Int32](repeating: -1, count: 26)
    /// How many letters under `i` have been written more than once.
    var copiedLetterCount = 0
    /// Where each node of the pattern stands in the tree.
    private var places: [SyntaxTree.Index] = []
    /// The groups that something depends on.
    private var isReferred: [Bool]

    static func build(_ pattern: ParsedPattern, as mode: TextMode) throws(PatternError) -> SyntaxTree {
        var builder = try TreeBuilder(pattern, as: mode)
        for index in pattern.nodes.indices {
            builder.places.append(try builder.translate(pattern.nodes[index], at: index))
            guard builder.tree.nodes.count <= mostNodes else {
                throw .tooLarge("the pattern is too large when unfolded")
            }
        }
        return builder.finished
    }

    private init(_ pattern: ParsedPattern, as mode: TextMode) throws(PatternError) {
        self.pattern = pattern
        self.mode = mode
        sets = pattern.sets
        var isReferred = try Self.references(in: pattern)
        calls = pattern.calls.isEmpty ? nil : try CallGraph(of: pattern)
        holdsCalledGroup = calls?.holdsCalledGroup
        let mayIterateEmpty = EmptyIterations.mayMatter(in: pattern)
        let needsShape = calls != nil || pattern.hasLookBehind || mayIterateEmpty
        shape = needsShape ? PatternShape(of: pattern, as: mode, calls: calls) : nil
        if let calls, let shape { try calls.checkRecursion(canBeEmpty: shape.canBeEmpty) }
        emptyIterations =
            if mayIterateEmpty, let shape {
                EmptyIterations(of: pattern, as: mode, shape, calls: calls)
            } else {
                nil
            }
        for target in calls?.targets ?? [] { isReferred[Int(target)] = true }
        for (group, decides) in (emptyIterations?.decides ?? []).enumerated() where decides { isReferred[group] = true }
        self.isReferred = isReferred
        tree.scalars = pattern.scalars
        tree.captureCount = Int32(pattern.groups.count - 1)
        tree.nodes.reserveCapacity(pattern.nodes.count)
        places.reserveCapacity(pattern.nodes.count)
    }

    /// The groups that back-references and conditions refer to.
    private static func references(in pattern: ParsedPattern) throws(PatternError) -> [Bool] {
        var isReferred = [Bool](repeating: false, count: pattern.groups.count)
        guard pattern.hasReference else { return isReferred }
        func refer(to group: Int32, isByNumber: Bool) throws(PatternError) {
            if isByNumber, pattern.hasNames { throw .refused("numbered backref/call is not allowed. (use name)") }
            guard group < pattern.groups.count else { throw .refused("invalid backref number/name") }
            isReferred[Int(group)] = !pattern.isTransparent(group)
        }
        for node in pattern.nodes {
            switch node {
            case .backReference(let groups, let style):
                for group in pattern.members(groups) { try refer(to: group, isByNumber: style.isByNumber) }
            case .conditional(let reference, let body):
                try refer(to: reference.group, isByNumber: reference.isByNumber)
                if case .alternation(let run) = pattern.nodes[Int(body)], run.count > 2 {
                    throw .refused("invalid conditional pattern")
                }
            default: break
            }
        }
        return isReferred
    }

    /// The pattern's last node is the tree's, also where a body stands for what is around it.
    private var finished: SyntaxTree {
        var tree = tree
        if let last = places.last, last != tree.root { tree.nodes.append(tree.nodes[Int(last)]) }
        tree.sets = sets.sets
        return tree
    }

    mutating func write(_ node: SyntaxTree.Node) -> SyntaxTree.Index {
        tree.nodes.append(node)
        return tree.root
    }

    mutating func list(_ members: some Collection<Int32>) -> SyntaxTree.Children {
        let first = Int32(tree.children.count)
        tree.children += members
        return SyntaxTree.Children(first: first, count: Int32(members.count))
    }

    func place(_ index: ParsedPattern.Index) -> SyntaxTree.Index { places[Int(index)] }
    private func places(_ run: ParsedPattern.Children) -> [SyntaxTree.Index] {
        pattern.members(run).map { places[Int($0)] }
    }

    // MARK: Nodes

    private mutating func translate(
        _ node: ParsedPattern.Node, at index: Int
    ) throws(PatternError) -> SyntaxTree.Index {
        switch node {
        case .empty, .keep: return write(.empty)
        case .text(let run, let folding): return try addText(run, folding)
        case .set(let set), .namedSet(let set, _): return write(.set(set))
        case .assertion(let assertion): return write(.assertion(assertion))
        case .sequence(let run):
            keepLoops(pattern.members(run))
            return write(.sequence(list(places(run))))
        case .alternation(let run): return write(.alternation(list(places(run))))
        case .repetition(let body, let minimum, let bound, let isLazy):
            // Ruby tries what is lazily repeated no times once, unless it stands there to be called.
            let maximum = max(bound, isLazy && !(holdsCalledGroup?[Int(body)] ?? false) ? 1 : 0)
            if maximum > bound { tree.mayEndElsewhere = true }
            if let copies = try addCopies(of: body, minimum, maximum, isLazy: isLazy) { return copies }
            if emptyIterations?.isCounted[index] == true {
                return write(.counted(place(body), minimum: minimum, maximum: maximum, isLazy: isLazy))
            }
            return write(
                .repetition(place(body), minimum: minimum, maximum: maximum, isLazy ? .lazy : .greedy))
        case .capture(let number, let body):
            return isReferred[Int(number)] ? write(.capture(number: number, place(body))) : place(body)
        case .options(let body): return place(body)
        case .lookAhead(let body, let isNegative): return write(.lookAhead(place(body), isNegative: isNegative))
        case .lookBehind(let body, let isNegative): return try addLookBehind(body, isNegative: isNegative)
        case .atomic(let body): return addAtomic(body)
        case .absence(let body): return write(.absence(place(body)))
        case .conditional(let reference, let body): return addConditional(reference, body)
        case .backReference(let run, let style):
            var groups = pattern.members(run)
            if pattern.hasNames { groups = groups.filter { !pattern.isTransparent($0) }[...] }
            return write(
                .backReference(groups: list(groups), ignoresCase: style.ignoresCase, level: style.level))
        case .call(let call): return write(.call(calls?.targets[Int(call)] ?? 0))
        case .graphemeCluster: return write(.graphemeCluster)
        }
    }

    /// Of `[K9]*(?i:k)`, Ruby believes that what the loop takes can never be what follows, and gives nothing back.
    private mutating func keepLoops(_ parts: ArraySlice<ParsedPattern.Index>) {
        for loop in pattern.loops(in: parts) where loop.minimum <= 1 {
            guard let head = pattern.head(of: loop.next, as: mode), pattern.excludesWrongly(loop.body, head, as: mode),
                case .repetition(let body, let minimum, let maximum, .greedy) = tree.nodes[Int(place(loop.index))]
            else { continue }
            tree.nodes[Int(place(loop.index))] = .repetition(
                body, minimum: minimum, maximum: maximum, .possessive)
        }
    }

    /// `a*+` is a repetition that is possessive.
    private mutating func addAtomic(_ body: ParsedPattern.Index) -> SyntaxTree.Index {
        guard place(body) == tree.root,
            case .repetition(let repeated, let minimum, let maximum, .greedy) = tree.nodes[Int(place(body))]
        else { return write(.atomic(place(body))) }
        tree.nodes[Int(place(body))] = .repetition(repeated, minimum: minimum, maximum: maximum, .possessive)
        return place(body)
    }

    private mutating func addConditional(
        _ reference: ParsedPattern.Reference, _ body: ParsedPattern.Index
    ) -> SyntaxTree.Index {
        let yes: SyntaxTree.Index
        let no: SyntaxTree.Index
        if case .alternation(let run) = pattern.nodes[Int(body)] {
            (yes, no) = (places(run)[0], places(run)[1])
        } else {
            (yes, no) = (place(body), write(.empty))
        }
        // What does not capture has never matched.
        if pattern.isTransparent(reference.group) { return write(.sequence(list([no]))) }
        return write(.conditional(groups: list([reference.group]), yes: yes, no: no))
    }

    private static let varyingLookBehind = PatternError.refused("invalid pattern in look-behind")

    private mutating func addLookBehind(
        _ body: ParsedPattern.Index, isNegative: Bool
    ) throws(PatternError) -> SyntaxTree.Index {
        guard let shape, shape.allowance[Int(body)] >= (isNegative ? .all : .positive) else {
            throw Self.varyingLookBehind
        }
        let body = pattern.withoutTransparentGroups(body)
        if let length = shape.lengths[Int(body)] {
            return write(.lookBehind(place(body), length: length, isNegative: isNegative))
        }
        var parts: [SyntaxTree.Index] = []
        switch pattern.nodes[Int(body)] {
        case .alternation(let run):
            for alternative in pattern.members(run) {
                guard let length = shape.lengths[Int(alternative)] else { throw Self.varyingLookBehind }
                parts.append(write(.lookBehind(place(alternative), length: length, isNegative: isNegative)))
            }
        case .text(let run, _):
            guard let alternatives = LookBehindText(Array(pattern.text(run))).alternatives else {
                throw Self.varyingLookBehind
            }
            for alternative in alternatives {
                guard let pattern = alternative.pattern else { throw Self.tooManyJoined }
                let place = try write(pattern)
                parts.append(write(.lookBehind(place, length: alternative.length, isNegative: isNegative)))
            }
        default: throw Self.varyingLookBehind
        }
        return write(isNegative ? .sequence(list(parts)) : .alternation(list(parts)))
    }
}

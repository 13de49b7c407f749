/// How many bytes each node takes in the program that Ruby makes of a pattern.
///
/// They decide whether Ruby writes a repetition out or counts it, which changes what it means: see
/// ``EmptyIterations``.
struct CodeSizes {
    private typealias Index = ParsedPattern.Index

    /// Copies of a body are written one behind the other up to this many bytes.
    private static let writtenOut = 50
    /// Above it nothing is told apart.
    static let most = 1 << 20
    static let jump = 5
    static let push = 5
    /// What stands around a body whose iterations may be empty.
    private static let check = 6

    private(set) var sizes: [Int] = []
    private let pattern: ParsedPattern
    private let mode: TextMode
    private let shape: PatternShape
    private var isCalled: [Bool]

    init(of pattern: ParsedPattern, as mode: TextMode, _ shape: PatternShape, calls: CallGraph?) {
        self.pattern = pattern
        self.mode = mode
        self.shape = shape
        isCalled = [Bool](repeating: false, count: pattern.groups.count)
        for target in calls?.targets ?? [] { isCalled[Int(target)] = true }
        sizes.reserveCapacity(pattern.nodes.count)
        for node in pattern.nodes { sizes.append(min(size(of: node), Self.most)) }
    }

    /// Whether no copy of `body` stands before the loop that Ruby makes of its repetition.
    func isLoopAlone(_ body: ParsedPattern.Index, _ minimum: Int32, _ maximum: Int32, isLazy: Bool) -> Bool {
        let size = sizes[Int(body)]
        if maximum == SyntaxTree.unbounded, minimum == 1 { return size > Self.writtenOut }
        return Self.isCounted(size, Int(minimum), maximum, isLazy)
    }

    private static func isCounted(_ size: Int, _ minimum: Int, _ maximum: Int32, _ isLazy: Bool) -> Bool {
        guard maximum != SyntaxTree.unbounded else { return minimum > 1 && size * minimum > writtenOut }
        if isLazy { return minimum != 0 || maximum != 1 }
        return maximum > 1 && (size + push) * Int(maximum) > writtenOut
    }

    // MARK: Nodes

    private func size(of node: ParsedPattern.Node) -> Int {
        switch node {
        case .empty: return 0
        case .keep, .assertion, .namedSet: return 1
        case .text(let run, let folding): return size(of: Array(pattern.text(run)), folding)
        case .set(let set): return size(of: pattern.sets.sets[Int(set)])
        case .sequence(let run): return size(ofSequence: pattern.members(run))
        case .alternation(let run): return sum(pattern.members(run), between: Self.push + Self.jump)
        case .repetition(let body, let minimum, let maximum, let isLazy):
            return size(ofRepeated: body, Int(minimum), maximum, isLazy)
        case .capture(let number, let body):
            if pattern.isTransparent(number) { return sizes[Int(body)] }
            return sizes[Int(body)] + (isCalled[Int(number)] ? 17 : 6)
        case .options(let body): return sizes[Int(body)]
        case .lookAhead(let body, let isNegative): return sizes[Int(body)] + (isNegative ? 6 : 2)
        case .lookBehind(let body, let isNegative): return size(ofLookBehind: body, isNegative)
        case .atomic(let body):
            guard case .repetition(let repeated, let minimum, SyntaxTree.unbounded, false) = pattern.nodes[Int(body)],
                minimum <= 1, isSimple(repeated)
            else { return sizes[Int(body)] + 2 }
            return sizes[Int(repeated)] * Int(minimum + 1) + Self.push + Self.jump + 1
        case .absence(let body): return sizes[Int(body)] + 7
        case .conditional(_, let body):
            let isWhole = if case .alternation = pattern.nodes[Int(body)] { true } else { false }
            return sizes[Int(body)] + (isWhole ? 2 : 12)
        case .backReference(let groups, let style): return size(of: pattern.members(groups), style)
        case .call: return 5
        case .graphemeCluster: return Self.most
        }
    }

    private func sum(_ parts: ArraySlice<Index>, between: Int = 0) -> Int {
        parts.reduce(between * (parts.count - 1)) { $0 + sizes[Int($1)] }
    }

    /// A set with some of ASCII has a table; others have their ranges, or those that they lack.
    private func size(of set: CodePointSet) -> Int {
        guard mode == .unicode, let first = set.ranges.first, let last = set.ranges.last else { return Self.most }
        var rangeCount = set.ranges.count
        if first.lowerBound == 0, first.upperBound >= 0x7F {
            rangeCount -= last.upperBound == CodePointSet.highest ? 1 : 0
        } else if first.lowerBound <= 0x7F {
            return Self.most
        }
        return 9 + 8 * rangeCount
    }

    private func size(ofLookBehind body: Index, _ isNegative: Bool) -> Int {
        let own = isNegative ? 10 : 5
        guard shape.lengths[Int(body)] == nil, case .alternation(let run) = pattern.nodes[Int(body)] else {
            return sizes[Int(body)] + own
        }
        let parts = pattern.members(run)
        return sum(parts, between: isNegative ? 0 : Self.push + Self.jump) + own * parts.count
    }

    private func size(of groups: ArraySlice<Int32>, _ style: ParsedPattern.ReferenceStyle) -> Int {
        let groups = groups.filter { !pattern.isTransparent($0) }
        if style.level != nil { return 13 + 2 * groups.count }
        guard groups.count == 1 else { return 5 + 2 * groups.count }
        return groups[0] <= 2 && !style.ignoresCase ? 1 : 3
    }

    // MARK: Repetitions

    private func size(ofRepeated body: Index, _ minimum: Int, _ maximum: Int32, _ isLazy: Bool) -> Int {
        var (minimum, maximum, written) = (minimum, maximum, 0)
        if minimum > 1, let text = pattern.wholeText(body, as: mode) {
            let isExact = text.folding == .exact
            let bytes = TextSize.bytes(in: isExact ? text.scalars : text.scalars.flatMap(CaseFolding.fold))
            let copies = min(minimum, max(1, 100 / bytes))
            written = size(of: Array(repeatElement(text.scalars, count: copies).joined()), text.folding)
            if copies == maximum { return written }
            minimum -= copies
            if maximum != SyntaxTree.unbounded { maximum -= Int32(copies) }
        }
        let size = sizes[Int(body)]
        let checked = size + (shape.canBeEmpty[Int(body)] && maximum > 0 ? Self.check : 0)
        if maximum == SyntaxTree.unbounded, !isLazy, case .namedSet(_, isDot: true) = pattern.nodes[Int(body)] {
            return written + minimum + 1
        }
        if Self.isCounted(size, minimum, maximum, isLazy) { return written + checked + 10 }
        if maximum == SyntaxTree.unbounded {
            let first = minimum == 1 && size > Self.writtenOut ? Self.jump : size * minimum
            return written + first + checked + Self.push + Self.jump
        }
        let optional = size + Self.push + (isLazy ? Self.jump : 0)
        return written + size * minimum + optional * (Int(maximum) - minimum)
    }

    /// Whether Ruby calls it simple.
    private func isSimple(_ index: Index) -> Bool {
        switch pattern.nodes[Int(index)] {
        case .text: pattern.wholeText(index, as: mode) != nil
        case .set, .namedSet, .backReference: true
        default: false
        }
    }

    /// A loop looks at what follows it, and is a byte longer for it.
    private func size(ofSequence parts: ArraySlice<Index>) -> Int {
        pattern.loops(in: parts).reduce(sum(parts)) { $0 + (looksAhead($1) ? 1 : 0) }
    }

    private func looksAhead(_ loop: ParsedPattern.Loop) -> Bool {
        guard let head = pattern.head(of: loop.next, as: mode),
            loop.minimum <= 1 || pattern.wholeText(loop.body, as: mode) == nil
        else { return false }
        if case .text(let run, .exact) = pattern.nodes[Int(head)], pattern.text(run).first != 0 { return true }
        return loop.minimum <= 1 && pattern.excludes(loop.body, head, as: mode)
    }

    private func size(of text: [UInt32], _ folding: ParsedPattern.Folding) -> Int {
        switch folding {
        case .exact: TextSize.exact(text[...])
        case .folded where mode == .unicode: TextSize.chosen(text)
        case .folded, .foldedBehind: TextSize.folded(text[...])
        case .classFold, .classFoldBehind: Self.most
        }
    }
}

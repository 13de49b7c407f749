/// What Ruby's rules for look-behind and recursion ask of each node.
struct PatternShape {
    /// The code points that a node matches, as Ruby counts them; nil where that varies.
    private(set) var lengths: [Int32?]
    private(set) var canBeEmpty: [Bool]
    private(set) var allowance: [Allowance]

    /// In which look-behinds a node may stand.
    enum Allowance: UInt8, Comparable {
        case none, positive, all

        static func < (left: Allowance, right: Allowance) -> Bool { left.rawValue < right.rawValue }
    }

    private let pattern: ParsedPattern
    private let mode: TextMode
    private let calls: CallGraph?

    init(of pattern: ParsedPattern, as mode: TextMode, calls: CallGraph?) {
        self.pattern = pattern
        self.mode = mode
        self.calls = calls
        lengths = [Int32?](repeating: nil, count: pattern.nodes.count)
        canBeEmpty = [Bool](repeating: true, count: pattern.nodes.count)
        allowance = [Allowance](repeating: .none, count: pattern.nodes.count)
        measure()
        if pattern.hasReference, calls != nil { measureAgain() }
    }

    /// With references in a circle, some node was measured before what it refers to. Of groups, Ruby keeps what it
    /// found first.
    private mutating func measureAgain() {
        for (index, node) in pattern.nodes.enumerated() {
            if case .capture = node { continue }
            measure(node, at: index)
        }
    }

    /// Each node after its children, and after what it calls.
    private mutating func measure() {
        var isEntered = [Bool](repeating: false, count: pattern.nodes.count)
        var isMeasured = isEntered
        var path = [pattern.root]
        while let index = path.last {
            let node = pattern.nodes[Int(index)]
            guard !isEntered[Int(index)] else {
                path.removeLast()
                if !isMeasured[Int(index)] { measure(node, at: Int(index)) }
                isMeasured[Int(index)] = true
                continue
            }
            isEntered[Int(index)] = true
            func need(_ other: ParsedPattern.Index) {
                if !isEntered[Int(other)] { path.append(other) }
            }
            pattern.forEachChild(of: node, need)
            switch node {
            case .call(let call): if let target = target(of: call) { need(target) }
            case .backReference(let groups, let style) where !style.isOpen:
                for group in pattern.members(groups) { need(pattern.groups[Int(group)].node) }
            default: break
            }
        }
    }

    /// The node that a call repeats; nil where it is recursive.
    private func target(of call: Int32) -> ParsedPattern.Index? {
        guard let calls, !calls.isRecursive(call) else { return nil }
        let group = calls.targets[Int(call)]
        return group == 0 ? pattern.root : pattern.groups[Int(group)].node
    }

    private mutating func measure(_ node: ParsedPattern.Node, at index: Int) {
        switch node {
        case .empty, .keep: set(index, 0, true, .all)
        case .text(let run, let folding): set(index, length(of: run, folding), false, .all)
        case .set, .namedSet: set(index, 1, false, .all)
        case .assertion(.textEnd), .assertion(.textEndOrLastLineBreak): set(index, 0, true, .none)
        case .assertion: set(index, 0, true, .all)
        case .graphemeCluster: set(index, nil, false, .none)
        case .sequence(let run):
            let parts = pattern.members(run)
            set(
                index, sum(of: parts), parts.allSatisfy { canBeEmpty[Int($0)] },
                parts.map { allowance[Int($0)] }.min() ?? .all)
        case .alternation(let run):
            let parts = pattern.members(run)
            let first = lengths[Int(parts[parts.startIndex])]
            set(
                index, parts.allSatisfy { lengths[Int($0)] == first } ? first : nil,
                parts.contains { canBeEmpty[Int($0)] }, parts.map { allowance[Int($0)] }.min() ?? .all)
        case .repetition(let body, let minimum, let maximum, _):
            let length = minimum == maximum ? lengths[Int(body)].map { Self.clamped(Int64($0) * Int64(minimum)) } : nil
            set(index, length, minimum == 0 || canBeEmpty[Int(body)], allowance[Int(body)])
        case .capture(let number, let body):
            let own = pattern.isTransparent(number) ? Allowance.all : .positive
            set(index, lengths[Int(body)], canBeEmpty[Int(body)], min(allowance[Int(body)], own))
        case .options(let body): set(index, lengths[Int(body)], canBeEmpty[Int(body)], allowance[Int(body)])
        case .atomic(let body): set(index, lengths[Int(body)], canBeEmpty[Int(body)], .none)
        case .lookAhead: set(index, 0, true, .none)
        case .lookBehind(let body, _): set(index, 0, true, allowance[Int(body)])
        case .absence: set(index, 0, true, .none)
        case .conditional(_, let body):
            let isWhole = if case .alternation = pattern.nodes[Int(body)] { true } else { lengths[Int(body)] == 0 }
            let isEmptyable = if case .alternation = pattern.nodes[Int(body)] { canBeEmpty[Int(body)] } else { true }
            set(index, isWhole ? lengths[Int(body)] : nil, isEmptyable, .none)
        case .backReference(let groups, let style):
            let nodes = style.isOpen ? [] : pattern.members(groups).map { pattern.groups[Int($0)].node }
            set(index, nil, style.isOpen || nodes.contains { canBeEmpty[Int($0)] }, .none)
        case .call(let call):
            guard let target = target(of: call) else { return set(index, nil, true, .all) }
            set(index, lengths[Int(target)], canBeEmpty[Int(target)], .all)
        }
    }

    private mutating func set(_ index: Int, _ length: Int32?, _ isEmptyable: Bool, _ allowance: Allowance) {
        lengths[index] = length
        canBeEmpty[index] = isEmptyable
        self.allowance[index] = allowance
    }

    private func sum(of parts: ArraySlice<Int32>) -> Int32? {
        var sum: Int64 = 0
        for part in parts {
            guard let length = lengths[Int(part)] else { return nil }
            sum = Int64(Self.clamped(sum + Int64(length)))
        }
        return Int32(sum)
    }

    private static func clamped(_ length: Int64) -> Int32 { Int32(min(length, Int64(Int32.max))) }

    private func length(of run: ParsedPattern.Children, _ folding: ParsedPattern.Folding) -> Int32? {
        guard mode == .unicode, folding == .folded || folding == .foldedBehind else { return run.count }
        return LookBehindText(Array(pattern.text(run))).length
    }
}

extension ParsedPattern {
    /// Where groups have names, those without do not capture.
    func isTransparent(_ group: Int32) -> Bool { hasNames && !groups[Int(group)].isNamed }

    /// The node itself, or what is in it if it is no group for Ruby.
    func withoutTransparentGroups(_ index: Index) -> Index {
        var index = index
        while case .capture(let number, let body) = nodes[Int(index)], isTransparent(number) { index = body }
        return index
    }
}

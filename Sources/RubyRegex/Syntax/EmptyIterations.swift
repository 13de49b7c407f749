/// What Ruby makes of iterations that consume nothing.
///
/// A short repetition is written out, and an iteration counts whatever it consumes. A longer one is counted, and an
/// iteration that consumes nothing ends it, also before the minimum: `(?:abc|^){3}` does not match `abc`. Whether an
/// iteration was empty depends on the groups that it has set, too.
struct EmptyIterations {
    /// Of each node, whether it is a repetition that an empty iteration ends before its minimum.
    private(set) var isCounted: [Bool]
    /// Of each group, whether it may decide if an iteration was empty.
    private(set) var decides: [Bool]

    /// Whether an empty iteration may be noticed: one that must be, or any where an automaton does not decide.
    static func mayMatter(in pattern: ParsedPattern) -> Bool {
        guard pattern.repeatsGroup else { return false }
        var isEmptyable: [Bool] = []
        isEmptyable.reserveCapacity(pattern.nodes.count)
        var mayOccur = false
        for node in pattern.nodes {
            switch node {
            case .empty, .keep, .assertion: isEmptyable.append(true)
            case .text, .set, .namedSet: isEmptyable.append(false)
            case .sequence(let run): isEmptyable.append(pattern.members(run).allSatisfy { isEmptyable[Int($0)] })
            case .alternation(let run): isEmptyable.append(pattern.members(run).contains { isEmptyable[Int($0)] })
            case .repetition(let body, let minimum, let maximum, _):
                if isEmptyable[Int(body)], maximum > 1 {
                    if minimum > 0 { return true }
                    mayOccur = true
                }
                isEmptyable.append(minimum == 0 || isEmptyable[Int(body)])
            case .capture(_, let body), .options(let body): isEmptyable.append(isEmptyable[Int(body)])
            case .lookAhead, .lookBehind, .atomic, .absence, .conditional, .backReference, .call, .graphemeCluster:
                isEmptyable.append(true)
            }
        }
        return mayOccur && !isRegular(pattern)
    }

    /// Whether an automaton decides, unless iterations stand in its way.
    private static func isRegular(_ pattern: ParsedPattern) -> Bool {
        pattern.nodes.allSatisfy { node in
            switch node {
            case .lookAhead, .lookBehind, .atomic, .absence, .conditional, .backReference, .call, .graphemeCluster:
                false
            default: true
            }
        }
    }

    init(of pattern: ParsedPattern, as mode: TextMode, _ shape: PatternShape, calls: CallGraph?) {
        let sizes = CodeSizes(of: pattern, as: mode, shape, calls: calls)
        isCounted = [Bool](repeating: false, count: pattern.nodes.count)
        decides = [Bool](repeating: false, count: pattern.groups.count)
        let isRegular = Self.isRegular(pattern)
        // Groups in look-around do not make Ruby look at groups.
        var holdsGroup = isCounted
        var isWatched = isCounted
        for (index, node) in pattern.nodes.enumerated() {
            switch node {
            case .capture(let number, let body):
                holdsGroup[index] = !pattern.isTransparent(number) || holdsGroup[Int(body)]
            case .call: holdsGroup[index] = true
            case .lookAhead, .lookBehind: break
            case .repetition(let body, let minimum, let maximum, let isLazy):
                holdsGroup[index] = holdsGroup[Int(body)] && maximum > 0
                guard maximum > 1, shape.canBeEmpty[Int(body)] else { continue }
                let isLoopAlone = sizes.isLoopAlone(body, minimum, maximum, isLazy: isLazy)
                // Where it must match once, and sets no group, an automaton tells no difference.
                isCounted[index] = isLoopAlone && (minimum != 1 || holdsGroup[Int(body)] || !isRegular)
                isWatched[Int(body)] = holdsGroup[Int(body)] && (isLoopAlone || maximum == SyntaxTree.unbounded)
            default: pattern.forEachChild(of: node) { holdsGroup[index] = holdsGroup[index] || holdsGroup[Int($0)] }
            }
        }
        var isAnyCalled = false
        for (index, node) in pattern.nodes.enumerated().reversed() where isWatched[index] {
            switch node {
            case .capture(let number, _): decides[Int(number)] = !pattern.isTransparent(number)
            case .call: isAnyCalled = true
            default: break
            }
            pattern.forEachChild(of: node) { isWatched[Int($0)] = true }
        }
        // What is called may set any group.
        if isAnyCalled { decides = decides.indices.map { !pattern.isTransparent(Int32($0)) } }
    }
}

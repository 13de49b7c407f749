/// Which groups call which: what calls mean, which of them are recursive, and which recursion never ends.
struct CallGraph {
    private let pattern: ParsedPattern
    /// The group of each call.
    private(set) var targets: [Int32] = []
    /// Groups with the same number call each other, directly or not.
    private var component: [Int32] = []
    private var edges = Edges()

    /// All edges `from` -> `to` in the order of `from`.
    private struct Edges {
        private(set) var starts: [Int] = []
        private(set) var ends: [Int32] = []

        init() {}

        init(_ pairs: [(from: Int32, to: Int32)], count: Int) {
            starts = [Int](repeating: 0, count: count + 1)
            for pair in pairs { starts[Int(pair.from) + 1] += 1 }
            for index in 1...count { starts[index] += starts[index - 1] }
            ends = [Int32](repeating: 0, count: pairs.count)
            var next = starts
            for pair in pairs {
                ends[next[Int(pair.from)]] = pair.to
                next[Int(pair.from)] += 1
            }
        }

        subscript(from: Int32) -> Range<Int> { starts[Int(from)]..<starts[Int(from) + 1] }
    }

    init(of pattern: ParsedPattern) throws(PatternError) {
        self.pattern = pattern
        for call in pattern.calls { targets.append(try Self.group(of: call, in: pattern)) }
        var pairs: [(from: Int32, to: Int32)] = []
        for group in pattern.groups.indices.dropFirst() { pairs.append((pattern.groups[group].parent, Int32(group))) }
        for (call, target) in zip(pattern.calls, targets) { pairs.append((call.caller, target)) }
        edges = Edges(pairs, count: pattern.groups.count)
        findComponents()
    }

    private static func group(
        of call: ParsedPattern.Call, in pattern: ParsedPattern
    ) throws(PatternError) -> Int32 {
        switch call.target {
        case .number(0): return 0
        case .number(let number):
            if pattern.hasNames { throw .refused("numbered backref/call is not allowed. (use name)") }
            guard number < pattern.groups.count else { throw .refused("undefined group reference") }
            return number
        case .name(let name):
            guard let groups = pattern.names[name] else { throw .refused("undefined name call") }
            guard groups.count == 1 else { throw .refused("multiplex definition name call") }
            return groups[0]
        }
    }

    /// Whether what a call calls leads back to where it stands.
    func isRecursive(_ call: Int32) -> Bool {
        component[Int(targets[Int(call)])] == component[Int(pattern.calls[Int(call)].caller)]
    }

    /// Tarjan's algorithm with its stack on the heap.
    private mutating func findComponents() {
        let count = pattern.groups.count
        component = [Int32](repeating: -1, count: count)
        var order = [Int32](repeating: -1, count: count)
        var lowest = order
        var open: [Int32] = []
        var path: [(group: Int32, edge: Int)] = [(0, edges[0].lowerBound)]
        var counter: Int32 = 0
        var componentCount: Int32 = 0
        while let (group, edge) = path.last {
            if order[Int(group)] < 0 {
                order[Int(group)] = counter
                lowest[Int(group)] = counter
                counter += 1
                open.append(group)
            }
            if edge < edges[group].upperBound {
                path[path.count - 1].edge += 1
                let target = edges.ends[edge]
                if order[Int(target)] < 0 {
                    path.append((target, edges[target].lowerBound))
                } else if component[Int(target)] < 0 {
                    lowest[Int(group)] = min(lowest[Int(group)], order[Int(target)])
                }
                continue
            }
            path.removeLast()
            if lowest[Int(group)] == order[Int(group)] {
                while let member = open.popLast() {
                    component[Int(member)] = componentCount
                    if member == group { break }
                }
                componentCount += 1
            }
            if let caller = path.last?.group {
                lowest[Int(caller)] = min(lowest[Int(caller)], lowest[Int(group)])
            }
        }
    }

    /// Of each node, whether it holds a group that is called.
    var holdsCalledGroup: [Bool] {
        var isCalled = [Bool](repeating: false, count: pattern.groups.count)
        for target in targets { isCalled[Int(target)] = true }
        var holds: [Bool] = []
        holds.reserveCapacity(pattern.nodes.count)
        for node in pattern.nodes {
            var isFound = if case .capture(let number, _) = node { isCalled[Int(number)] } else { false }
            pattern.forEachChild(of: node) { isFound = isFound || holds[Int($0)] }
            holds.append(isFound)
        }
        return holds
    }

    // MARK: Never ending recursion

    /// - Parameter canBeEmpty: of each node, whether it may match nothing, as far as Ruby looks.
    func checkRecursion(canBeEmpty: [Bool]) throws(PatternError) {
        guard targets.indices.contains(where: { isRecursive(Int32($0)) }) else { return }
        var isEndless = hasLeftRecursion(canBeEmpty: canBeEmpty)
        if !isEndless { isEndless = try hasEndlessRecursion() }
        if isEndless { throw .refused("never ending recursion") }
    }

    /// Whether a group can come back to itself before anything has been consumed.
    private func hasLeftRecursion(canBeEmpty: [Bool]) -> Bool {
        var isHead = [Bool](repeating: false, count: pattern.nodes.count)
        isHead[Int(pattern.root)] = true
        var pairs: [(from: Int32, to: Int32)] = []
        for index in pattern.nodes.indices.reversed() {
            let node = pattern.nodes[index]
            switch node {
            case .sequence(let run):
                var head = isHead[index]
                for child in pattern.members(run) {
                    isHead[Int(child)] = head
                    head = head && canBeEmpty[Int(child)]
                }
            case .capture(let number, let body):
                if isHead[index] { pairs.append((pattern.groups[Int(number)].parent, number)) }
                isHead[Int(body)] = true
            case .call(let call):
                if isHead[index] { pairs.append((pattern.calls[Int(call)].caller, targets[Int(call)])) }
            default:
                pattern.forEachChild(of: node) { isHead[Int($0)] = isHead[index] }
            }
        }
        return Self.hasCycle(Edges(pairs, count: pattern.groups.count), count: pattern.groups.count)
    }

    private static func hasCycle(_ edges: Edges, count: Int) -> Bool {
        var incoming = [Int](repeating: 0, count: count)
        for target in edges.ends { incoming[Int(target)] += 1 }
        var ready = (0..<Int32(count)).filter { incoming[Int($0)] == 0 }
        var removed = 0
        while let group = ready.popLast() {
            removed += 1
            for edge in edges[group] {
                let target = edges.ends[edge]
                incoming[Int(target)] -= 1
                if incoming[Int(target)] == 0 { ready.append(target) }
            }
        }
        return removed < count
    }

    /// How many nodes are looked at to find recursion without an end.
    private static let mostVisits = 1_000_000

    /// Whether a group cannot be left without coming back to it.
    private func hasEndlessRecursion() throws(PatternError) -> Bool {
        var visits = 0
        let endless = try endlessGroups(goal: nil, &visits)
        for group in pattern.groups.indices where endless[group] {
            if try endlessGroups(goal: Int32(group), &visits)[group] { return true }
        }
        return false
    }

    /// The groups whose every way leads to the goal; without one, the groups that cannot be left.
    private func endlessGroups(goal: Int32?, _ visits: inout Int) throws(PatternError) -> [Bool] {
        var groups = [Bool](repeating: goal == nil, count: pattern.groups.count)
        var isBound = [Bool](repeating: false, count: pattern.nodes.count)
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            visits += pattern.nodes.count
            guard visits <= Self.mostVisits else { throw .tooLarge("the calls of the pattern are too entangled") }
            for index in pattern.nodes.indices {
                switch pattern.nodes[index] {
                case .empty, .keep, .text, .set, .namedSet, .assertion, .backReference, .graphemeCluster: break
                case .sequence(let run): isBound[index] = pattern.members(run).contains { isBound[Int($0)] }
                case .alternation(let run): isBound[index] = pattern.members(run).allSatisfy { isBound[Int($0)] }
                case .repetition(let body, let minimum, _, _): isBound[index] = minimum > 0 && isBound[Int(body)]
                case .call(let call):
                    isBound[index] = targets[Int(call)] == goal || groups[Int(targets[Int(call)])]
                case .capture(let number, let body):
                    if groups[Int(number)] != isBound[Int(body)] {
                        groups[Int(number)] = isBound[Int(body)]
                        hasChanged = true
                    }
                    isBound[index] = number == goal || isBound[Int(body)]
                case .conditional(_, let body):
                    if case .alternation = pattern.nodes[Int(body)] { isBound[index] = isBound[Int(body)] }
                case .options(let body), .lookAhead(let body, _), .lookBehind(let body, _), .atomic(let body),
                    .absence(let body):
                    isBound[index] = isBound[Int(body)]
                }
            }
            if groups[0] != isBound[Int(pattern.root)] {
                groups[0] = isBound[Int(pattern.root)]
                hasChanged = true
            }
        }
        return groups
    }
}

/// What binds the beginning and the end of each part of a pattern, found from the bottom up.
struct PatternEdges {
    private struct Edge: OptionSet {
        let rawValue: UInt8

        /// It is the beginning or end of a line or of the text.
        static let anchored = Edge(rawValue: 1)
        /// It may be in the middle of a line. Beside `.*` is neither: an anchor there would change nothing.
        static let free = Edge(rawValue: 2)
    }

    private struct Facts {
        var start: Edge = []
        var end: Edge = []
        /// It consumes nothing.
        var isEmpty = false
    }

    private let pattern: ParsedPattern
    private var facts: [Facts] = []

    init(of pattern: ParsedPattern) {
        self.pattern = pattern
        facts.reserveCapacity(pattern.nodes.count)
        for (place, node) in pattern.nodes.enumerated() { facts.append(facts(of: node, at: place)) }
    }

    private subscript(_ node: ParsedPattern.Index) -> Facts { facts[Int(node)] }

    /// See ``PatternOutline/isLoose``.
    var isLoose: Bool { self[pattern.root].start.union(self[pattern.root].end).contains(.free) }

    /// See ``PatternOutline/isHalfAnchored``.
    var isHalfAnchored: Bool {
        var node = pattern.root
        var (isStartBound, isEndBound) = (false, false)
        while true {
            switch pattern.nodes[Int(node)] {
            case .options(let body), .capture(_, let body), .atomic(let body): node = body
            case .sequence(let run):
                var parts = pattern.members(run)
                while let first = parts.first, self[first].isEmpty {
                    isStartBound = isStartBound || self[first].start == .anchored
                    parts.removeFirst()
                }
                while let last = parts.last, self[last].isEmpty {
                    isEndBound = isEndBound || self[last].end == .anchored
                    parts.removeLast()
                }
                guard let only = parts.first, parts.count == 1 else { return false }
                node = only
            case .alternation(let run):
                // What is nothing but anchors stands there for itself: ^$|x.
                let alternatives = pattern.members(run).map { self[$0] }.filter { !$0.isEmpty }
                return !isStartBound && Self.isMixed(alternatives.map(\.start))
                    || !isEndBound && Self.isMixed(alternatives.map(\.end))
            default: return false
            }
        }
    }

    private static func isMixed(_ edges: [Edge]) -> Bool { edges.contains(.anchored) && edges.contains(.free) }

    private func facts(of node: ParsedPattern.Node, at place: Int) -> Facts {
        switch node {
        case .empty, .keep: Facts(isEmpty: true)
        case .assertion(let assertion): Self.facts(of: assertion)
        case .lookAhead, .lookBehind: Facts(start: .free, end: .free, isEmpty: true)
        case .text, .set, .namedSet, .graphemeCluster, .backReference, .call, .absence: Facts(start: .free, end: .free)
        case .sequence(let run):
            Facts(
                start: edge(of: pattern.members(run), at: \.start),
                end: edge(of: pattern.members(run).reversed(), at: \.end),
                isEmpty: pattern.members(run).allSatisfy { self[$0].isEmpty })
        case .alternation(let run):
            pattern.members(run).reduce(into: Facts(isEmpty: true)) { all, child in
                all.start.formUnion(self[child].start)
                all.end.formUnion(self[child].end)
                all.isEmpty = all.isEmpty && self[child].isEmpty
            }
        case .repetition(let body, _, _, _):
            pattern.isRunOfDots(Int32(place))
                ? Facts() : Facts(start: self[body].start.union(.free), end: self[body].end.union(.free))
        case .capture(_, let body), .options(let body), .atomic(let body), .conditional(_, let body): self[body]
        }
    }

    private static func facts(of assertion: SyntaxTree.Assertion) -> Facts {
        switch assertion {
        case .lineStart, .textStart: Facts(start: .anchored, isEmpty: true)
        case .lineEnd, .textEnd, .textEndOrLastLineBreak: Facts(end: .anchored, isEmpty: true)
        case .wordBoundary, .noWordBoundary, .asciiWordBoundary, .noASCIIWordBoundary:
            Facts(start: .free, end: .free, isEmpty: true)
        }
    }

    /// The edge of a sequence, whose parts come with the outermost first.
    private func edge(of parts: some Sequence<ParsedPattern.Index>, at side: KeyPath<Facts, Edge>) -> Edge {
        let outermost = parts.first { self[$0][keyPath: side].contains(.anchored) || !self[$0].isEmpty }
        return outermost.map { self[$0][keyPath: side] } ?? []
    }
}

@testable import RubyRegex

/// A pattern that can be written for Ruby and as a tree, so that the machine is tested apart from the parser.
indirect enum PatternShape {
    case text(String)
    /// Its spelling for Ruby, and what it holds.
    case set(String, CodePointSet)
    case assertion(SyntaxTree.Assertion)
    case sequence([PatternShape])
    case alternation([PatternShape])
    case repetition(PatternShape, Int32, Int32, SyntaxTree.Greed)
    case capture(Int32, PatternShape)
    case lookAhead(PatternShape, isNegative: Bool)
    case lookBehind(PatternShape, Int32, isNegative: Bool)
    case atomic(PatternShape)
    case backReference(Int32, ignoresCase: Bool, level: Int32?)
    case call(Int32)
    case conditional(Int32, PatternShape, PatternShape)
    case absence(PatternShape)
    case graphemeCluster

    var pattern: String {
        switch self {
        case .text(let text): text
        case .set(let spelling, _): spelling
        case .assertion(let assertion): Self.spelling(of: assertion)
        case .sequence(let parts): parts.map(\.enclosedAlternation).joined()
        case .alternation(let parts): parts.map(\.pattern).joined(separator: "|")
        case .repetition(let body, let minimum, let maximum, let greed):
            "(?:\(body.pattern))\(Self.quantifier(minimum, maximum, greed))"
        case .capture(_, let body): "(\(body.pattern))"
        case .lookAhead(let body, let isNegative): "(?\(isNegative ? "!" : "=")\(body.pattern))"
        case .lookBehind(let body, _, let isNegative): "(?<\(isNegative ? "!" : "=")\(body.pattern))"
        case .atomic(let body): "(?>\(body.pattern))"
        case .backReference(let number, let ignoresCase, let level):
            (ignoresCase ? "(?i:" : "") + "\\k<\(number)\(level.map { $0 < 0 ? "\($0)" : "+\($0)" } ?? "")>"
                + (ignoresCase ? ")" : "")
        case .call(let number): "\\g<\(number)>"
        case .conditional(let number, let yes, let no):
            "(?(\(number))\(yes.enclosedAlternation)|\(no.enclosedAlternation))"
        case .absence(let body): "(?~\(body.pattern))"
        case .graphemeCluster: "\\X"
        }
    }

    private var enclosedAlternation: String {
        if case .alternation = self { return "(?:\(pattern))" }
        return pattern
    }

    private static func quantifier(_ minimum: Int32, _ maximum: Int32, _ greed: SyntaxTree.Greed) -> String {
        let bounds =
            switch (minimum, maximum) {
            case (0, 1): "?"
            case (0, SyntaxTree.unbounded): "*"
            case (1, SyntaxTree.unbounded): "+"
            case (_, SyntaxTree.unbounded): "{\(minimum),}"
            case (let one, let other) where one == other: "{\(one)}"
            default: "{\(minimum),\(maximum)}"
            }
        return bounds + (greed == .lazy ? "?" : greed == .possessive ? "+" : "")
    }

    private static func spelling(of assertion: SyntaxTree.Assertion) -> String {
        switch assertion {
        case .lineStart: "^"
        case .lineEnd: "$"
        case .textStart: "\\A"
        case .textEnd: "\\z"
        case .textEndOrLastLineBreak: "\\Z"
        case .wordBoundary: "\\b"
        case .noWordBoundary: "\\B"
        case .asciiWordBoundary: "(?a:\\b)"
        case .noASCIIWordBoundary: "(?a:\\B)"
        }
    }
}

extension PatternShape {
    /// The tree as a parser makes it: groups that nothing refers to are their bodies.
    func tree() -> SyntaxTree {
        var tree = SyntaxTree()
        var referred: Set<Int32> = []
        collectReferences(into: &referred)
        _ = append(to: &tree, referred)
        return tree
    }

    private var children: [PatternShape] {
        switch self {
        case .sequence(let parts), .alternation(let parts): parts
        case .repetition(let body, _, _, _), .capture(_, let body), .lookAhead(let body, _),
            .lookBehind(let body, _, _),
            .atomic(let body), .absence(let body):
            [body]
        case .conditional(_, let yes, let no): [yes, no]
        default: []
        }
    }

    private func collectReferences(into referred: inout Set<Int32>) {
        switch self {
        case .backReference(let number, _, _), .call(let number), .conditional(let number, _, _):
            referred.insert(number)
        default: break
        }
        for child in children { child.collectReferences(into: &referred) }
    }

    private func append(to tree: inout SyntaxTree, _ referred: Set<Int32>) -> Int32 {
        let parts = children.map { $0.append(to: &tree, referred) }
        func run(_ values: [Int32]) -> SyntaxTree.Children {
            tree.children += values
            return SyntaxTree.Children(first: Int32(tree.children.count - values.count), count: Int32(values.count))
        }
        let node: SyntaxTree.Node
        switch self {
        case .text(let text):
            let scalars = text.unicodeScalars.map(\.value)
            tree.scalars += scalars
            node = .text(
                SyntaxTree.Children(first: Int32(tree.scalars.count - scalars.count), count: Int32(scalars.count)))
        case .set(_, let set):
            tree.sets.append(set)
            node = .set(Int32(tree.sets.count - 1))
        case .assertion(let assertion): node = .assertion(assertion)
        case .sequence: node = .sequence(run(parts))
        case .alternation: node = .alternation(run(parts))
        case .repetition(_, let minimum, let maximum, let greed):
            node = .repetition(parts[0], minimum: minimum, maximum: maximum, greed)
        case .capture(let number, _):
            guard referred.contains(number) else { return parts[0] }
            tree.captureCount = max(tree.captureCount, number)
            node = .capture(number: number, parts[0])
        case .lookAhead(_, let isNegative): node = .lookAhead(parts[0], isNegative: isNegative)
        case .lookBehind(_, let length, let isNegative):
            node = .lookBehind(parts[0], length: length, isNegative: isNegative)
        case .atomic: node = .atomic(parts[0])
        case .backReference(let number, let ignoresCase, let level):
            node = .backReference(groups: run([number]), ignoresCase: ignoresCase, level: level)
        case .call(let number): node = .call(number)
        case .conditional(let number, _, _): node = .conditional(groups: run([number]), yes: parts[0], no: parts[1])
        case .absence: node = .absence(parts[0])
        case .graphemeCluster: node = .graphemeCluster
        }
        tree.nodes.append(node)
        return Int32(tree.nodes.count - 1)
    }
}

/// How a pattern is put together, as far as that tells that its author may have meant something else.
///
/// It says nothing about what the pattern matches; that is ``RubyPattern``'s.
package struct PatternOutline: Hashable, Sendable {
    /// The pattern is a choice, and an anchor binds some of the alternatives and not the others: `^a|b$`.
    package let isHalfAnchored: Bool
    /// A match may begin or end in the middle of a line: anchors around the pattern would change what it matches.
    package let isLoose: Bool
    /// A dot that may be any character stands where names have a literal one: `user.created`, `.*.json`.
    package let hasDotInName: Bool

    /// Reads a pattern. Takes time linear in it.
    /// - Parameter pattern: as for ``RubyPattern/init(_:)``.
    /// - Throws: ``PatternError``, though not for all that ``RubyPattern`` refuses.
    package init(_ pattern: [UInt8]) throws(PatternError) {
        let text = try PatternText(pattern)
        let parsed = try PatternParser.read(text, as: text.modes[0])
        let edges = PatternEdges(of: parsed)
        isHalfAnchored = edges.isHalfAnchored
        isLoose = edges.isLoose
        hasDotInName = DottedNames(in: parsed).isAny
    }
}

extension ParsedPattern {
    /// Whether a node is `.`, with or without the option `m`.
    func isDot(_ node: Index) -> Bool {
        if case .namedSet(_, isDot: true) = nodes[Int(node)] { true } else { false }
    }

    /// Whether a node is `.*`, `.+` or the like.
    func isRunOfDots(_ node: Index) -> Bool {
        guard case .repetition(let body, _, SyntaxTree.unbounded, _) = nodes[Int(node)] else { return false }
        return isDot(body)
    }
}

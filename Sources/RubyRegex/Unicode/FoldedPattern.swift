/// What a text or a class of a pattern stands for under `i`, where that is more than sets of code points in a row.
enum FoldedPattern: Hashable, Sendable {
    case set(CodePointSet)
    case sequence([FoldedPattern])
    /// Tried from left to right.
    case alternation([FoldedPattern])

    /// These code points and no others.
    static func exactly(_ text: some Sequence<UInt32>) -> FoldedPattern {
        .joined(text.map { .set(CodePointSet($0)) })
    }

    /// A sequence without sequences in it.
    static func joined(_ parts: [FoldedPattern]) -> FoldedPattern {
        let flat = parts.flatMap { part in
            if case .sequence(let inner) = part { inner } else { [part] }
        }
        return flat.count == 1 ? flat[0] : .sequence(flat)
    }

    static func any(of alternatives: [FoldedPattern]) -> FoldedPattern {
        alternatives.count == 1 ? alternatives[0] : .alternation(alternatives)
    }
}

/// What assertions ask of the code point on one side of a place in the text.
struct Surroundings: OptionSet, Hashable, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    /// Nothing stands before.
    static let textStart = Surroundings(rawValue: 1)
    static let lineBreak = Surroundings(rawValue: 2)
    /// A word's code point, as Unicode and as ASCII have them.
    static let word = Surroundings(rawValue: 4)
    static let asciiWord = Surroundings(rawValue: 8)
    /// Nothing stands behind.
    static let textEnd = Surroundings(rawValue: 16)
    /// The line break is the text's last code point.
    static let last = Surroundings(rawValue: 32)

    /// How many values there are of what may stand before a place.
    static let countBefore = 16
}

/// Assertions as bits, so that what several patterns use can be joined.
struct AssertionSet: OptionSet, Hashable, BitwiseCopyable, Sendable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ assertion: SyntaxTree.Assertion) { rawValue = 1 << UInt16(assertion.rawValue) }

    /// - Precondition: the instruction is an assertion.
    @inline(__always)
    init(_ instruction: AutomatonProgram.Instruction) {
        rawValue = 1 << UInt16(truncatingIfNeeded: instruction.operand)
    }

    static let lineStart = AssertionSet(.lineStart)
    static let lineEnd = AssertionSet(.lineEnd)
    static let textStart = AssertionSet(.textStart)
    static let textEnd = AssertionSet(.textEnd)
    static let textEndOrLastLineBreak = AssertionSet(.textEndOrLastLineBreak)
    static let wordBoundaries = AssertionSet([AssertionSet(.wordBoundary), AssertionSet(.noWordBoundary)])
    static let asciiWordBoundaries = AssertionSet([
        AssertionSet(.asciiWordBoundary), AssertionSet(.noASCIIWordBoundary),
    ])

    /// What these assertions ask of the code point before.
    var askedBefore: Surroundings {
        var asked: Surroundings = [.textStart]
        if contains(.lineStart) { asked.insert(.lineBreak) }
        if !isDisjoint(with: .wordBoundaries) { asked.insert(.word) }
        if !isDisjoint(with: .asciiWordBoundaries) { asked.insert(.asciiWord) }
        return asked
    }

    /// The assertions that hold at a place; `before` never says `.textEnd`, `behind` never `.textStart`.
    @inline(__always)
    static func holding(before: Surroundings, behind: Surroundings) -> AssertionSet {
        var holding: AssertionSet = []
        // After the line break that ends the text no line begins.
        if before.contains(.textStart) {
            holding.formUnion([.lineStart, .textStart])
        } else if before.contains(.lineBreak), !behind.contains(.textEnd) {
            holding.formUnion(.lineStart)
        }
        if behind.contains(.textEnd) {
            holding.formUnion([.lineEnd, .textEnd, .textEndOrLastLineBreak])
        } else if behind.contains(.lineBreak) {
            holding.formUnion(.lineEnd)
            if behind.contains(.last) { holding.formUnion(.textEndOrLastLineBreak) }
        }
        let differ = before.symmetricDifference(behind)
        holding.formUnion(AssertionSet(differ.contains(.word) ? .wordBoundary : .noWordBoundary))
        holding.formUnion(AssertionSet(differ.contains(.asciiWord) ? .asciiWordBoundary : .noASCIIWordBoundary))
        return holding
    }

    @inline(__always)
    func holds(before: Surroundings, behind: Surroundings) -> Bool {
        isSubset(of: Self.holding(before: before, behind: behind))
    }

    /// The assertions that are decided by what stands before: whether they hold is known without what stands behind.
    static func decided(before: Surroundings) -> AssertionSet {
        let isAfterLineBreak = before.contains(.lineBreak) && !before.contains(.textStart)
        return isAfterLineBreak ? .textStart : [.textStart, .lineStart]
    }
}

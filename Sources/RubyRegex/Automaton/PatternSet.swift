/// Many patterns joined, so that one look at a text tells which of them match somewhere in it.
///
/// Patterns are known by their place in the list that the set was made of. Memory: 8 bytes for each instruction and
/// each range of a distinct set, and some 100 for each pattern; a ``PatternSetScanner`` has its own.
///
/// Immutable; several threads may scan by it, each with its own ``PatternSetScanner``.
package struct PatternSet: Sendable {
    /// A pattern, or what it is for some texts.
    struct Member: Sendable {
        var program: AutomatonProgram
        var required: RequiredTexts
        var texts: TextKinds
        /// The pattern's place in the list.
        var pattern: Int

        init(
            _ program: AutomatonProgram, required: RequiredTexts = .none, texts: TextKinds = .all, pattern: Int = 0
        ) {
            self.program = program
            self.required = required
            self.texts = texts
            self.pattern = pattern
        }
    }

    /// More instructions than this, and more ranges, have to be divided into several sets.
    private static let mostInstructions = 1 << 22
    private static let mostRanges = 1 << 20

    let tables: PatternTables

    /// Takes time linear in the patterns, but for sorting the boundaries of distinct sets.
    ///
    /// - Returns: nil where the patterns are too large together (4 million instructions, a million ranges of sets).
    package init?(_ patterns: [RubyPattern]) {
        var members: [Member] = []
        members.reserveCapacity(patterns.count)
        for (place, pattern) in patterns.enumerated() {
            pattern.forEachReading { reading, texts in
                members.append(
                    Member(reading.automaton, required: reading.required, texts: texts, pattern: place))
            }
        }
        self.init(members: members)
    }

    init?(members: [Member]) {
        guard let joint = JointProgram(members, mostInstructions: Self.mostInstructions, mostRanges: Self.mostRanges)
        else { return nil }
        tables = PatternTables(members, joint)
    }
}

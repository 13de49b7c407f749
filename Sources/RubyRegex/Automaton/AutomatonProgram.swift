/// The nondeterministic automaton of one pattern, over code points.
struct AutomatonProgram: Sendable {
    /// A pattern whose counted repetitions, written out, take more states than this is replaced by a superset of it.
    static let writtenOutLimit = 10_000

    /// The automaton matches a text exactly where the pattern does. Otherwise it matches at least those texts: its "no"
    /// is the pattern's, its "yes" has to be asked of the machine.
    let isExact: Bool

    let instructions: [Instruction]
    let start: UInt32
    /// What ``AutomatonProgram/Instruction/Operation/set`` refers to.
    let sets: [CodePointSet]
    let assertions: AssertionSet

    /// Linear in the size of the tree and of the result.
    init(_ tree: SyntaxTree) {
        var sizes = ProgramSizes(of: tree, writesOutCounts: true)
        if sizes.root > Self.writtenOutLimit, sizes.hasCounts {
            sizes = ProgramSizes(of: tree, writesOutCounts: false)
        }
        var builder = ProgramBuilder(tree: tree, sizes: sizes)
        start = builder.build()
        instructions = builder.instructions
        sets = tree.sets
        assertions = builder.assertions
        isExact = builder.isExact
    }
}

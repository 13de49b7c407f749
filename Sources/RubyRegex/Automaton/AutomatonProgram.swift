/// The nondeterministic automaton of one pattern, over code points.
///
/// Whether it matches somewhere does not hang on which way is tried first, so greed and captures have left no trace.
struct AutomatonProgram: Sendable {
    /// One state. It has no meaning without its program's `sets`.
    struct State: BitwiseCopyable {
        enum Kind: UInt8, BitwiseCopyable {
            /// Goes on at `next` behind the code point `argument`.
            case scalar
            /// Goes on at `next` behind a code point of the set `argument`.
            case set
            /// Goes on at `next` and at `argument`, both without consuming.
            case split
            /// Goes on at `next` where the assertion `argument` holds.
            case assertion
            case match
        }

        var kind: Kind
        var argument: UInt32
        var next: Int32
    }

    /// So many states may be made of counted repetitions; beyond, they are relaxed to repetitions without bounds.
    static let mostStates = 10_000

    var states: [State] = []
    var sets: [CodePointSet] = []
    var start: Int32 = 0
    /// It matches where the pattern does, and nowhere else. Otherwise it matches at least where the pattern does.
    var isExact = true

    /// Builds the automaton of a tree; where the tree is beyond automata, or too large, of a superset of its texts.
    init(_ tree: SyntaxTree) {
        var builder = AutomatonBuilder(tree, countsRepetitions: true)
        if !builder.build() {
            builder = AutomatonBuilder(tree, countsRepetitions: false)
            _ = builder.build()
        }
        states = builder.states
        sets = builder.sets
        start = builder.start
        isExact = builder.isExact
    }
}

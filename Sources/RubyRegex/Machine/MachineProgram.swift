/// A pattern as the backtracking ``Machine`` runs it.
///
/// Its size is linear in the pattern: repetitions count, unless few copies of something small do.
struct MachineProgram: Sendable {
    /// The most instructions of a program.
    static let largest = 1 << 14

    /// A repetition that is counted.
    struct Loop: Sendable {
        var register: Int32
        var minimum: Int32
        var maximum: Int32
        var isLazy: Bool
        var body: Int32
    }

    /// A group that is called.
    struct Routine: Sendable {
        var start: Int32 = -1
        /// The registers of its body, which a call within the body must not change. The first has where it began.
        var registers: Range<Int32> = 0..<0
    }

    /// Groups of a back-reference or a condition.
    struct Reference: Sendable {
        /// In the order in which they are tried.
        var groups: [Int32]
        var ignoresCase: Bool
        var level: Int32?
    }

    /// What the failure at an instruction means.
    enum Scope: Sendable {
        /// The whole search fails there: a second visit fails too.
        case search
        /// The body of an atomic group does.
        case atomic
        /// The body of a look-around does, and what has once led to its end leads there again, which is an instruction.
        case lookAround(end: Int32)
    }

    /// Which places a search tries.
    enum Start: Sendable {
        case anywhere, lineStarts, textStart
    }

    var instructions: [Instruction] = []
    var bytes: [UInt8] = []
    var sets: [MachineSet] = []
    var loops: [Loop] = []
    var references: [Reference] = []
    /// By the number of the group; those that nobody calls do not start.
    var routines: [Routine] = []
    /// What each instruction with a memory number means.
    var memory: [Scope] = []
    var registerCount = 0
    /// Whether a look-behind may end elsewhere than where it stands.
    var mayEndElsewhere = false
    /// Whether the history of groups and calls is read.
    var keepsHistory = false
    var start = Start.anywhere
    /// For each byte whether a match may begin with it; empty where a match may be empty, or begin with any.
    var firstBytes: [Bool] = []

    /// - Throws: ``PatternError/tooLarge(_:)`` beyond ``largest``.
    init(_ tree: SyntaxTree) throws(PatternError) {
        var compiler = ProgramCompiler(tree)
        try compiler.run()
        self = compiler.program
        ProgramAnalysis(self).complete(&self)
    }

    /// The registers of every program: how far the text may be read, the frame of the innermost call, and how much is
    /// in use of the memory of frames and of the history; then where a back-reference last matched the empty text. Then
    /// come the groups' bounds.
    static let limit = 0
    static let frame = 1
    static let frameTop = 2
    static let historyTop = 3
    static let emptyReference = 4
    static let firstCapture = 5

    /// For a compiler to fill.
    init() {}
}

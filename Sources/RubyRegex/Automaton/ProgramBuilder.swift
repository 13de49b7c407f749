/// Writes a tree's automaton from its end to its beginning: each node is given what follows it, so that nothing has to
/// be patched but the head of a loop.
struct ProgramBuilder {
    private enum Task {
        case visit(SyntaxTree.Index)
        /// A node as an alternative to what has just been written; both go on at `exit`.
        case orElse(SyntaxTree.Index, exit: UInt32)
        /// The choice between `other` and what has just been written.
        case join(other: UInt32)
        /// The head of a loop becomes the choice between the body, just written, and `exit`.
        case closeLoop(head: UInt32, exit: UInt32, mayBeSkipped: Bool)
        case copies(SyntaxTree.Index, count: Int32)
        /// Copies that may be left out, together with those behind them.
        case optionalCopies(SyntaxTree.Index, count: Int32, exit: UInt32)
    }

    private let tree: SyntaxTree
    private let sizes: ProgramSizes
    private(set) var instructions: [AutomatonProgram.Instruction] = []
    private(set) var assertions: AssertionSet = []
    private(set) var isExact = true
    private var tasks: [Task] = []
    /// Where what has been written so far begins.
    private var entry: UInt32 = 0

    /// What is written first.
    private static let match: UInt32 = 0

    init(tree: SyntaxTree, sizes: ProgramSizes) {
        self.tree = tree
        self.sizes = sizes
        instructions.reserveCapacity(min(sizes.root, AutomatonProgram.writtenOutLimit) + 1)
        tasks.reserveCapacity(16)
    }

    /// Where the automaton begins.
    mutating func build() -> UInt32 {
        isExact = sizes.writesOutCounts
        write(AutomatonProgram.Instruction(.match))
        tasks.append(.visit(tree.root))
        while let task = tasks.popLast() {
            switch task {
            case .visit(let node): visit(tree.nodes[Int(node)])
            case .orElse(let node, let exit):
                tasks.append(.join(other: entry))
                tasks.append(.visit(node))
                entry = exit
            case .join(let other): write(AutomatonProgram.Instruction(.split, operand: other, target: entry))
            case .closeLoop(let head, let exit, let mayBeSkipped):
                instructions[Int(head)] = AutomatonProgram.Instruction(.split, operand: exit, target: entry)
                if mayBeSkipped { entry = head }
            case .copies(let body, let count):
                if count > 1 { tasks.append(.copies(body, count: count - 1)) }
                tasks.append(.visit(body))
            case .optionalCopies(let body, let count, let exit):
                if count > 1 { tasks.append(.optionalCopies(body, count: count - 1, exit: exit)) }
                tasks.append(.join(other: exit))
                tasks.append(.visit(body))
            }
        }
        return entry
    }

    private mutating func visit(_ node: SyntaxTree.Node) {
        switch node {
        case .empty: break
        case .never: write(AutomatonProgram.Instruction(.fail))
        case .text(let run):
            for place in (run.first..<run.first + run.count).reversed() {
                write(AutomatonProgram.Instruction(.scalar, operand: tree.scalars[Int(place)], target: entry))
            }
        case .set(let set): write(AutomatonProgram.Instruction(.set, operand: UInt32(set), target: entry))
        // Behind an empty back-reference, Ruby's engine sees lines and words where there are none.
        case .assertion(let assertion) where sizes.hasBackReferences && assertion.looksBack: isExact = false
        case .assertion(let assertion):
            assertions.formUnion(AssertionSet(assertion))
            write(AutomatonProgram.Instruction(.assertion, operand: UInt32(assertion.rawValue), target: entry))
        case .sequence(let run):
            for child in tree.children(run) { tasks.append(.visit(child)) }
        case .alternation(let run): visitAlternatives(tree.children(run))
        case .repetition(let body, let minimum, let maximum, let greed):
            if greed == .possessive { isExact = false }
            visitRepetition(of: body, minimum: minimum, maximum: maximum)
        case .counted(let body, let minimum, let maximum, _):
            // Any iteration may be the last.
            if minimum > 0 { isExact = false }
            visitRepetition(of: body, minimum: min(minimum, 1), maximum: maximum)
        case .capture(_, let body): tasks.append(.visit(body))
        case .lookBehind(_, _, isNegative: false) where tree.mayEndElsewhere:
            // What follows may match a text that has been consumed already.
            isExact = false
            entry = Self.match
        case .lookAhead, .lookBehind: isExact = false
        case .atomic(let body):
            isExact = false
            tasks.append(.visit(body))
        case .conditional(_, let yes, let no):
            isExact = false
            visitAlternatives([yes, no])
        case .backReference, .call, .absence: visitAnyText(isNeverEmpty: false)
        case .graphemeCluster: visitAnyText(isNeverEmpty: true)
        }
    }

    private mutating func visitAlternatives(_ alternatives: ArraySlice<SyntaxTree.Index>) {
        guard let first = alternatives.first else { return write(AutomatonProgram.Instruction(.fail)) }
        for alternative in alternatives.dropFirst().reversed() { tasks.append(.orElse(alternative, exit: entry)) }
        tasks.append(.visit(first))
    }

    private mutating func visitRepetition(of body: SyntaxTree.Index, minimum: Int32, maximum: Int32) {
        let copies = sizes.copies(minimum: minimum, maximum: maximum)
        var mandatory = copies.mandatory
        if copies.loops, mandatory > 0 { mandatory -= 1 }
        if mandatory > 0 { tasks.append(.copies(body, count: mandatory)) }
        if copies.optional > 0 { tasks.append(.optionalCopies(body, count: copies.optional, exit: entry)) }
        if copies.loops {
            let exit = entry
            write(AutomatonProgram.Instruction(.split))
            tasks.append(.closeLoop(head: entry, exit: exit, mayBeSkipped: copies.mandatory == 0))
            tasks.append(.visit(body))
        }
    }

    /// In the place of what no automaton can express.
    private mutating func visitAnyText(isNeverEmpty: Bool) {
        isExact = false
        let exit = entry
        write(AutomatonProgram.Instruction(.split))
        let head = entry
        write(AutomatonProgram.Instruction(.any, target: head))
        instructions[Int(head)] = AutomatonProgram.Instruction(.split, operand: exit, target: entry)
        if !isNeverEmpty { entry = head }
    }

    private mutating func write(_ instruction: AutomatonProgram.Instruction) {
        entry = UInt32(instructions.count)
        instructions.append(instruction)
    }
}

extension SyntaxTree.Assertion {
    /// Whether it asks for the character before it.
    fileprivate var looksBack: Bool {
        switch self {
        case .lineStart, .wordBoundary, .noWordBoundary, .asciiWordBoundary, .noASCIIWordBoundary: true
        case .lineEnd, .textStart, .textEnd, .textEndOrLastLineBreak: false
        }
    }
}

/// Writes a tree as instructions, with a stack of tasks instead of recursion.
struct ProgramCompiler {
    typealias Index = SyntaxTree.Index

    /// What surrounds the instructions that are written now.
    struct Context {
        /// The scope whose failure a choice may remember; nil where the outcome depends on more than the place.
        var scope: Int32?
        /// Whether the text that may be read is bounded by an absence.
        var isInAbsence = false
        /// Whether going back forgets groups here.
        var forgets = false
    }

    /// An iteration that may be empty.
    struct Iteration {
        var register: Int32
        var setsCaptures: Bool
    }

    enum Task {
        case visit(Index)
        case emit(Instruction.Operation, Int32, Int32)
        /// The next instruction becomes the `second` (or the `first`) of that at the place.
        case bindSecond(Int32)
        case bindFirst(Int32)
        /// The rest of an alternation: children from `next` to `end`, and the last of the jumps behind it.
        case alternatives(next: Int32, end: Int32, jumps: Int32)
        case nextAlternative(split: Int32, next: Int32, end: Int32, jumps: Int32)
        /// Behind the yes of a condition.
        case otherwise(condition: Int32, Index)
        /// Copies of a body, each within the one before.
        case optional(Index, copies: Int32, isLazy: Bool)
        case star(Index, isLazy: Bool)
        case closeStar(split: Int32, Iteration?, isLazy: Bool)
        case closeLoop(split: Int32?, Iteration?, loop: Int32)
        case endScope(Int32)
        case restore(Context)
        case closeRoutine(number: Int32, jump: Int32)
    }

    let tree: SyntaxTree
    let facts: TreeFacts
    var program = MachineProgram()
    var tasks: [Task] = []
    var context = Context(scope: 0)
    /// The scopes, by their number; the first is the search.
    var scopes: [MachineProgram.Scope] = [.search]
    /// The scope of each instruction that may remember; filled by `split`.
    var scopeOfInstruction: [Int32: Int32] = [:]

    init(_ tree: SyntaxTree) {
        self.tree = tree
        facts = TreeFacts(tree)
        program.sets = tree.sets.map(MachineSet.init)
        let captureCount = Int(tree.captureCount) + 1
        program.routines = Array(repeating: MachineProgram.Routine(), count: captureCount)
        program.registerCount = MachineProgram.firstCapture + 2 * captureCount
        program.keepsHistory = facts.readsHistory
        program.mayEndElsewhere = tree.mayEndElsewhere
    }

    mutating func run() throws(PatternError) {
        tasks = [.emit(.accept, 0, 0)]
        if facts.called.contains(0) {
            emit(.call, 0)
            openRoutine(0, body: tree.root)
        } else {
            tasks.append(.visit(tree.root))
        }
        while let task = tasks.popLast() {
            perform(task)
            guard program.instructions.count <= MachineProgram.largest, tasks.count <= MachineProgram.largest else {
                throw .tooLarge("a program of more than \(MachineProgram.largest) instructions")
            }
        }
        for (place, scope) in scopeOfInstruction.sorted(by: { $0.key < $1.key }) {
            program.instructions[Int(place)].memory = Int32(program.memory.count)
            program.memory.append(scopes[Int(scope)])
        }
    }

    var here: Int32 { Int32(program.instructions.count) }

    @discardableResult
    mutating func emit(_ operation: Instruction.Operation, _ first: Int32 = 0, _ second: Int32 = 0) -> Int32 {
        program.instructions.append(Instruction(operation: operation, first: first, second: second))
        return here - 1
    }

    /// A choice, whose outcome can be remembered where it depends on the place alone.
    mutating func split(_ first: Int32, _ second: Int32) -> Int32 {
        if let scope = context.scope { scopeOfInstruction[here] = scope }
        return emit(.split, first, second)
    }

    mutating func register(_ count: Int = 1) -> Int32 {
        defer { program.registerCount += count }
        return Int32(program.registerCount)
    }

    /// Puts a scope around what is written until ``Task/restore(_:)``; returns its number.
    @discardableResult
    mutating func openScope(_ scope: MachineProgram.Scope) -> Int32 {
        scopes.append(scope)
        context.scope = context.isInAbsence ? nil : Int32(scopes.count - 1)
        return Int32(scopes.count - 1)
    }

    private mutating func perform(_ task: Task) {
        switch task {
        case .visit(let node): visit(node)
        case .emit(let operation, let first, let second): emit(operation, first, second)
        case .bindSecond(let place): program.instructions[Int(place)].second = here
        case .bindFirst(let place): program.instructions[Int(place)].first = here
        case .alternatives(let next, let end, let jumps): alternatives(next, end, jumps)
        case .nextAlternative(let split, let next, let end, let jumps):
            let jump = emit(.jump, jumps)
            program.instructions[Int(split)].second = here
            tasks.append(.alternatives(next: next, end: end, jumps: jump))
        case .otherwise(let condition, let no):
            let jump = emit(.jump)
            program.instructions[Int(condition)].second = here
            tasks += [.bindFirst(jump), .visit(no)]
        case .optional(let body, let copies, let isLazy): optional(body, copies, isLazy)
        case .star(let body, let isLazy): star(body, isLazy)
        case .closeStar(let split, let iteration, let isLazy): closeStar(split, iteration, isLazy)
        case .closeLoop(let split, let iteration, let loop): closeLoop(split, iteration, loop)
        case .endScope(let scope): scopes[Int(scope)] = .lookAround(end: here)
        case .restore(let context): self.context = context
        case .closeRoutine(let number, let jump): closeRoutine(number, jump)
        }
    }

    private mutating func alternatives(_ next: Int32, _ end: Int32, _ jumps: Int32) {
        guard next < end else { return bind(jumps) }
        let child = tree.children[Int(next)]
        if next == end - 1 {
            tasks += [.alternatives(next: end, end: end, jumps: jumps), .visit(child)]
        } else {
            let split = split(here + 1, 0)
            tasks += [.nextAlternative(split: split, next: next + 1, end: end, jumps: jumps), .visit(child)]
        }
    }

    /// The next instruction becomes the aim of a chain of jumps, of which each names the one before it.
    private mutating func bind(_ jumps: Int32) {
        var jump = jumps
        while jump >= 0 {
            let previous = program.instructions[Int(jump)].first
            program.instructions[Int(jump)].first = here
            jump = previous
        }
    }
}

/// Makes the states of a tree from its end to its beginning: a node is compiled when it is known what comes behind it,
/// so no state is ever corrected but the head of a loop.
struct AutomatonBuilder {
    private enum Task {
        case compile(SyntaxTree.Index)
        /// What comes behind the next node is this state.
        case goOn(at: Int32)
        /// The state just made begins one alternative.
        case keepEntry
        /// Joins so many alternatives.
        case join(Int)
        /// The state just made begins the body of the loop with this head.
        case closeLoop(head: Int32)
        /// What begins at the state just made may be left out.
        case orElse(Int32)
    }

    private let tree: SyntaxTree
    private let countsRepetitions: Bool
    private let anything = CodePointSet.all
    private var tasks: [Task] = []
    private var entries: [Int32] = []
    /// Bounds the work of repetitions whose bodies make no states.
    private var repetitions = 0

    private(set) var states: [AutomatonProgram.State] = []
    private(set) var sets: [CodePointSet]
    private(set) var isExact: Bool
    /// The state that the node compiled last begins with.
    private(set) var start: Int32 = 0

    /// - Parameter countsRepetitions: whether `x{2,5}` is five times `x`; otherwise it is `x+`.
    init(_ tree: SyntaxTree, countsRepetitions: Bool) {
        self.tree = tree
        self.countsRepetitions = countsRepetitions
        isExact = true
        sets = tree.sets
    }

    /// False when counted repetitions make it too large.
    mutating func build() -> Bool {
        start = add(.match, 0, -1)
        tasks = [.compile(tree.root)]
        while let task = tasks.popLast() {
            switch task {
            case .compile(let node): compile(tree.nodes[Int(node)])
            case .goOn(let state): start = state
            case .keepEntry: entries.append(start)
            case .join(let count):
                start = entries[entries.count - 1]
                for entry in entries.suffix(count).dropLast().reversed() { start = split(entry, start) }
                entries.removeLast(count)
            case .closeLoop(let head):
                states[Int(head)].next = start
                start = head
            case .orElse(let state): start = split(start, state)
            }
            if countsRepetitions, repetitions > 0, repetitions + states.count > AutomatonProgram.mostStates {
                return false
            }
        }
        return true
    }

    private mutating func compile(_ node: SyntaxTree.Node) {
        switch node {
        case .empty: break
        case .never: start = add(.set, setNumber(CodePointSet()), -1)
        case .text(let run):
            for place in (run.first..<run.first + run.count).reversed() {
                start = add(.scalar, tree.scalars[Int(place)], start)
            }
        case .set(let number): start = add(.set, UInt32(number), start)
        case .assertion(let assertion): start = add(.assertion, UInt32(assertion.rawValue), start)
        case .sequence(let run): for child in tree.children(run) { tasks.append(.compile(child)) }
        case .alternation(let run): alternate(Array(tree.children(run)))
        case .repetition(let body, let minimum, let maximum, let greed):
            if greed == .possessive { isExact = false }
            if let again = counts(minimum, maximum) {
                tasks.append(contentsOf: repeatElement(.compile(body), count: again))
            }
            repeatFreely(body, minimum, maximum)
        case .capture(_, let body): tasks.append(.compile(body))
        case .atomic(let body):
            isExact = false
            tasks.append(.compile(body))
        case .lookAhead, .lookBehind: isExact = false
        case .conditional(_, let yes, let no):
            isExact = false
            alternate([yes, no])
        case .backReference, .call, .absence:
            isExact = false
            loopOverAnything()
        case .graphemeCluster:
            isExact = false
            loopOverAnything()
            start = add(.set, setNumber(anything), start)
        }
    }

    // MARK: Parts

    private mutating func alternate(_ alternatives: [SyntaxTree.Index]) {
        tasks.append(.join(alternatives.count))
        for alternative in alternatives {
            tasks.append(.keepEntry)
            tasks.append(.compile(alternative))
            tasks.append(.goOn(at: start))
        }
    }

    /// How often the body has to occur before ``repeatFreely(_:_:_:)`` sees to the rest.
    private mutating func counts(_ minimum: Int32, _ maximum: Int32) -> Int? {
        guard minimum > 0 else { return nil }
        let kept = countsRepetitions ? Int(min(minimum, Int32(AutomatonProgram.mostStates))) : 1
        if kept > 1 { repetitions += kept }
        return kept
    }

    private mutating func repeatFreely(_ body: SyntaxTree.Index, _ minimum: Int32, _ maximum: Int32) {
        let isRelaxed = !countsRepetitions && maximum != SyntaxTree.unbounded && maximum > 1
        if isRelaxed || (!countsRepetitions && minimum > 1) { isExact = false }
        if maximum == SyntaxTree.unbounded || isRelaxed {
            let head = split(-1, start)
            tasks.append(.closeLoop(head: head))
            tasks.append(.compile(body))
            start = head
            return
        }
        let optional = Int(min(maximum - minimum, Int32(AutomatonProgram.mostStates)))
        if optional > 1 { repetitions += optional }
        for _ in 0..<optional {
            tasks.append(.orElse(start))
            tasks.append(.compile(body))
        }
    }

    private mutating func loopOverAnything() {
        let head = split(-1, start)
        states[Int(head)].next = add(.set, setNumber(anything), head)
        start = head
    }

    // MARK: States

    private mutating func add(_ kind: AutomatonProgram.State.Kind, _ argument: UInt32, _ next: Int32) -> Int32 {
        states.append(.init(kind: kind, argument: argument, next: next))
        return Int32(states.count - 1)
    }

    private mutating func split(_ first: Int32, _ second: Int32) -> Int32 {
        add(.split, UInt32(bitPattern: second), first)
    }

    private mutating func setNumber(_ set: CodePointSet) -> UInt32 {
        if let last = sets.last, last == set { return UInt32(sets.count - 1) }
        sets.append(set)
        return UInt32(sets.count - 1)
    }
}

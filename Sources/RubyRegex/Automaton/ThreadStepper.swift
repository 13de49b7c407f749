/// Moves threads, which are places in the automata, over one class of code points at a time.
///
/// A thread stands at an instruction that consumes something, or at an assertion that waits for what stands behind. Its
/// memory is 4 bytes for each instruction and pattern, and lists of threads that are no longer than the instructions.
struct ThreadStepper {
    /// The threads and the patterns that have matched, after a step: each once, in any order.
    private(set) var threads = PlainList()
    private(set) var matches = PlainList()
    /// How many threads and instructions were looked at so far.
    private(set) var steps = 0

    private let tables: PatternTables
    private let asked: Surroundings
    private let marks: UnsafeMutablePointer<UInt32>
    private let matchMarks: UnsafeMutablePointer<UInt32>
    private var generation: UInt32 = 0
    private var matchGeneration: UInt32 = 0
    private var unvisited = PlainList()
    private var behindAssertions = PlainList()

    init(_ tables: PatternTables) {
        self.tables = tables
        asked = tables.assertions.askedBefore
        marks = .allocate(capacity: tables.instructions.count + 1)
        marks.initialize(repeating: 0, count: tables.instructions.count + 1)
        matchMarks = .allocate(capacity: tables.memberCount + 1)
        matchMarks.initialize(repeating: 0, count: tables.memberCount + 1)
    }

    func deallocate() {
        threads.deallocate()
        matches.deallocate()
        marks.deallocate()
        matchMarks.deallocate()
        unvisited.deallocate()
        behindAssertions.deallocate()
    }

    /// What stands before a place behind this class, as far as patterns ask.
    @inline(__always)
    func surroundings(behind column: UInt32) -> Surroundings {
        tables.surroundings[Int(column)].intersection(asked)
    }

    func isThread(_ thread: UInt32) -> Bool { marks[Int(thread)] == generation }

    func isMatch(_ member: UInt32) -> Bool { matchMarks[Int(member)] == matchGeneration }

    // MARK: Beginning

    /// Forgets threads and matches.
    mutating func clear() {
        clearThreads()
        matches.removeAll()
        matchGeneration &+= 1
        if matchGeneration == 0 {
            matchMarks.update(repeating: 0, count: tables.memberCount)
            matchGeneration = 1
        }
    }

    /// The threads with which patterns begin where this stands before.
    mutating func begin(_ members: UnsafeBufferPointer<UInt32>, before: Surroundings) {
        clear()
        let decided = AssertionSet.decided(before: before)
        let holding = AssertionSet.holding(before: before, behind: []).intersection(decided)
        for member in members { follow(tables.entries[Int(member)], decided: decided, holding: holding) }
        dropMatched()
    }

    private mutating func clearThreads() {
        threads.removeAll()
        generation &+= 1
        if generation == 0 {
            marks.update(repeating: 0, count: tables.instructions.count)
            generation = 1
        }
    }

    // MARK: Stepping

    /// Replaces threads and matches by those that come of `source`.
    mutating func step(_ source: UnsafeBufferPointer<UInt32>, before: Surroundings, column: UInt32) {
        clear()
        behindAssertions.removeAll()
        if !tables.assertions.isEmpty { resolveAssertions(source, before: before, column: column) }
        if column == Alphabet.textEnd { return }
        let after = surroundings(behind: column)
        let decided = AssertionSet.decided(before: after)
        let holding = AssertionSet.holding(before: after, behind: []).intersection(decided)
        let codePoint = tables.representatives[Int(column)]
        consume(source, codePoint, decided: decided, holding: holding)
        if behindAssertions.count > 0 {
            consume(behindAssertions.elements, codePoint, decided: decided, holding: holding)
        }
    }

    /// Adds threads and matches, as steps or ``begin(before:)`` have left them.
    mutating func add(threads added: UnsafeBufferPointer<UInt32>, matches addedMatches: UnsafeBufferPointer<UInt32>) {
        steps &+= added.count
        for thread in added where marks[Int(thread)] != generation {
            marks[Int(thread)] = generation
            threads.append(thread)
        }
        for member in addedMatches { addMatch(member) }
    }

    /// Drops the threads of patterns that have matched: nothing more can come of them.
    mutating func dropMatched() {
        if matches.count == 0 { return }
        steps &+= threads.count
        let (tables, marks, generation) = (tables, matchMarks, matchGeneration)
        threads.keep { marks[Int(tables.member(of: $0))] != generation }
    }

    /// Drops threads and matches of these patterns.
    mutating func drop(members: UnsafeBufferPointer<UInt32>) {
        if members.isEmpty { return }
        let known = Set(members)
        let tables = tables
        threads.keep { !known.contains(tables.member(of: $0)) }
        matches.keep { !known.contains($0) }
    }

    /// Leaves in `behindAssertions` where threads go on whose assertions hold.
    private mutating func resolveAssertions(
        _ source: UnsafeBufferPointer<UInt32>, before: Surroundings, column: UInt32
    ) {
        let holding = AssertionSet.holding(before: before, behind: tables.surroundings[Int(column)])
        let instructions = tables.instructions
        for thread in source {
            let instruction = instructions[Int(thread)]
            guard instruction.operation == .assertion else { continue }
            if !holding.isDisjoint(with: AssertionSet(instruction)) {
                follow(instruction.target, decided: AssertionSet(rawValue: .max), holding: holding)
            }
        }
        swap(&threads, &behindAssertions)
        clearThreads()
    }

    private mutating func consume(
        _ source: UnsafeBufferPointer<UInt32>, _ codePoint: UInt32, decided: AssertionSet, holding: AssertionSet
    ) {
        let tables = tables
        let instructions = tables.instructions
        steps &+= source.count
        for thread in source {
            let instruction = instructions[Int(thread)]
            let matches =
                switch instruction.operation {
                case .scalar: instruction.operand == codePoint
                case .set: tables.contains(instruction.operand, codePoint)
                case .any: true
                case .assertion, .split, .match, .fail: false
                }
            if matches { follow(instruction.target, decided: decided, holding: holding) }
        }
    }

    /// Adds the threads that are reached from an instruction without consuming anything.
    @inline(__always)
    private mutating func follow(_ start: UInt32, decided: AssertionSet, holding: AssertionSet) {
        if marks[Int(start)] == generation { return }
        marks[Int(start)] = generation
        if tables.instructions[Int(start)].operation.rawValue <= AutomatonProgram.Instruction.Operation.any.rawValue {
            threads.append(start)
        } else {
            followBranches(start, decided: decided, holding: holding)
        }
    }

    private mutating func followBranches(_ start: UInt32, decided: AssertionSet, holding: AssertionSet) {
        let instructions = tables.instructions
        unvisited.append(start)
        while let place = unvisited.popLast() {
            steps &+= 1
            let instruction = instructions[Int(place)]
            switch instruction.operation {
            case .scalar, .set, .any: threads.append(place)
            case .split:
                visit(instruction.operand)
                visit(instruction.target)
            case .assertion:
                let assertion = AssertionSet(instruction)
                if decided.isDisjoint(with: assertion) {
                    threads.append(place)
                } else if !holding.isDisjoint(with: assertion) {
                    visit(instruction.target)
                }
            case .match: addMatch(instruction.operand)
            case .fail: break
            }
        }
    }

    @inline(__always)
    private mutating func visit(_ place: UInt32) {
        if marks[Int(place)] == generation { return }
        marks[Int(place)] = generation
        unvisited.append(place)
    }

    private mutating func addMatch(_ member: UInt32) {
        if isMatch(member) { return }
        matchMarks[Int(member)] = matchGeneration
        matches.append(member)
    }
}

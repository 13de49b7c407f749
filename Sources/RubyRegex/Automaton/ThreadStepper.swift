/// Moves the threads of a set's automaton over one symbol: the slow way, of which ``PatternSetScanner`` keeps the
/// results.
///
/// A thread waits at a state that consumes, or at an assertion that asks for what comes next; whatever else can be done
/// at a place has been done when a thread gets there.
struct ThreadStepper {
    /// Threads and patterns, as a state of the deterministic automaton has them.
    struct Threads {
        var states: [Int32] = []
        /// Patterns that are known to match when these threads are there.
        var matches: [Int32] = []

        mutating func removeAll() {
            states.removeAll(keepingCapacity: true)
            matches.removeAll(keepingCapacity: true)
        }

        /// Sorts both, so that equal sets are equal lists.
        mutating func removeDuplicates() {
            Self.removeDuplicates(&states)
            Self.removeDuplicates(&matches)
        }

        private static func removeDuplicates(_ numbers: inout [Int32]) {
            guard numbers.count > 1 else { return }
            numbers.sort()
            var kept = 1
            for index in 1..<numbers.count where numbers[index] != numbers[kept - 1] {
                numbers[kept] = numbers[index]
                kept += 1
            }
            numbers.removeSubrange(kept...)
        }
    }

    private let set: PatternSet
    /// For each state the number of the step that has been there last.
    private var visits: [UInt32]
    private var step: UInt32 = 0
    private var open: [Int32] = []
    private var ready: [Int32] = []
    /// States looked at so far: what the work costs.
    private(set) var work = 0

    init(_ set: PatternSet) {
        self.set = set
        visits = Array(repeating: 0, count: set.states.count)
    }

    private mutating func beginStep() {
        if step == .max {
            visits = Array(repeating: 0, count: visits.count)
            step = 0
        }
        step += 1
    }

    /// What there is to remember behind a symbol. No line begins behind the line break that ends a text.
    func memory(behind symbol: Int) -> PatternSet.Before {
        var before: PatternSet.Before = []
        guard symbol < set.alphabet.count else { return [] }
        let traits = set.alphabet.traits[symbol]
        if traits.contains(.lineBreak) { before.insert(.lineStart) }
        if traits.contains(.word) { before.insert(.word) }
        if traits.contains(.asciiWord) { before.insert(.asciiWord) }
        return before.intersection(set.memory)
    }

    /// The threads that begin at any place with this before it.
    mutating func begin(_ before: PatternSet.Before, into threads: inout Threads) {
        beginStep()
        for start in set.starts { settle(start, before, into: &threads) }
    }

    /// The threads that others become behind `symbol`.
    mutating func advance(
        _ states: some Sequence<Int32>, before: PatternSet.Before, over symbol: Int, into threads: inout Threads
    ) {
        beginStep()
        ready.removeAll(keepingCapacity: true)
        // What asserts holds or does not, now that the symbol is known.
        open.append(contentsOf: states)
        while let number = open.popLast() {
            guard visits[Int(number)] != step else { continue }
            visits[Int(number)] = step
            work += 1
            let state = set.states[Int(number)]
            switch state.kind {
            case .scalar, .set: if isConsumed(state, symbol) { ready.append(state.next) }
            case .split: open += [state.next, Int32(bitPattern: state.argument)]
            case .assertion: if holds(state.argument, before, symbol) { open.append(state.next) }
            case .match: threads.matches.append(set.patternOfState[Int(number)])
            }
        }
        beginStep()
        let behind = memory(behind: symbol)
        for state in ready { settle(state, behind, into: &threads) }
    }

    /// Follows what needs no symbol to be known.
    private mutating func settle(_ number: Int32, _ before: PatternSet.Before, into threads: inout Threads) {
        open.append(number)
        while let number = open.popLast() {
            guard visits[Int(number)] != step else { continue }
            visits[Int(number)] = step
            work += 1
            let state = set.states[Int(number)]
            switch state.kind {
            case .scalar, .set: threads.states.append(number)
            case .split: open += [state.next, Int32(bitPattern: state.argument)]
            case .assertion:
                switch SyntaxTree.Assertion(rawValue: UInt8(truncatingIfNeeded: state.argument)) {
                case .lineStart: if before.contains(.lineStart) { open.append(state.next) }
                case .textStart: if before.contains(.textStart) { open.append(state.next) }
                default: threads.states.append(number)
                }
            case .match: threads.matches.append(set.patternOfState[Int(number)])
            }
        }
    }

    @inline(__always)
    private func isConsumed(_ state: AutomatonProgram.State, _ symbol: Int) -> Bool {
        let symbol = symbol == set.alphabet.lastLineBreak ? Int(set.alphabet.asciiClasses[0x0A]) : symbol
        guard symbol < set.alphabet.count else { return false }
        return state.kind == .scalar ? state.argument == UInt32(symbol) : set.accepts(state.argument, symbol)
    }

    private func holds(_ assertion: UInt32, _ before: PatternSet.Before, _ symbol: Int) -> Bool {
        let isEnd = symbol == set.alphabet.end
        let isLast = symbol == set.alphabet.lastLineBreak
        let traits = symbol < set.alphabet.count ? set.alphabet.traits[symbol] : isLast ? .lineBreak : []
        return switch SyntaxTree.Assertion(rawValue: UInt8(truncatingIfNeeded: assertion)) {
        case .lineStart: before.contains(.lineStart)
        case .lineEnd: isEnd || traits.contains(.lineBreak)
        case .textStart: before.contains(.textStart)
        case .textEnd: isEnd
        case .textEndOrLastLineBreak: isEnd || isLast
        case .wordBoundary: before.contains(.word) != traits.contains(.word)
        case .noWordBoundary: before.contains(.word) == traits.contains(.word)
        case .asciiWordBoundary: before.contains(.asciiWord) != traits.contains(.asciiWord)
        case .noASCIIWordBoundary: before.contains(.asciiWord) == traits.contains(.asciiWord)
        case nil: false
        }
    }
}

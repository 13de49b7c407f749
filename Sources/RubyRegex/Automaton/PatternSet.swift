/// Many patterns, to be looked for in one text at once.
///
/// Immutable; several threads may scan by it, each with its own ``PatternSetScanner``. It takes about 20 bytes for each
/// code point and operator of its patterns.
public struct PatternSet: Sendable {
    /// Number of patterns; they are known by their place in the list that the set was made of.
    public let count: Int
    /// All states, with numbers of their own; sets are numbers of ``acceptance``.
    let states: [AutomatonProgram.State]
    /// Where each pattern begins.
    let starts: [Int32]
    /// For each state that says "match", the pattern; others are not asked.
    let patternOfState: [Int32]
    let alphabet: Alphabet
    /// For each distinct set a row of bits, one for each class.
    let acceptance: [UInt64]
    let wordsPerSet: Int
    /// What came before a place matters as far as some pattern asks.
    let memory: Before

    /// What a state remembers of the text before a place.
    struct Before: OptionSet, Hashable {
        let rawValue: UInt8

        static let textStart = Before(rawValue: 1)
        static let lineStart = Before(rawValue: 2)
        static let word = Before(rawValue: 4)
        static let asciiWord = Before(rawValue: 8)
        /// Numbers of this kind are below.
        static let limit = 16
    }

    /// Compiles the patterns into one set. Takes about as long as compiling each did.
    ///
    /// - Returns: nil where the patterns tell so many code points apart (beyond 32 000 ranges) that they have to be
    ///   divided into several sets.
    init?(programs: [AutomatonProgram]) {
        var states: [AutomatonProgram.State] = []
        states.reserveCapacity(programs.reduce(0) { $0 + $1.states.count })
        var patternOfState: [Int32] = []
        var starts: [Int32] = []
        var setNumbers: [CodePointSet: UInt32] = [:]
        var sets: [CodePointSet] = []
        var alphabet = AlphabetBuilder()
        var memory: Before = []
        for (pattern, program) in programs.enumerated() {
            let offset = Int32(states.count)
            let numbers = program.sets.map { set in
                if let number = setNumbers[set] { return number }
                let number = UInt32(sets.count)
                setNumbers[set] = number
                sets.append(set)
                alphabet.note(set: set)
                return number
            }
            for state in program.states {
                var state = state
                state.next &+= offset
                switch state.kind {
                case .scalar: alphabet.note(scalar: state.argument)
                case .set: state.argument = numbers[Int(state.argument)]
                case .split: state.argument &+= UInt32(offset)
                case .assertion: memory.formUnion(Self.memory(for: state.argument))
                case .match: break
                }
                states.append(state)
                patternOfState.append(Int32(pattern))
            }
            starts.append(program.start + offset)
        }
        if memory.contains(.word) { alphabet.noteWords() }
        if memory.contains(.asciiWord) { alphabet.noteASCIIWords() }
        guard let divided = alphabet.alphabet() else { return nil }
        count = programs.count
        self.starts = starts
        self.patternOfState = patternOfState
        self.alphabet = divided
        self.memory = memory
        wordsPerSet = (divided.count + 63) / 64
        acceptance = Self.acceptance(sets, divided, wordsPerSet)
        // A state is asked for a class, so a code point becomes its class.
        for index in states.indices where states[index].kind == .scalar {
            states[index].argument = UInt32(divided.classNumber(of: states[index].argument))
        }
        self.states = states
    }

    private static func memory(for assertion: UInt32) -> Before {
        switch SyntaxTree.Assertion(rawValue: UInt8(truncatingIfNeeded: assertion)) {
        case .lineStart: .lineStart
        case .textStart: .textStart
        case .wordBoundary, .noWordBoundary: .word
        case .asciiWordBoundary, .noASCIIWordBoundary: .asciiWord
        case .lineEnd, .textEnd, .textEndOrLastLineBreak, nil: []
        }
    }

    private static func acceptance(_ sets: [CodePointSet], _ alphabet: Alphabet, _ wordsPerSet: Int) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: sets.count * wordsPerSet)
        for (number, set) in sets.enumerated() {
            for range in set.ranges {
                var interval = alphabet.starts.partitionPoint { $0 < range.lowerBound }
                while interval < alphabet.starts.count, alphabet.starts[interval] <= range.upperBound {
                    let symbol = Int(alphabet.classes[interval])
                    bits[number * wordsPerSet + symbol >> 6] |= 1 << (symbol & 63)
                    interval += 1
                }
            }
        }
        return bits
    }

    /// Whether `set` holds the code points of a class.
    @inline(__always)
    func accepts(_ set: UInt32, _ symbol: Int) -> Bool {
        acceptance[Int(set) * wordsPerSet + symbol >> 6] & 1 << (symbol & 63) != 0
    }
}

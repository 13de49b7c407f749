/// Divides the code points into classes that no pattern of a set tells apart, so that a state needs a transition for
/// each class and not for each code point.
struct Alphabet: Sendable {
    typealias Class = UInt16

    /// What assertions want to know of a code point.
    struct Traits: OptionSet {
        let rawValue: UInt8

        static let lineBreak = Traits(rawValue: 1)
        static let word = Traits(rawValue: 2)
        static let asciiWord = Traits(rawValue: 4)
    }

    /// Of the code points below 128.
    let asciiClasses: [Class]
    /// Where intervals begin, ascending from 0, and the class of each.
    let starts: [UInt32]
    let classes: [Class]
    /// For each class.
    let traits: [Traits]
    /// Classes of code points. Two more stand behind them: the line break that ends a text, and the end itself.
    let count: Int

    var lastLineBreak: Int { count }
    var end: Int { count + 1 }
    /// Transitions that a state has.
    var symbolCount: Int { count + 2 }

    /// So many intervals fit the numbers of classes.
    static let mostIntervals = 1 << 15

    /// The class of a code point.
    func classNumber(of scalar: UInt32) -> Int {
        if scalar < 0x80 { return Int(asciiClasses[Int(scalar)]) }
        return Int(classes[starts.partitionPoint { $0 <= scalar } - 1])
    }
}

/// Collects what patterns tell apart.
struct AlphabetBuilder {
    /// Intervals are told apart by sums of random numbers, one for each set, which nobody can foresee.
    private static let seed = UInt64.random(in: .min ... .max)

    private var asciiScalars = [Bool](repeating: false, count: 128)
    private var otherScalars: [UInt32] = []
    private var sets: [CodePointSet] = []
    private var traitSets: [(traits: Alphabet.Traits, set: CodePointSet)] = [
        (.lineBreak, CodePointSet(ranges: [0x0A...0x0A]))
    ]

    mutating func note(scalar: UInt32) {
        if scalar < 0x80 { asciiScalars[Int(scalar)] = true } else { otherScalars.append(scalar) }
    }

    mutating func note(set: CodePointSet) { sets.append(set) }

    mutating func noteWords() { traitSets.append((.word, CharacterType.word.codePoints(isUnicode: true))) }

    mutating func noteASCIIWords() { traitSets.append((.asciiWord, CharacterType.word.codePoints(isUnicode: false))) }

    /// Nil when the intervals are too many.
    func alphabet() -> Alphabet? {
        let scalars = asciiScalars.indices.filter { asciiScalars[$0] }.map(UInt32.init) + otherScalars
        var starts: Set<UInt32> = [0, 0x80]
        for scalar in scalars { starts.formUnion([scalar, scalar + 1]) }
        let allSets = sets + traitSets.map(\.set)
        for set in allSets {
            for range in set.ranges { starts.formUnion([range.lowerBound, range.upperBound + 1]) }
            if starts.count > Alphabet.mostIntervals { return nil }
        }
        starts.remove(CodePointSet.highest + 1)
        return Self.divide(starts.sorted(), scalars, allSets, traitSets)
    }

    private static func divide(
        _ starts: [UInt32], _ scalars: [UInt32], _ sets: [CodePointSet],
        _ traitSets: [(traits: Alphabet.Traits, set: CodePointSet)]
    ) -> Alphabet {
        var random = SplitMix(state: seed)
        var changes = [UInt64](repeating: 0, count: starts.count + 1)
        func place(_ scalar: UInt32) -> Int { starts.partitionPoint { $0 < scalar } }
        for set in sets {
            let key = random.next()
            for range in set.ranges {
                changes[place(range.lowerBound)] &+= key
                changes[place(range.upperBound + 1)] &-= key
            }
        }
        for scalar in scalars {
            let (key, start) = (random.next(), place(scalar))
            changes[start] &+= key
            changes[start + 1] &-= key
        }
        var numbers: [UInt64: Alphabet.Class] = [:]
        var traits: [Alphabet.Traits] = []
        var sum: UInt64 = 0
        let classes = starts.indices.map { index -> Alphabet.Class in
            sum &+= changes[index]
            if let number = numbers[sum] { return number }
            let number = Alphabet.Class(numbers.count)
            numbers[sum] = number
            traits.append(
                traitSets.reduce(into: []) { if $1.set.contains(starts[index]) { $0.formUnion($1.traits) } })
            return number
        }
        let ascii = (0..<128).map { scalar in classes[starts.partitionPoint { $0 <= scalar } - 1] }
        return Alphabet(
            asciiClasses: ascii, starts: starts, classes: classes, traits: traits, count: traits.count)
    }
}

/// A small generator of random numbers; it decides nothing that hangs on its quality.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

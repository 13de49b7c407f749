/// Many automata joined, so that one pass over a text tells which of them match somewhere in it.
///
/// A pattern is known by its place among the programs. Memory: 8 bytes for each instruction and each range of a
/// distinct set, 24 for each distinct set, 4 for each pattern; a ``PatternSetScanner`` has its own.
///
/// Immutable; several threads may scan by it, each with its own ``PatternSetScanner``.
public struct PatternSet: Sendable {
    /// More instructions than this, and more ranges, have to be divided into several sets.
    private static let mostInstructions = 1 << 22
    private static let mostRanges = 1 << 20

    let tables: PatternTables

    /// Number of patterns; they are known by their place in the list that the set was made of.
    public var count: Int { tables.patternCount }

    /// Takes time linear in the programs, but for sorting the boundaries of distinct sets.
    ///
    /// - Returns: nil where the programs are too large together (4 million instructions, a million ranges of sets).
    init?(programs: [AutomatonProgram]) {
        guard let joint = JointProgram(programs, mostInstructions: Self.mostInstructions, mostRanges: Self.mostRanges)
        else { return nil }
        tables = PatternTables(joint)
    }
}

/// What a ``PatternSet`` holds, in plain memory that never changes.
final class PatternTables: @unchecked Sendable {
    /// A set of code points: its ASCII ones as bits, and the others as ranges.
    struct JoinedSet: BitwiseCopyable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var firstRange: UInt32 = 0
        var rangeCount: UInt32 = 0
    }

    let patternCount: Int
    /// The operand of a match is its pattern.
    let instructions: UnsafeBufferPointer<AutomatonProgram.Instruction>
    /// Where each pattern begins among the instructions, ascending, and its entry.
    let bases: UnsafeBufferPointer<UInt32>
    let entries: UnsafeBufferPointer<UInt32>
    let sets: UnsafeBufferPointer<JoinedSet>
    let ranges: UnsafeBufferPointer<ClosedRange<UInt32>>
    let assertions: AssertionSet

    /// See ``Alphabet``.
    let ascii: UnsafeBufferPointer<UInt8>
    let runStarts: UnsafeBufferPointer<UInt32>
    let runClasses: UnsafeBufferPointer<UInt32>
    let representatives: UnsafeBufferPointer<UInt32>
    let surroundings: UnsafeBufferPointer<Surroundings>

    init(_ joint: JointProgram) {
        var joint = joint
        let alphabet = joint.alphabet.build(for: joint.assertions)
        patternCount = joint.entries.count
        instructions = Self.keep(joint.instructions)
        bases = Self.keep(joint.bases)
        entries = Self.keep(joint.entries)
        sets = Self.keep(joint.sets)
        ranges = Self.keep(joint.ranges)
        assertions = joint.assertions
        ascii = Self.keep(alphabet.ascii)
        runStarts = Self.keep(alphabet.runStarts)
        runClasses = Self.keep(alphabet.runClasses)
        representatives = Self.keep(alphabet.representatives)
        surroundings = Self.keep(alphabet.surroundings)
    }

    deinit {
        instructions.deallocate()
        bases.deallocate()
        entries.deallocate()
        sets.deallocate()
        ranges.deallocate()
        ascii.deallocate()
        runStarts.deallocate()
        runClasses.deallocate()
        representatives.deallocate()
        surroundings.deallocate()
    }

    private static func keep<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
        _ = copy.initialize(from: elements)
        return UnsafeBufferPointer(copy)
    }

    /// The pattern that an instruction belongs to.
    func pattern(of instruction: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: bases.partitionPoint { $0 <= instruction } - 1)
    }

    /// The class of a code point beyond ASCII.
    func otherClass(of codePoint: UInt32) -> UInt32 {
        runClasses[runStarts.partitionPoint { $0 <= codePoint } - 1]
    }

    @inline(__always)
    func contains(_ set: UInt32, _ codePoint: UInt32) -> Bool {
        let set = sets[Int(set)]
        if codePoint < 0x80 { return (codePoint < 64 ? set.low : set.high) >> UInt64(codePoint & 63) & 1 != 0 }
        let own = UnsafeBufferPointer(rebasing: ranges[Int(set.firstRange)..<Int(set.firstRange &+ set.rangeCount)])
        let place = own.partitionPoint { $0.upperBound < codePoint }
        return place < own.count && own[place].lowerBound <= codePoint
    }
}

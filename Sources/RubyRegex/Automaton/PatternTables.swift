/// What a ``PatternSet`` holds, in plain memory that never changes.
final class PatternTables: @unchecked Sendable {
    /// A set of code points: its ASCII ones as bits, and the others as ranges.
    struct JoinedSet: BitwiseCopyable {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var firstRange: UInt32 = 0
        var rangeCount: UInt32 = 0
    }

    /// Patterns that are looked for together: a run of `members`.
    struct Bundle: BitwiseCopyable {
        var firstMember: UInt32
        var memberCount: UInt32
        var texts: TextKinds
    }

    /// The operand of a match is its member.
    let instructions: UnsafeBufferPointer<AutomatonProgram.Instruction>
    /// For each member, where its instructions begin, ascending, and the one that it begins with.
    let bases: UnsafeBufferPointer<UInt32>
    let entries: UnsafeBufferPointer<UInt32>
    let sets: UnsafeBufferPointer<JoinedSet>
    let ranges: UnsafeBufferPointer<ClosedRange<UInt32>>
    let assertions: AssertionSet

    /// The pattern of each member.
    let patterns: UnsafeBufferPointer<UInt32>
    let bundles: UnsafeBufferPointer<Bundle>
    /// Bundle by bundle.
    let members: UnsafeBufferPointer<UInt32>
    let unconditional: UnsafeBufferPointer<UInt32>
    let pieces: PieceTable
    /// Some bundle is not for all texts.
    let tellsTexts: Bool

    /// See ``Alphabet``.
    let ascii: UnsafeBufferPointer<UInt8>
    let runStarts: UnsafeBufferPointer<UInt32>
    let runClasses: UnsafeBufferPointer<UInt32>
    let representatives: UnsafeBufferPointer<UInt32>
    let surroundings: UnsafeBufferPointer<Surroundings>
    /// What may stand before a place that is not the text's beginning, as far as patterns ask: distinct.
    let laterSurroundings: [Surroundings]

    init(_ members: [PatternSet.Member], _ joint: JointProgram) {
        var joint = joint
        let alphabet = joint.alphabet.build(for: joint.assertions)
        let list = Bundles(members)
        var bundles: [Bundle] = []
        var ordered: [UInt32] = []
        bundles.reserveCapacity(list.members.count)
        ordered.reserveCapacity(members.count)
        for (members, texts) in zip(list.members, list.texts) {
            bundles.append(
                Bundle(firstMember: UInt32(ordered.count), memberCount: UInt32(members.count), texts: texts))
            ordered += members
        }
        instructions = Self.keep(joint.instructions)
        bases = Self.keep(joint.bases)
        entries = Self.keep(joint.entries)
        sets = Self.keep(joint.sets)
        ranges = Self.keep(joint.ranges)
        assertions = joint.assertions
        patterns = Self.keep(members.map { UInt32($0.pattern) })
        tellsTexts = bundles.contains { $0.texts != .all }
        self.bundles = Self.keep(bundles)
        self.members = Self.keep(ordered)
        unconditional = Self.keep(list.unconditional)
        pieces = PieceTable(list.leads)
        ascii = Self.keep(alphabet.ascii)
        runStarts = Self.keep(alphabet.runStarts)
        runClasses = Self.keep(alphabet.runClasses)
        representatives = Self.keep(alphabet.representatives)
        surroundings = Self.keep(alphabet.surroundings)
        let asked = joint.assertions.askedBefore
        var isLater = [Bool](repeating: false, count: Surroundings.countBefore)
        for surroundings in alphabet.surroundings.dropFirst() {
            isLater[Int(surroundings.intersection(asked).rawValue)] = true
        }
        laterSurroundings = isLater.indices.filter { isLater[$0] }.map { Surroundings(rawValue: UInt8($0)) }
    }

    deinit {
        instructions.deallocate()
        bases.deallocate()
        entries.deallocate()
        sets.deallocate()
        ranges.deallocate()
        patterns.deallocate()
        bundles.deallocate()
        members.deallocate()
        unconditional.deallocate()
        pieces.deallocate()
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

    var memberCount: Int { patterns.count }

    func members(of bundle: Bundle) -> UnsafeBufferPointer<UInt32> {
        let first = Int(bundle.firstMember)
        return UnsafeBufferPointer(rebasing: members[first..<first + Int(bundle.memberCount)])
    }

    /// The member that an instruction belongs to.
    func member(of instruction: UInt32) -> UInt32 {
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

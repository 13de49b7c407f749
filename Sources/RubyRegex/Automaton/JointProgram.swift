/// The instructions of many programs in one array, with each set once.
struct JointProgram {
    private(set) var instructions: [AutomatonProgram.Instruction] = []
    private(set) var bases: [UInt32] = []
    private(set) var entries: [UInt32] = []
    private(set) var sets: [PatternTables.JoinedSet] = []
    private(set) var ranges: [ClosedRange<UInt32>] = []
    private(set) var assertions: AssertionSet = []
    var alphabet = AlphabetBuilder()
    private var numbers: [CodePointSet: UInt32] = [:]

    /// Nil where the programs are larger.
    init?(_ members: [PatternSet.Member], mostInstructions: Int, mostRanges: Int) {
        let count = members.reduce(0) { $0 + $1.program.instructions.count }
        if count > mostInstructions { return nil }
        instructions.reserveCapacity(count)
        bases.reserveCapacity(members.count)
        entries.reserveCapacity(members.count)
        for (number, member) in members.enumerated() {
            add(member.program, number: UInt32(number))
            if ranges.count > mostRanges { return nil }
        }
    }

    private mutating func add(_ program: AutomatonProgram, number: UInt32) {
        let base = UInt32(instructions.count)
        bases.append(base)
        entries.append(base + program.start)
        assertions.formUnion(program.assertions)
        // Most patterns refer to few sets, and to each of them once.
        var last: (own: UInt32, joint: UInt32)?
        for instruction in program.instructions {
            var operand = instruction.operand
            switch instruction.operation {
            case .scalar: alphabet.add(operand)
            case .set:
                if last?.own != operand { last = (operand, self.number(of: program.sets[Int(operand)])) }
                operand = last.unsafelyUnwrapped.joint
            case .split: operand += base
            case .match: operand = number
            case .any, .assertion, .fail: break
            }
            instructions.append(
                AutomatonProgram.Instruction(instruction.operation, operand: operand, target: instruction.target + base)
            )
        }
    }

    private mutating func number(of set: CodePointSet) -> UInt32 {
        if let number = numbers[set] { return number }
        let number = UInt32(sets.count)
        numbers[set] = number
        alphabet.add(set)
        var joined = PatternTables.JoinedSet(firstRange: UInt32(ranges.count))
        for range in set.ranges {
            if range.lowerBound < 0x80 {
                for codePoint in range.lowerBound...min(range.upperBound, 0x7F) {
                    if codePoint < 64 {
                        joined.low |= 1 << UInt64(codePoint)
                    } else {
                        joined.high |= 1 << UInt64(codePoint - 64)
                    }
                }
            }
            if range.upperBound >= 0x80 { ranges.append(range) }
        }
        joined.rangeCount = UInt32(ranges.count) - joined.firstRange
        sets.append(joined)
        return number
    }
}

/// One search of a ``Machine``.
struct MachineRun {
    /// What is done on the way back: to go on at an instruction (`tag`) and a place (`value`), to set the register
    /// `~tag`, or to take down that the memory point behind ``marker`` has failed at a place.
    struct Entry: BitwiseCopyable {
        var tag: Int32
        var value: Int32
    }

    /// What has become of groups and calls, for those who look back at it.
    struct Event: BitwiseCopyable {
        enum Kind: UInt8 { case start, end, call, callReturn }
        var kind: Kind
        var group: Int32 = 0
        var position: Int32 = 0
        /// The bounds that the group had before.
        var previousStart: Int32 = -1
        var previousEnd: Int32 = -1
    }

    static let marker: Int32 = 1 << 30

    let machine: Machine
    let program: MachineProgram
    let instructions: UnsafeBufferPointer<Instruction>
    let sets: UnsafeBufferPointer<MachineSet>
    let text: UnsafeBufferPointer<UInt8>
    let registers: UnsafeMutablePointer<Int32>
    var stack: UnsafeMutablePointer<Entry>
    var capacity: Int
    var top = 0
    /// How many steps are left.
    var steps: Int
    /// Outcomes are remembered once fewer steps are left.
    var memoryBelow: Int
    /// An iteration that began at this height of the stack was ended because it was empty: what stands higher depends
    /// on what comes out there, and is not remembered.
    var lowestCycle = Int.max
    var place = 0
    var position = 0
    var isExhausted = false

    init(
        machine: Machine, program: MachineProgram, instructions: UnsafeBufferPointer<Instruction>,
        sets: UnsafeBufferPointer<MachineSet>, text: UnsafeBufferPointer<UInt8>, steps: Int, memoryBelow: Int
    ) {
        (self.machine, self.program) = (machine, program)
        (self.instructions, self.sets, self.text) = (instructions, sets, text)
        (self.steps, self.memoryBelow) = (steps, memoryBelow)
        registers = machine.registers.base
        stack = machine.stack.base
        capacity = machine.stack.capacity
        registers.update(repeating: -1, count: program.registerCount)
        registers[MachineProgram.limit] = Int32(text.count)
        registers[MachineProgram.frameTop] = 0
        registers[MachineProgram.historyTop] = 0
    }

    var limit: Int { @inline(__always) get { Int(registers[MachineProgram.limit]) } }

    // MARK: The stack

    @inline(__always) mutating func push(_ tag: Int32, _ value: Int) {
        if top == capacity { growStack() }
        guard !isExhausted else { return }
        stack[top] = Entry(tag: tag, value: Int32(truncatingIfNeeded: value))
        top += 1
    }

    @inline(never) private mutating func growStack() {
        guard machine.stack.grow(to: top + 1, keeping: top, steps: &steps) else { return exhaust() }
        stack = machine.stack.base
        capacity = machine.stack.capacity
    }

    mutating func exhaust() {
        isExhausted = true
        steps = 0
    }

    /// Sets a register until the machine goes back to before this.
    @inline(__always) mutating func assign(_ register: Int, _ value: Int) {
        push(~Int32(register), Int(registers[register]))
        registers[register] = Int32(truncatingIfNeeded: value)
    }

    /// Goes back to the last choice; false where there is none.
    @inline(__always) mutating func goBack() -> Bool {
        while top > 0 {
            top -= 1
            let entry = stack[top]
            if entry.tag < 0 {
                registers[Int(~entry.tag)] = entry.value
            } else if entry.tag & Self.marker != 0 {
                noteFailure(entry)
            } else {
                place = Int(entry.tag)
                position = Int(entry.value)
                return true
            }
        }
        return false
    }

    private mutating func noteFailure(_ entry: Entry) {
        guard top < lowestCycle else { return }
        lowestCycle = .max
        steps -= machine.memory.note(.failed, entry.tag ^ Self.marker, Int(entry.value))
    }

    /// The body that began at this height has matched: other ways to match it are forgotten.
    mutating func cut(to height: Int) {
        steps -= (top - height) / 4
        var kept = height
        for index in height..<top {
            let entry = stack[index]
            if entry.tag < 0 {
                stack[kept] = entry
                kept += 1
            } else {
                noteSuccess(entry)
            }
        }
        top = kept
        if height <= lowestCycle { lowestCycle = .max }
    }

    /// Undoes all that the body did that began at this height, and has matched.
    mutating func unwind(to height: Int) {
        steps -= (top - height) / 4
        while top > height {
            top -= 1
            let entry = stack[top]
            if entry.tag < 0 { registers[Int(~entry.tag)] = entry.value } else { noteSuccess(entry) }
        }
        if height <= lowestCycle { lowestCycle = .max }
    }

    private mutating func noteSuccess(_ entry: Entry) {
        guard entry.tag & Self.marker != 0 else { return }
        let point = entry.tag ^ Self.marker
        guard case .lookAround = program.memory[Int(point)] else { return }
        steps -= machine.memory.note(.succeeded, point, Int(entry.value))
    }
}

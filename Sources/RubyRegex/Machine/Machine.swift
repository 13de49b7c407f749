/// Runs programs by trying one way after the other.
///
/// A machine keeps its memory between searches, up to a small size. It is for one thread at a time; whoever wants to
/// search on several has several.
final class Machine {
    enum Outcome: Hashable, Sendable {
        case matched, unmatched
        /// The steps or the memory did not suffice to tell.
        case outOfSteps
    }

    /// The longest text in bytes.
    static let longestText = 1 << 30
    var stack = GrowingMemory<MachineRun.Entry>(initial: 1 << 10, most: 1 << 19)
    var registers = GrowingMemory<Int32>(initial: 1 << 8, most: 1 << 21)
    var frames = GrowingMemory<Int32>(initial: 1 << 8, most: 1 << 20)
    var history = GrowingMemory<MachineRun.Event>(initial: 1 << 8, most: 1 << 18)
    var memory = OutcomeMemory()
    private let stepsBeforeMemory: Int?

    /// - Parameter stepsBeforeMemory: After how many steps a search begins to remember what failed; nil for never.
    init(stepsBeforeMemory: Int? = 2_000) { self.stepsBeforeMemory = stepsBeforeMemory }

    /// Whether the pattern matches somewhere in the text.
    ///
    /// - Parameters:
    ///   - text: Valid UTF-8.
    ///   - steps: How many steps may be taken; what is left of them afterwards. A step takes some nanoseconds.
    func search(_ program: MachineProgram, in text: UnsafeBufferPointer<UInt8>, steps: inout Int) -> Outcome {
        guard text.count <= Self.longestText,
            registers.grow(to: program.registerCount, keeping: 0, steps: &steps)
        else { return .outOfSteps }
        steps -= program.registerCount / 8
        let memoryBelow = program.memory.isEmpty ? .min : stepsBeforeMemory.map { steps - $0 } ?? .min
        let outcome = program.instructions.withUnsafeBufferPointer { instructions in
            program.sets.withUnsafeBufferPointer { sets in
                var run = MachineRun(
                    machine: self, program: program, instructions: instructions, sets: sets, text: text,
                    steps: steps, memoryBelow: memoryBelow)
                defer { steps = max(run.steps, 0) }
                return run.search()
            }
        }
        stack.shrink()
        registers.shrink()
        frames.shrink()
        history.shrink()
        memory.close()
        return outcome
    }
}

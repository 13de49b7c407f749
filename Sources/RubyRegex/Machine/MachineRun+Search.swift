extension MachineRun {
    mutating func search() -> Machine.Outcome {
        var start = 0
        while let next = nextStart(from: start) {
            forgetGroups()
            (place, position, top) = (0, next, 0)
            if attempt(at: next) { return .matched }
            if steps <= 0 { return .outOfSteps }
            guard next < text.count, program.start != .textStart else { return .unmatched }
            start = next + UTF8Text.length(lead: text[next])
        }
        return steps > 0 ? .unmatched : .outOfSteps
    }

    /// The next place where a match may begin; nil where there is none, or the steps are used up.
    private mutating func nextStart(from start: Int) -> Int? {
        var place = start
        switch program.start {
        case .textStart: return place == 0 ? 0 : nil
        case .lineStarts:
            guard place > 0 else { return 0 }
            while place < text.count, text[place - 1] != 0x0A { place += 1 }
            steps -= (place - start) / 8
            // Nothing begins a line at the end of a text.
            return place < text.count && steps > 0 ? place : nil
        case .anywhere:
            guard !program.firstBytes.isEmpty else { return place }
            program.firstBytes.withUnsafeBufferPointer { mayBegin in
                while place < text.count, !mayBegin[Int(text[place])] { place += 1 }
            }
            steps -= (place - start) / 8
            return place < text.count && steps > 0 ? place : nil
        }
    }

    /// Ruby's engine does not undo all that an attempt has set, but begins each one anew.
    private mutating func forgetGroups() {
        let count = 2 * program.routines.count
        guard count > 2 else { return }
        steps -= count / 8
        (registers + MachineProgram.firstCapture).update(repeating: -1, count: count)
    }

    /// Whether a match begins at `start`; false too where no steps are left.
    ///
    /// A look-behind under `i` may end before it began. Where a match would end before its own start, Ruby's engine
    /// gives up this start.
    private mutating func attempt(at start: Int) -> Bool {
        lowestCycle = .max
        while true {
            steps -= 1
            guard steps > 0 else { return false }
            let instruction = instructions[place]
            let holds: Bool
            switch instruction.operation {
            case .byte: holds = skip(byte: UInt8(truncatingIfNeeded: instruction.first))
            case .set: holds = skip(set: Int(instruction.first))
            case .split: holds = split(instruction)
            case .jump:
                place = Int(instruction.first)
                continue
            case .accept: return position >= start
            default: holds = perform(instruction)
            }
            guard holds || goBack() else { return false }
        }
    }

    @inline(__always) private mutating func skip(byte: UInt8) -> Bool {
        guard position < limit, text[position] == byte else { return false }
        position += 1
        place += 1
        return true
    }

    @inline(__always) private mutating func skip(set: Int) -> Bool {
        guard position < limit else { return false }
        let lead = text[position]
        if lead < 0x80 {
            guard sets[set].containsASCII(lead) else { return false }
            position += 1
        } else {
            let (codePoint, length) = UTF8Text.codePoint(in: text, at: position)
            steps -= 1
            guard sets[set].containsOther(codePoint) else { return false }
            position += length
        }
        place += 1
        return true
    }

    /// False where this choice is known to fail here.
    @inline(__always) private mutating func split(_ instruction: Instruction) -> Bool {
        if instruction.memory >= 0, steps < memoryBelow {
            switch recall(instruction.memory) {
            case .unknown: break
            case .failed: return false
            case .succeeded: return true
            }
        }
        push(instruction.second, position)
        place = Int(instruction.first)
        return true
    }

    /// What is known of a memory point here. Where its body is known to match, the machine is at the end of that body.
    @inline(never) private mutating func recall(_ point: Int32) -> OutcomeMemory.Outcome {
        if !machine.memory.isOpen, !machine.memory.open(points: program.memory.count, length: text.count) {
            memoryBelow = .min
            return .unknown
        }
        let known = machine.memory[point, position]
        switch (known, program.memory[Int(point)]) {
        case (.unknown, .search):
            // Who comes here again has either failed, or is still at it: nothing new is to be found.
            steps -= machine.memory.note(.failed, point, position)
        case (.unknown, _): push(Self.marker | point, position)
        case (.succeeded, .lookAround(let end)): place = Int(end)
        default: break
        }
        return known
    }
}

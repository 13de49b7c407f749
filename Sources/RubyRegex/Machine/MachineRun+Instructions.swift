extension MachineRun {
    /// Runs one of the less frequent instructions; false where it fails.
    @inline(never) mutating func perform(_ instruction: Instruction) -> Bool {
        let first = Int(instruction.first)
        let next = place + 1
        place = next
        switch instruction.operation {
        case .bytes: return skip(bytes: first, count: Int(instruction.second))
        case .assertion: return SyntaxTree.Assertion(rawValue: UInt8(first)).map(holds) ?? false
        case .captureStart: startCapture(first, CaptureTraits(rawValue: instruction.second))
        case .captureEnd: endCapture(first, CaptureTraits(rawValue: instruction.second))
        case .loopStart: assign(first, 0)
        case .loopNext: countLoop(program.loops[first])
        case .iterationStart: startIteration(first)
        case .iterationEnd:
            if Int(registers[first]) == position { leaveEmptyIteration(first, instruction.second) }
        case .capturingIterationEnd:
            switch emptiness(of: first) {
            case .none: break
            case .elsewhere: return false
            case .all: leaveEmptyIteration(first, instruction.second)
            }
        case .cutStart: assign(first, top + 1)
        case .cutEnd: cut(to: Int(registers[first]))
        case .aheadStart:
            assign(first + 1, position)
            if refersBack { assign(first + 2, Int(registers[MachineProgram.emptyReference])) }
            assign(first, top + 1)
        case .aheadEnd:
            position = Int(registers[first + 1])
            if refersBack { assign(MachineProgram.emptyReference, Int(registers[first + 2])) }
            cut(to: Int(registers[first]))
        case .notStart:
            assign(first, top + 1)
            push(instruction.second, position)
        case .notEnd:
            unwind(to: Int(registers[first]))
            return false
        case .stepBack: return stepBack(by: first)
        case .backReference: return repeatGroup(program.references[first])
        case .condition: if !hasMatched(program.references[first]) { place = Int(instruction.second) }
        case .call: call(first, returningTo: next)
        case .callReturn: returnFromCall(first)
        case .absenceStart: startAbsence(first)
        case .absenceStep: return stepAbsence(first, behind: instruction.second)
        case .absenceEnd:
            endAbsence(first)
            return false
        case .graphemeCluster: return skipGraphemeCluster()
        case .accept, .fail, .byte, .set, .jump, .split: return false
        }
        return true
    }

    private mutating func skip(bytes first: Int, count: Int) -> Bool {
        steps -= count / 8
        guard count <= limit - position else { return false }
        for offset in 0..<count where text[position + offset] != program.bytes[first + offset] { return false }
        position += count
        return true
    }

    private mutating func stepBack(by count: Int) -> Bool {
        if followsEmptyReference { assign(MachineProgram.emptyReference, -1) }
        for _ in 0..<count {
            steps -= 1
            guard steps > 0, let start = UTF8Text.start(before: position, in: text) else { return false }
            position = start
        }
        return true
    }

    private mutating func skipGraphemeCluster() -> Bool {
        guard position < limit else { return false }
        let extent = GraphemeCluster.end(
            in: UnsafeBufferPointer(rebasing: text[..<limit]), from: position, limit: max(steps, 0))
        steps -= extent.steps
        guard let end = extent.end else {
            steps = 0
            return false
        }
        position = end
        return true
    }

    private func holds(_ assertion: SyntaxTree.Assertion) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == text.count
        case .textEndOrLastLineBreak:
            position == text.count || position == text.count - 1 && text[position] == 0x0A
        // A line break that ends the text begins no line.
        case .lineStart:
            position == 0
                || position < text.count && text[followsEmptyReference ? position : position - 1] == 0x0A
        case .lineEnd: position == text.count || text[position] == 0x0A
        case .wordBoundary: isWord(WordCharacter.isWord)
        case .noWordBoundary: !isWord(WordCharacter.isWord)
        case .asciiWordBoundary: isWord(WordCharacter.isASCIIWord)
        case .noASCIIWordBoundary: !isWord(WordCharacter.isASCIIWord)
        }
    }

    private var refersBack: Bool { !program.references.isEmpty }

    /// Whether a back-reference has just matched the empty text. Ruby's engine then takes what stands here for what
    /// stands before, too.
    private var followsEmptyReference: Bool { Int(registers[MachineProgram.emptyReference]) == position }

    /// Whether a word begins or ends at the position.
    private func isWord(_ isWord: (UInt32) -> Bool) -> Bool {
        guard position == 0 || !followsEmptyReference else { return false }
        let before =
            UTF8Text.start(before: position, in: text)
            .map { isWord(UTF8Text.codePoint(in: text, at: $0).value) } ?? false
        let behind = position < text.count && isWord(UTF8Text.codePoint(in: text, at: position).value)
        return before != behind
    }

    // MARK: Loops

    private mutating func countLoop(_ loop: MachineProgram.Loop) {
        let count = Int(registers[Int(loop.register)]) + 1
        assign(Int(loop.register), count)
        if count < loop.minimum {
            place = Int(loop.body)
        } else if loop.maximum == SyntaxTree.unbounded || count < loop.maximum {
            if loop.isLazy {
                push(loop.body, position)
            } else {
                push(Int32(place), position)
                place = Int(loop.body)
            }
        }
    }

    private mutating func startIteration(_ register: Int) {
        let height = top
        assign(register, position)
        assign(register + 1, height)
        assign(register + 2, Int(registers[MachineProgram.historyTop]))
    }

    private mutating func leaveEmptyIteration(_ register: Int, _ end: Int32) {
        lowestCycle = min(lowestCycle, Int(registers[register + 1]))
        place = Int(end)
    }

    private enum Emptiness { case none, elsewhere, all }

    /// Whether an iteration was empty. One that has set groups counts as empty only where these were empty before, too;
    /// where they were so at another place, Ruby's engine does not go on.
    private mutating func emptiness(of register: Int) -> Emptiness {
        guard Int(registers[register]) == position else { return .none }
        var emptiness = Emptiness.all
        for index in Int(registers[register + 2])..<Int(registers[MachineProgram.historyTop]) {
            steps -= 1
            let event = machine.history.base[index]
            guard event.kind == .start else { continue }
            guard event.previousEnd >= 0, event.previousStart == event.previousEnd else { return .none }
            if event.previousEnd != position { emptiness = .elsewhere }
        }
        return emptiness
    }

    // MARK: Absence

    // The registers: where it began, how far the text may be read by what must be absent, and the height of the stack.

    private mutating func startAbsence(_ register: Int) {
        assign(register, position)
        assign(register + 1, limit)
        assign(register + 2, 0)
    }

    /// Every place up to the limit may be the end, and the last one is tried first; the limit is lowered whenever
    /// something is found that must be absent.
    private mutating func stepAbsence(_ register: Int, behind: Int32) -> Bool {
        let (start, end) = (Int(registers[register]), Int(registers[register + 1]))
        if end < start, position > start {
            // What must be absent matches the empty text at the very beginning: not even that place is an end.
            if top > 0 { top -= 1 }
            return false
        }
        if position >= end, position > start {
            place = Int(behind)
            return position == end
        }
        push(behind, position)
        push(Int32(place - 1), position < text.count ? position + UTF8Text.length(lead: text[position]) : position + 1)
        registers[register + 2] = Int32(top)
        assign(MachineProgram.limit, end)
        return true
    }

    private mutating func endAbsence(_ register: Int) {
        let last = followsEmptyReference ? position : UTF8Text.start(before: position, in: text) ?? -1
        let end = min(Int(registers[register + 1]), last)
        unwind(to: Int(registers[register + 2]))
        registers[register + 1] = Int32(end)
    }
}

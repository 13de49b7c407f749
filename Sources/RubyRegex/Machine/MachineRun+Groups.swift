extension MachineRun {
    mutating func startCapture(_ number: Int, _ traits: CaptureTraits) {
        let start = MachineProgram.firstCapture + 2 * number
        if traits.contains(.isLogged) {
            log(
                Event(
                    kind: .start, group: Int32(number), position: Int32(position), previousStart: registers[start],
                    previousEnd: registers[start + 1]))
        }
        let routine = program.routines[number]
        if routine.start >= 0 { assign(Int(routine.registers.lowerBound), position) }
        if traits.contains(.isForgotten) {
            assign(start, position)
            assign(start + 1, -1)
        } else {
            registers[start] = Int32(position)
            registers[start + 1] = -1
        }
    }

    mutating func endCapture(_ number: Int, _ traits: CaptureTraits) {
        let start = MachineProgram.firstCapture + 2 * number
        if traits.contains(.isLogged) {
            log(Event(kind: .end, group: Int32(number), position: Int32(position)))
        }
        let routine = program.routines[number]
        let ownStart = routine.start >= 0 ? registers[Int(routine.registers.lowerBound)] : registers[start]
        if traits.contains(.forgetsEnd) {
            assign(start, Int(ownStart))
            assign(start + 1, position)
        } else {
            registers[start] = ownStart
            registers[start + 1] = Int32(position)
        }
    }

    private mutating func log(_ event: Event) {
        let count = Int(registers[MachineProgram.historyTop])
        guard machine.history.grow(to: count + 1, keeping: count, steps: &steps) else { return exhaust() }
        machine.history.base[count] = event
        assign(MachineProgram.historyTop, count + 1)
    }

    // MARK: Calls

    /// A frame holds where to return to, the frame of the caller, and the registers of the group as they were.
    mutating func call(_ number: Int, returningTo next: Int) {
        let routine = program.routines[number]
        let frame = Int(registers[MachineProgram.frameTop])
        let end = frame + 2 + routine.registers.count
        steps -= routine.registers.count
        guard machine.frames.grow(to: end, keeping: frame, steps: &steps) else { return exhaust() }
        let frames = machine.frames.base
        frames[frame] = Int32(next)
        frames[frame + 1] = registers[MachineProgram.frame]
        for (offset, register) in routine.registers.enumerated() {
            frames[frame + 2 + offset] = registers[Int(register)]
        }
        assign(MachineProgram.frame, frame)
        assign(MachineProgram.frameTop, end)
        if program.keepsHistory { log(Event(kind: .call)) }
        place = Int(routine.start)
    }

    mutating func returnFromCall(_ number: Int) {
        let routine = program.routines[number]
        let frame = Int(registers[MachineProgram.frame])
        let frames = machine.frames.base
        place = Int(frames[frame])
        steps -= routine.registers.count
        for (offset, register) in routine.registers.enumerated()
        where registers[Int(register)] != frames[frame + 2 + offset] {
            assign(Int(register), Int(frames[frame + 2 + offset]))
        }
        assign(MachineProgram.frame, Int(frames[frame + 1]))
        if program.keepsHistory { log(Event(kind: .callReturn)) }
    }

    // MARK: Reading

    func hasMatched(_ reference: MachineProgram.Reference) -> Bool {
        reference.groups.contains { bounds(of: $0) != nil }
    }

    private func bounds(of group: Int32) -> (start: Int, end: Int)? {
        let start = MachineProgram.firstCapture + 2 * Int(group)
        guard registers[start] >= 0, registers[start + 1] >= 0 else { return nil }
        return (Int(registers[start]), Int(registers[start + 1]))
    }

    mutating func repeatGroup(_ reference: MachineProgram.Reference) -> Bool {
        if let level = reference.level { return repeatGroup(reference, at: Int(level)) }
        for group in reference.groups {
            steps -= 1
            guard let (start, end) = bounds(of: group) else { continue }
            // A group too long for what is left ends the matter, also where there are others of its name.
            guard end - start <= limit - position else { return false }
            if skipCopy(from: start, to: end, reference.ignoresCase) { return true }
        }
        return false
    }

    /// Looks back for what was last matched at a depth of calls, seen from here.
    private mutating func repeatGroup(_ reference: MachineProgram.Reference, at wanted: Int) -> Bool {
        var level = 0
        var end: Int?
        for index in (0..<Int(registers[MachineProgram.historyTop])).reversed() {
            steps -= 1
            guard steps > 0 else { return false }
            let event = machine.history.base[index]
            switch event.kind {
            case .call: level -= 1
            case .callReturn: level += 1
            case .end where level == wanted && reference.groups.contains(event.group): end = Int(event.position)
            case .start where level == wanted && reference.groups.contains(event.group):
                guard let end else { continue }
                guard end - Int(event.position) <= limit - position else { return false }
                return skipCopy(from: Int(event.position), to: end, reference.ignoresCase)
            default: break
            }
        }
        return false
    }

    private mutating func skipCopy(from start: Int, to end: Int, _ ignoresCase: Bool) -> Bool {
        guard end > start else {
            assign(MachineProgram.emptyReference, position)
            return true
        }
        return ignoresCase ? skipFoldedCopy(from: start, to: end) : skipExactCopy(from: start, to: end)
    }

    private mutating func skipExactCopy(from start: Int, to end: Int) -> Bool {
        for offset in 0..<(end - start) where text[start + offset] != text[position + offset] {
            steps -= offset / 8
            return false
        }
        steps -= (end - start) / 8
        position += end - start
        return true
    }

    /// Folds code point by code point, so that `ß` is no copy of `ss`.
    private mutating func skipFoldedCopy(from start: Int, to end: Int) -> Bool {
        var (source, copy) = (start, position)
        while source < end {
            steps -= 2
            guard steps > 0, copy < limit else { return false }
            let wanted = UTF8Text.codePoint(in: text, at: source)
            let found = UTF8Text.codePoint(in: text, at: copy)
            guard wanted.value == found.value || CaseFolding.fold(wanted.value) == CaseFolding.fold(found.value)
            else { return false }
            source += wanted.length
            copy += found.length
        }
        position = copy
        return true
    }
}

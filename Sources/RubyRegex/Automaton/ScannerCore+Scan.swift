extension ScannerCore {
    /// See ``PatternSetScanner/scan(_:steps:limit:into:)``. Leaves the bundles for which the steps did not suffice in
    /// `undecided`.
    mutating func scan(_ text: UnsafeBufferPointer<UInt8>, steps: inout Int, limit: Int) {
        beginText(text)
        for bundle in tables.unconditional { run(bundle, on: text, steps: &steps, limit: limit) }
        let pieces = tables.pieces
        if pieces.passes == 0 { return }
        steps -= text.count * pieces.passes / Scan.ticksPerStep
        let isThrough =
            steps > 0
            && pieces.forEachBundle(in: text) { bundle in
                run(bundle, on: text, steps: &steps, limit: limit)
                return steps > 0
            }
        if isThrough { return }
        steps = 0
        for bundle in 0..<UInt32(tables.bundles.count) where begin(bundle) { undecided.append(bundle) }
    }

    private static let stepsOfBundle = 4

    /// Looks for the patterns of a bundle, once for each text.
    private mutating func run(
        _ bundle: UInt32, on text: UnsafeBufferPointer<UInt8>, steps: inout Int, limit: Int
    ) {
        guard begin(bundle) else {
            steps -= 1
            return
        }
        let allowed = min(steps, limit)
        var scan = Scan(text, steps: allowed - Self.stepsOfBundle, stepper: stepper, memory: memory)
        if !scanStates(&scan) { undecided.append(bundle) }
        steps -= allowed - scan.steps
    }

    private mutating func scanStates(_ scan: inout Scan) -> Bool {
        guard var state = idleState(.textStart) else { return simulate(&scan, from: .textStart) }
        if arrive(state, &scan) { return true }
        while scan.ticks > 0 {
            guard let column = run(&state, &scan) else { continue }
            var next = memory.next(state, column)
            if next == StateMemory.unknown {
                let made = self.next(state, column)
                scan.chargeState(stepper)
                guard let made else {
                    if column != Alphabet.textEnd {
                        return simulate(&scan, from: stepper.surroundings(behind: column))
                    }
                    note(stepper.matches.elements)
                    return true
                }
                next = made
            }
            state = next
            if column == Alphabet.textEnd {
                collect(state)
                return true
            }
            if state & StateMemory.noteworthy != 0, arrive(state, &scan) { return true }
            if scan.isThrashing(memory) {
                stepper.clear()
                stepper.add(threads: memory.threads(state), matches: memory.matches(state))
                return simulate(&scan, from: memory.header(state).pointee.before)
            }
        }
        return false
    }

    /// Collects what a state has matched, and passes over what cannot matter; whether nothing more can come.
    private mutating func arrive(_ state: Reference, _ scan: inout Scan) -> Bool {
        collect(state)
        if hasFoundAll { return true }
        switch memory.header(state).pointee.outlook {
        case .open: return false
        case .opensAfterLineBreak:
            scan.passToLineBreak()
            return false
        case .closed: return true
        }
    }

    /// Follows known transitions as long as there is nothing to note. Gives the column whose transition has to be
    /// looked at; nil when the steps are spent.
    @inline(__always)
    private mutating func run(_ state: inout Reference, _ scan: inout Scan) -> UInt32? {
        let text = scan.text
        let ascii = tables.ascii.baseAddress.unsafelyUnwrapped
        let words = memory.words
        var row = state & ~StateMemory.noteworthy
        var place = scan.place
        let limit = min(scan.end, place &+ scan.ticks)
        var found: UInt32?
        while place < limit {
            let byte = text[place]
            if byte < 0x80 {
                let column = UInt32(truncatingIfNeeded: ascii[Int(byte)])
                let next = words[Int(row &+ column)]
                place &+= 1
                if next & StateMemory.noteworthy != 0 {
                    found = column
                    break
                }
                row = next
            } else {
                let (column, length) = otherClass(text, at: place, end: scan.end)
                let next = memory.next(row, column)
                place &+= length
                if next & StateMemory.noteworthy != 0 {
                    found = column
                    break
                }
                row = next
            }
        }
        scan.ticks &-= place &- scan.place
        scan.place = place
        state = row
        if found != nil || place < scan.end { return found }
        return scan.endColumn()
    }

    // MARK: Simulation

    /// Reads the rest of the text without states: from the threads and matches that the stepper has.
    private mutating func simulate(_ scan: inout Scan, from start: Surroundings) -> Bool {
        var before = start
        note(stepper.matches.elements)
        while !hasFoundAll {
            if scan.ticks <= 0 { return false }
            let column = nextColumn(&scan)
            current.removeAll()
            current.append(stepper.threads.elements)
            advance(before, column)
            scan.charge(stepper)
            note(stepper.matches.elements)
            if column == Alphabet.textEnd { return true }
            before = stepper.surroundings(behind: column)
        }
        return true
    }

    private mutating func nextColumn(_ scan: inout Scan) -> UInt32 {
        scan.ticks -= 1
        if scan.place >= scan.end { return scan.endColumn() }
        let byte = scan.text[scan.place]
        if byte < 0x80 {
            scan.place += 1
            return UInt32(tables.ascii[Int(byte)])
        }
        let (column, length) = otherClass(scan.text, at: scan.place, end: scan.end)
        scan.place += length
        return column
    }
}

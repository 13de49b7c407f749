/// How patterns begin, by what stands before.
struct Beginnings {
    /// For each value of ``Surroundings`` before a place; empty for those that no text has.
    private let threadLists: UnsafeMutablePointer<PlainList>
    private let matchLists: UnsafeMutablePointer<PlainList>
    /// Some pattern can begin within a line, or at the beginning of a later one.
    private var canBeginWithin = false
    private var canBeginLater = false

    init(_ tables: PatternTables, _ stepper: inout ThreadStepper) {
        threadLists = .allocate(capacity: Surroundings.countBefore)
        matchLists = .allocate(capacity: Surroundings.countBefore)
        for place in 0..<Surroundings.countBefore {
            (threadLists + place).initialize(to: PlainList(capacity: 1))
            (matchLists + place).initialize(to: PlainList(capacity: 1))
        }
        let start = Int(Surroundings.textStart.rawValue)
        stepper.begin(before: .textStart)
        keep(stepper, at: start)
        var later: Set<Surroundings> = []
        for column in tables.surroundings.indices.dropFirst() {
            later.insert(stepper.surroundings(behind: UInt32(column)))
        }
        for before in later {
            stepper.begin(before: before)
            // What matches at the start of each text needs no further look.
            stepper.drop(patterns: matchLists[start].elements)
            keep(stepper, at: Int(before.rawValue))
            if stepper.threads.count > 0 || stepper.matches.count > 0 {
                canBeginLater = true
                if !before.contains(.lineBreak) { canBeginWithin = true }
            }
        }
    }

    func deallocate() {
        for place in 0..<Surroundings.countBefore {
            threadLists[place].deallocate()
            matchLists[place].deallocate()
        }
        threadLists.deallocate()
        matchLists.deallocate()
    }

    private func keep(_ stepper: borrowing ThreadStepper, at place: Int) {
        threadLists[place].append(stepper.threads.elements)
        matchLists[place].append(stepper.matches.elements)
    }

    func threads(_ before: Surroundings) -> UnsafeBufferPointer<UInt32> {
        threadLists[Int(before.rawValue)].elements
    }

    func matches(_ before: Surroundings) -> UnsafeBufferPointer<UInt32> { matchLists[Int(before.rawValue)].elements }

    /// What can come in a state without threads.
    func outlook(_ before: Surroundings) -> StateMemory.Outlook {
        if canBeginWithin || threads(before).count > 0 { return .open }
        return canBeginLater ? .opensAfterLineBreak : .closed
    }
}

/// How the patterns of a bundle begin, by what stands before. Plain memory; whoever holds it must ``deallocate()`` it
/// once.
struct Beginnings {
    /// Where the threads and matches for one value of ``Surroundings`` stand in `lists`; empty for those that no text
    /// has.
    private struct Place: BitwiseCopyable {
        var start: UInt32 = 0
        var threadCount: UInt32 = 0
        var matchCount: UInt32 = 0
        /// The state without threads, in which only what begins can come.
        var idleState = StateMemory.unknown
    }

    private let places: UnsafeMutablePointer<Place>
    private var lists = PlainList(capacity: 4)
    /// To which ``StateMemory/clearings`` the idle states belong.
    private var idleClearings = 0
    /// Some pattern can begin within a line, or at the beginning of a later one.
    private var canBeginWithin = false
    private var canBeginLater = false

    init(_ members: UnsafeBufferPointer<UInt32>, _ tables: PatternTables, _ stepper: inout ThreadStepper) {
        places = .allocate(capacity: Surroundings.countBefore)
        places.initialize(repeating: Place(), count: Surroundings.countBefore)
        stepper.begin(members, before: .textStart)
        keep(stepper, .textStart)
        for before in tables.laterSurroundings {
            stepper.begin(members, before: before)
            // What matches at the start of each text needs no further look.
            stepper.drop(members: matches(.textStart))
            keep(stepper, before)
            if stepper.threads.count > 0 || stepper.matches.count > 0 {
                canBeginLater = true
                if !before.contains(.lineBreak) { canBeginWithin = true }
            }
        }
    }

    func deallocate() {
        places.deallocate()
        lists.deallocate()
    }

    private mutating func keep(_ stepper: borrowing ThreadStepper, _ before: Surroundings) {
        places[Int(before.rawValue)] = Place(
            start: UInt32(lists.count), threadCount: UInt32(stepper.threads.count),
            matchCount: UInt32(stepper.matches.count))
        lists.append(stepper.threads.elements)
        lists.append(stepper.matches.elements)
    }

    func threads(_ before: Surroundings) -> UnsafeBufferPointer<UInt32> {
        let place = places[Int(before.rawValue)]
        return UnsafeBufferPointer(start: lists.base + Int(place.start), count: Int(place.threadCount))
    }

    func matches(_ before: Surroundings) -> UnsafeBufferPointer<UInt32> {
        let place = places[Int(before.rawValue)]
        return UnsafeBufferPointer(
            start: lists.base + Int(place.start &+ place.threadCount), count: Int(place.matchCount))
    }

    /// What can come in a state without threads.
    func outlook(_ before: Surroundings) -> StateMemory.Outlook {
        if canBeginWithin || threads(before).count > 0 { return .open }
        return canBeginLater ? .opensAfterLineBreak : .closed
    }

    /// The state without threads, where it is known.
    mutating func idleState(_ before: Surroundings, clearings: Int) -> StateMemory.Reference? {
        if idleClearings != clearings {
            for value in 0..<Surroundings.countBefore { places[value].idleState = StateMemory.unknown }
            idleClearings = clearings
        }
        let state = places[Int(before.rawValue)].idleState
        return state == StateMemory.unknown ? nil : state
    }

    mutating func keep(idleState: StateMemory.Reference, _ before: Surroundings) {
        places[Int(before.rawValue)].idleState = idleState
    }
}

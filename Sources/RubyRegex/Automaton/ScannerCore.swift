/// The mutable part of a ``PatternSetScanner``: plain memory, which whoever holds it must ``deallocate()`` once.
struct ScannerCore {
    typealias Reference = StateMemory.Reference

    let tables: PatternTables
    /// The patterns found in the text.
    var found = PlainList()
    /// The bundles that have not been looked for to the end of the text.
    var undecided = PlainList()
    var stepper: ThreadStepper
    var memory: StateMemory
    /// The threads of the state that is left, while the next one is made.
    var current = PlainList()
    /// The bundle that is being run, and how many patterns had been found before.
    private var bundle: UInt32 = 0
    private var foundBefore = 0
    private let beginnings: UnsafeMutablePointer<Beginnings?>
    private var classes = RecentClasses()
    /// The number of the text, and for each member and bundle that of the last text it was found or run in.
    private var textNumber: UInt32 = 0
    private var textKind = TextKinds.all
    private let foundIn: UnsafeMutablePointer<UInt32>
    private let runIn: UnsafeMutablePointer<UInt32>

    init(_ tables: PatternTables, memoryLimit: Int) {
        self.tables = tables
        stepper = ThreadStepper(tables)
        memory = StateMemory(columns: min(tables.representatives.count, 256), limit: memoryLimit)
        foundIn = .allocate(capacity: tables.memberCount)
        foundIn.initialize(repeating: 0, count: tables.memberCount)
        runIn = .allocate(capacity: tables.bundles.count)
        runIn.initialize(repeating: 0, count: tables.bundles.count)
        beginnings = .allocate(capacity: tables.bundles.count)
        beginnings.initialize(repeating: nil, count: tables.bundles.count)
    }

    func deallocate() {
        found.deallocate()
        undecided.deallocate()
        stepper.deallocate()
        memory.deallocate()
        current.deallocate()
        for bundle in 0..<tables.bundles.count { beginnings[bundle]?.deallocate() }
        beginnings.deallocate()
        classes.deallocate()
        foundIn.deallocate()
        runIn.deallocate()
    }

    // MARK: Beginning a text

    mutating func beginText(_ text: UnsafeBufferPointer<UInt8>) {
        found.removeAll()
        undecided.removeAll()
        if tables.tellsTexts { textKind = text.allSatisfy { $0 < 0x80 } ? .ascii : .others }
        textNumber &+= 1
        if textNumber == 0 {
            memory.removeAll()
            foundIn.update(repeating: 0, count: tables.memberCount)
            runIn.update(repeating: 0, count: tables.bundles.count)
            textNumber = 1
        }
    }

    /// Makes this the bundle that is run; false where it is for other texts, or was run on this one.
    @inline(__always)
    mutating func begin(_ bundle: UInt32) -> Bool {
        if runIn[Int(bundle)] == textNumber { return false }
        if tables.bundles[Int(bundle)].texts.isDisjoint(with: textKind) { return false }
        runIn[Int(bundle)] = textNumber
        self.bundle = bundle
        foundBefore = found.count
        if beginnings[Int(bundle)] == nil {
            let members = tables.members(of: tables.bundles[Int(bundle)])
            beginnings[Int(bundle)] = Beginnings(members, tables, &stepper)
        }
        return true
    }

    /// Whether all patterns of the bundle have been found.
    var hasFoundAll: Bool { found.count &- foundBefore == Int(tables.bundles[Int(bundle)].memberCount) }

    private var beginning: Beginnings { beginnings[Int(bundle)].unsafelyUnwrapped }

    /// Notes the matches of a state, unless that was done for this text.
    @inline(__always)
    mutating func collect(_ state: Reference) {
        let header = memory.header(state)
        if header.pointee.matchCount == 0 || header.pointee.collectedIn == textNumber { return }
        header.pointee.collectedIn = textNumber
        note(memory.matches(state))
    }

    mutating func note(_ members: UnsafeBufferPointer<UInt32>) {
        for member in members where foundIn[Int(member)] != textNumber {
            foundIn[Int(member)] = textNumber
            found.append(member)
        }
    }

    // MARK: Reading

    /// The class of the code point at `place` beyond ASCII, and how many bytes it has.
    mutating func otherClass(
        _ text: UnsafePointer<UInt8>, at place: Int, end: Int
    ) -> (column: UInt32, length: Int) {
        let first = UInt32(text[place])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        // Valid text has all of them.
        if length > end - place { return (classes.column(of: 0xFFFD, tables), end - place) }
        var codePoint = first & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { codePoint = codePoint << 6 | UInt32(text[place + offset] & 0x3F) }
        return (classes.column(of: max(0x80, min(codePoint, CodePointSet.highest)), tables), length)
    }

    // MARK: Making states

    /// The state without threads, in which only what begins can come.
    mutating func idleState(_ before: Surroundings) -> Reference? {
        if let known = beginnings[Int(bundle)]?.idleState(before, clearings: memory.clearings) { return known }
        stepper.clear()
        addBeginnings(before)
        let clearings = memory.clearings
        let state = stateOfStepper(before)
        if let state, clearings == memory.clearings {
            beginnings[Int(bundle)]?.keep(idleState: state, before)
        }
        return state
    }

    /// The state after `column`; nil where it does not fit into the memory: then only the stepper has it.
    mutating func next(_ state: Reference, _ column: UInt32) -> Reference? {
        let before = memory.header(state).pointee.before
        current.removeAll()
        current.append(memory.threads(state))
        if current.count == 0, let next = idleTransition(before, column) { return next }
        let clearings = memory.clearings
        advance(before, column)
        let next = stateOfStepper(stepper.surroundings(behind: column))
        if let next, clearings == memory.clearings { memory.setNext(state, column, next) }
        return next
    }

    /// Moves the threads in `current`, and what begins, over a class; the stepper has the result.
    mutating func advance(_ before: Surroundings, _ column: UInt32) {
        if let idle = idleTransition(before, column) {
            stepper.step(current.elements, before: before, column: column)
            stepper.add(threads: memory.threads(idle), matches: memory.matches(idle))
        } else {
            current.append(beginning.threads(before))
            stepper.step(current.elements, before: before, column: column)
            if column != Alphabet.textEnd { addBeginnings(stepper.surroundings(behind: column)) }
        }
        stepper.dropMatched()
    }

    /// The state that comes of what begins before `column`. It is remembered like every transition, so that a thousand
    /// patterns that can begin anywhere do not have to be tried for each state.
    private mutating func idleTransition(_ before: Surroundings, _ column: UInt32) -> Reference? {
        guard let idle = idleState(before) else { return nil }
        let known = memory.next(idle, column)
        if known != StateMemory.unknown { return known }
        let clearings = memory.clearings
        stepper.step(beginning.threads(before), before: before, column: column)
        let after = stepper.surroundings(behind: column)
        if column != Alphabet.textEnd { addBeginnings(after) }
        stepper.dropMatched()
        let next = stateOfStepper(after)
        if let next, clearings == memory.clearings { memory.setNext(idle, column, next) }
        return next
    }

    private mutating func addBeginnings(_ before: Surroundings) {
        stepper.add(
            threads: UnsafeBufferPointer(start: nil, count: 0), matches: beginning.matches(before))
    }

    /// What the stepper has as a state, for which older ones may be forgotten; nil where it does not fit at all.
    private mutating func stateOfStepper(_ before: Surroundings) -> Reference? {
        let outlook: StateMemory.Outlook =
            stepper.threads.count == 0 ? beginning.outlook(before) : .open
        if let state = memory.state(of: stepper, bundle: bundle, before: before, outlook: outlook) { return state }
        memory.removeAll()
        return memory.state(of: stepper, bundle: bundle, before: before, outlook: outlook)
    }
}

/// The classes of code points beyond ASCII that were seen last.
struct RecentClasses {
    private static let size = 256
    private let slots: UnsafeMutablePointer<UInt64>

    init() {
        slots = .allocate(capacity: Self.size)
        slots.initialize(repeating: 0, count: Self.size)
    }

    func deallocate() { slots.deallocate() }

    @inline(__always)
    func column(of codePoint: UInt32, _ tables: PatternTables) -> UInt32 {
        let slot = slots + (Int(codePoint) & (Self.size - 1))
        if UInt32(truncatingIfNeeded: slot.pointee >> 32) == codePoint {
            return UInt32(truncatingIfNeeded: slot.pointee)
        }
        let column = tables.otherClass(of: codePoint)
        slot.pointee = UInt64(codePoint) << 32 | UInt64(column)
        return column
    }
}

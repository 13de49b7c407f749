/// Transitions by classes that have no column of their own: a hash table of bounded size, forgotten as a whole when
/// full.
struct RareTransitions {
    private struct Slot: BitwiseCopyable {
        var row: UInt32
        var column: UInt32
        var next: StateMemory.Reference
    }

    private var slots: UnsafeMutablePointer<Slot> = .allocate(capacity: 0)
    private var capacity = 0
    private var count = 0
    private let limit: Int

    /// No row begins at 0.
    private static let free = Slot(row: 0, column: 0, next: StateMemory.unknown)

    /// - Parameter limit: bytes.
    init(limit: Int) { self.limit = limit / MemoryLayout<Slot>.stride }

    func deallocate() { slots.deallocate() }

    mutating func removeAll() {
        slots.update(repeating: Self.free, count: count == 0 ? 0 : capacity)
        count = 0
    }

    subscript(row: UInt32, column: UInt32) -> StateMemory.Reference {
        get { capacity == 0 ? StateMemory.unknown : slots[place(row, column)].next }
        set {
            if count * 2 >= capacity { makeRoom() }
            if capacity == 0 { return }
            let place = place(row, column)
            if slots[place].row == 0 { count += 1 }
            slots[place] = Slot(row: row, column: column, next: newValue)
        }
    }

    /// Where a transition is, or would be.
    private func place(_ row: UInt32, _ column: UInt32) -> Int {
        let product = (UInt64(row) << 32 | UInt64(column)) &* 0x9E37_79B9_7F4A_7C15
        var place = Int(truncatingIfNeeded: product >> 32) & (capacity - 1)
        while slots[place].row != 0, slots[place].row != row || slots[place].column != column {
            place = (place + 1) & (capacity - 1)
        }
        return place
    }

    private mutating func makeRoom() {
        let larger = max(64, capacity * 2)
        if larger > limit { return removeAll() }
        let old = UnsafeBufferPointer(start: slots, count: capacity)
        slots = .allocate(capacity: larger)
        slots.initialize(repeating: Self.free, count: larger)
        capacity = larger
        for slot in old where slot.row != 0 { slots[place(slot.row, slot.column)] = slot }
        old.deallocate()
    }
}

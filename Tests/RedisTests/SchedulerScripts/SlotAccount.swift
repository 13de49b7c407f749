import BusCalendar

/// What of a schedule should have fired, and what did.
struct SlotAccount: Equatable {
    /// Slots that should have fired, and did not.
    private(set) var lost = 0
    /// Slots that fired again.
    private(set) var doubled = 0
    /// Slots that fired before their time.
    private(set) var early = 0
    /// Slots that fired later than at the first look that a leader took after their time.
    private(set) var late = 0
    /// Slots that should not have fired: missed ones that were not to be caught up, or times that are no slots.
    private(set) var unwanted = 0
    /// Slots that fired before an earlier one.
    private(set) var disordered = 0

    init() {}

    /// - Parameters:
    ///   - entry: the schedule.
    ///   - slots: all that the clock has passed, ascending.
    ///   - looks: the times at which a leader looked, those that were later than all before.
    ///   - pushed: what fired.
    init(_ entry: ScheduleEntry, slots: [Int], looks: [Int], pushed: [PushedSlot]) {
        var due = Self.due(slots, looks: looks, catchUp: entry.catchUp)
        if let times = entry.timing.times {
            due = Dictionary(
                uniqueKeysWithValues: due.sorted { $0.key < $1.key }.prefix(times).map { ($0.key, $0.value) })
        }
        var fired: Set<Int> = []
        var last = Int.min
        for push in pushed {
            if !fired.insert(push.slot).inserted { doubled += 1 }
            if push.time < push.slot { early += 1 }
            if push.slot < last { disordered += 1 }
            last = push.slot
            guard let time = due[push.slot] else {
                unwanted += 1
                continue
            }
            if push.time > time { late += 1 }
        }
        lost = due.keys.count { !fired.contains($0) }
    }

    /// Which slots fire, and when.
    private static func due(_ slots: [Int], looks: [Int], catchUp: CatchUp) -> [Int: Int] {
        var due: [Int: Int] = [:]
        var rest = slots[...]
        for look in looks {
            let passed = rest.prefix { $0 <= look }
            rest = rest.dropFirst(passed.count)
            switch catchUp {
            case .all: for slot in passed { due[slot] = look }
            case .latest: if let slot = passed.last { due[slot] = look }
            case .skip: if let slot = passed.last, look - slot <= SlotPlan.tolerance { due[slot] = look }
            }
        }
        return due
    }
}

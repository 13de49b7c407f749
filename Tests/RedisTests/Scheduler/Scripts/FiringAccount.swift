import BusCalendar

/// What of a schedule should have fired, and what did.
struct FiringAccount: Equatable {
    /// Firings that should have taken place, and did not.
    private(set) var lost = 0
    /// Firings that took place again.
    private(set) var doubled = 0
    /// Firings that took place before their time.
    private(set) var early = 0
    /// Firings that took place later than at the first look that a leader took after their time.
    private(set) var late = 0
    /// Firings that should not have taken place: missed ones that were not to be caught up, or some at times at which
    /// the schedule does not fire.
    private(set) var unwanted = 0
    /// Firings that took place before an earlier one.
    private(set) var disordered = 0

    init() {}

    /// - Parameters:
    ///   - entry: the schedule.
    ///   - firings: all that the clock has passed, ascending.
    ///   - looks: the times at which a leader looked, those that were later than all before.
    ///   - pushed: what fired.
    init(_ entry: ScheduleEntry, firings: [Int], looks: [Int], pushed: [PushedFiring]) {
        var due = Self.due(firings, looks: looks, catchUp: entry.catchUp)
        if let times = entry.timing.times {
            due = Dictionary(
                uniqueKeysWithValues: due.sorted { $0.key < $1.key }.prefix(times).map { ($0.key, $0.value) })
        }
        var fired: Set<Int> = []
        var last = Int.min
        for push in pushed {
            if !fired.insert(push.due).inserted { doubled += 1 }
            if push.time < push.due { early += 1 }
            if push.due < last { disordered += 1 }
            last = push.due
            guard let time = due[push.due] else {
                unwanted += 1
                continue
            }
            if push.time > time { late += 1 }
        }
        lost = due.keys.count { !fired.contains($0) }
    }

    /// Which firings take place, and when.
    private static func due(_ firings: [Int], looks: [Int], catchUp: CatchUp) -> [Int: Int] {
        var due: [Int: Int] = [:]
        var rest = firings[...]
        for look in looks {
            let passed = rest.prefix { $0 <= look }
            rest = rest.dropFirst(passed.count)
            switch catchUp {
            case .all: for firing in passed { due[firing] = look }
            case .latest: if let firing = passed.last { due[firing] = look }
            case .skip: if let firing = passed.last, look - firing <= FiringPlan.tolerance { due[firing] = look }
            }
        }
        return due
    }
}

/// The slots of a schedule, in milliseconds since 1970.
package struct SlotSequence: Hashable, Sendable {
    /// What they follow from.
    package let timing: ScheduleTiming
    /// The zone of lines of cron that name none.
    package let zone: ZoneRules
    /// There are no slots from then on; nil for no end.
    private var end: Int?

    package init(timing: ScheduleTiming, zone: ZoneRules) {
        self.timing = timing
        self.zone = zone
    }

    var isCron: Bool {
        if case .cron = timing.rhythm { true } else { false }
    }

    /// The first slot of a schedule that is first seen now; nil where a line of cron alone decides.
    func anchor(seenAt now: Int) -> Int? { timing.first?.resolved(seenAt: now, in: zone) }

    /// Where a schedule stands that is first seen now: what was before does not fire.
    func firstState(seenAt now: Int) -> SlotState {
        let anchor = anchor(seenAt: now)
        return SlotState(
            last: anchor == now ? now - 1 : now, fingerprint: timing.fingerprint, anchor: anchor,
            end: timing.last?.resolved(seenAt: now, in: zone), fired: timing.times == nil ? nil : 0)
    }

    /// The slots before a time.
    func ending(at end: Int?) -> SlotSequence {
        var slots = self
        slots.end = end
        return slots
    }

    /// The first slot after a time.
    func first(after time: Int, anchor: Int?) -> Int? {
        guard let slot = endlessFirst(after: time, anchor: anchor), slot < end ?? .max else { return nil }
        return slot
    }

    private func endlessFirst(after time: Int, anchor: Int?) -> Int? {
        if let anchor, time < anchor { return anchor }
        switch timing.rhythm {
        case .cron(let line): return line.next(after: time.seconds, zone: zone).map { $0 * 1000 }
        case .every(let interval):
            let anchor = anchor ?? time
            return anchor + ((time - anchor) / interval + 1) * interval
        }
    }

    /// The last slot at or before a time.
    func last(atOrBefore time: Int, anchor: Int?) -> Int? {
        let time = min(time, end.map { $0 - 1 } ?? time)
        if let anchor, time < anchor { return nil }
        switch timing.rhythm {
        case .cron(let line):
            let slot = line.previous(atOrBefore: time.seconds, zone: zone).map { $0 * 1000 }
            return anchor.map { max($0, slot ?? $0) } ?? slot
        case .every(let interval):
            let anchor = anchor ?? time
            return anchor + (time - anchor) / interval * interval
        }
    }
}

extension Int {
    /// Of milliseconds, the whole seconds before them.
    fileprivate var seconds: Int { self >= 0 ? self / 1000 : (self - 999) / 1000 }
}

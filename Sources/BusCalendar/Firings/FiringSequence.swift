/// The times at which a schedule fires, in milliseconds since 1970.
package struct FiringSequence: Hashable, Sendable {
    /// What they follow from.
    package let timing: ScheduleTiming
    /// The zone of lines of cron that name none.
    package let zone: ZoneRules
    /// There are no firings from then on; nil for no end.
    private var end: Int?

    package init(timing: ScheduleTiming, zone: ZoneRules) {
        self.timing = timing
        self.zone = zone
    }

    var isCron: Bool {
        if case .cron = timing.rhythm { true } else { false }
    }

    /// The first firing of a schedule that is first seen now; nil where a line of cron alone decides.
    func anchor(seenAt now: Int) -> Int? { timing.first?.resolved(seenAt: now, in: zone) }

    /// Where a schedule stands that is first seen now: nothing of the past fires.
    func firstState(seenAt now: Int) -> FiringState {
        let anchor = anchor(seenAt: now)
        return FiringState(
            last: anchor == now ? now - 1 : now, fingerprint: timing.fingerprint, anchor: anchor,
            end: timing.last?.resolved(seenAt: now, in: zone), fired: timing.times == nil ? nil : 0)
    }

    /// The firings before a time.
    func ending(at end: Int?) -> FiringSequence {
        var firings = self
        firings.end = end
        return firings
    }

    /// The first firing after a time.
    func first(after time: Int, anchor: Int?) -> Int? {
        guard let firing = endlessFirst(after: time, anchor: anchor), firing < end ?? .max else { return nil }
        return firing
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

    /// The last firing at or before a time.
    func last(atOrBefore time: Int, anchor: Int?) -> Int? {
        let time = min(time, end.map { $0 - 1 } ?? time)
        if let anchor, time < anchor { return nil }
        switch timing.rhythm {
        case .cron(let line):
            let firing = line.previous(atOrBefore: time.seconds, zone: zone).map { $0 * 1000 }
            return anchor.map { max($0, firing ?? $0) } ?? firing
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

/// The slots of a schedule, in milliseconds since 1970.
public struct SlotSequence: Hashable, Sendable {
    /// What they follow from.
    public let timing: ScheduleTiming
    /// The zone of lines of cron that name none.
    public let zone: ZoneRules

    public init(timing: ScheduleTiming, zone: ZoneRules) {
        self.timing = timing
        self.zone = zone
    }

    var isCron: Bool {
        if case .cron = timing { true } else { false }
    }

    /// The first slot of an `every` schedule that is first seen now.
    func anchor(seenAt now: Int) -> Int? {
        if case .every(_, let firstIn) = timing { now + firstIn } else { nil }
    }

    /// The first slot after a time.
    func first(after time: Int, anchor: Int?) -> Int? {
        switch timing {
        case .cron(let line): return line.next(after: time.seconds, zone: zone).map { $0 * 1000 }
        case .every(let interval, _):
            let anchor = anchor ?? time
            return time < anchor ? anchor : anchor + ((time - anchor) / interval + 1) * interval
        }
    }

    /// The last slot at or before a time.
    func last(atOrBefore time: Int, anchor: Int?) -> Int? {
        switch timing {
        case .cron(let line): return line.previous(atOrBefore: time.seconds, zone: zone).map { $0 * 1000 }
        case .every(let interval, _):
            let anchor = anchor ?? time
            return time < anchor ? nil : anchor + (time - anchor) / interval * interval
        }
    }
}

extension Int {
    /// Of milliseconds, the whole seconds before them.
    fileprivate var seconds: Int { self >= 0 ? self / 1000 : (self - 999) / 1000 }
}

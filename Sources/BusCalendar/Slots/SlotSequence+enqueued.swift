/// What `delayed:last_enqueued_at` has of a schedule: when its job was last pushed, in whole seconds of the clock of whoever
/// did it. It is all that Ruby notes of a firing, so the slot must be told from it.
///
/// All times are milliseconds since 1970.
extension SlotSequence {
    /// The most that another clock may differ from Redis' one.
    private static let longestTolerance = 60_000

    /// What follows from such a time.
    enum Testimony: Hashable {
        /// This slot has fired, the last one.
        case fired(Int)
        /// There was no slot until then.
        case none
        /// It lies further in the future than clocks differ.
        case incredible
    }

    /// Tells from which slot a job is that was pushed at a time.
    ///
    /// Of a line of cron it is the last one until then. One that is not due yet was fired by a clock that is ahead; the next one
    /// counts as fired if it is due and within the tolerance. Ruby counts an interval from the start of its process, so of
    /// intervals it is the nearest one.
    ///
    /// - Parameters:
    ///   - time: what was read.
    ///   - now: the present of Redis' clock.
    ///   - anchor: the first slot; nil where a line of cron alone decides.
    func testimony(of time: Int, now: Int, anchor: Int?) -> Testimony {
        guard time <= now + Self.longestTolerance else { return .incredible }
        let slot = last(atOrBefore: time, anchor: anchor)
        let following = first(after: time, anchor: anchor)
        let tolerance = tolerance(after: slot, before: following)
        guard time <= now + tolerance else { return .incredible }
        if let following, following <= (isCron ? now : now + tolerance), following - time <= tolerance {
            return .fired(following)
        }
        return slot.map { .fired($0) } ?? .none
    }

    /// The time to write when a slot fires: the present, unless that would be taken for the time of a later slot. Then it is
    /// the slot itself.
    ///
    /// - Parameter following: the next slot.
    package func enqueued(_ slot: Int, before following: Int?, now: Int) -> Int {
        let written = now / 1000 * 1000
        guard let following, following - written <= tolerance(after: slot, before: following) else { return written }
        return slot
    }

    /// Half of the interval between two slots, at most a minute.
    private func tolerance(after slot: Int?, before following: Int?) -> Int {
        if case .every(let interval) = timing.rhythm { return min(Self.longestTolerance, interval / 2) }
        guard let slot, let following else { return Self.longestTolerance }
        return min(Self.longestTolerance, (following - slot) / 2)
    }
}

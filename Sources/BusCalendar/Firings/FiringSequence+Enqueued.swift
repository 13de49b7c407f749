/// What `delayed:last_enqueued_at` has of a schedule: when its job was last pushed, in whole seconds of the clock of
/// whoever did it. Ruby notes nothing else of a firing, so which one it was must be told from this.
///
/// All times are milliseconds since 1970.
extension FiringSequence {
    /// The most, in milliseconds, that another clock may differ from that of Redis.
    private static let longestTolerance = 60_000

    /// What follows from such a time.
    enum Testimony: Hashable {
        /// This was the last firing.
        case fired(Int)
        /// There was no firing until then.
        case none
        /// It lies further in the future than clocks differ.
        case incredible
    }

    /// Tells of which firing a job is that was pushed at a time.
    ///
    /// Of a line of cron it is the last one until then. If that is not due yet, the clock of whoever pushed the job is
    /// ahead. It is the next one instead if that is due and within the tolerance. Ruby counts an interval from the
    /// start of its process, so of intervals it is the nearest firing.
    ///
    /// - Parameters:
    ///   - time: what was read.
    ///   - now: the present of Redis' clock.
    ///   - anchor: the first firing; nil where a line of cron alone decides.
    func testimony(of time: Int, now: Int, anchor: Int?) -> Testimony {
        guard time <= now + Self.longestTolerance else { return .incredible }
        let firing = last(atOrBefore: time, anchor: anchor)
        let following = first(after: time, anchor: anchor)
        let tolerance = tolerance(after: firing, before: following)
        guard time <= now + tolerance else { return .incredible }
        if let following, following <= (isCron ? now : now + tolerance), following - time <= tolerance {
            return .fired(following)
        }
        return firing.map { .fired($0) } ?? .none
    }

    /// The time to write when the job of a firing is pushed: the present. Where that would be taken for a later firing,
    /// it is the time of the firing itself.
    ///
    /// - Parameters:
    ///   - firing: whose job is pushed.
    ///   - following: the next firing.
    ///   - now: the present.
    package func enqueued(_ firing: Int, before following: Int?, now: Int) -> Int {
        let written = now / 1000 * 1000
        guard let following, following - written <= tolerance(after: firing, before: following) else { return written }
        return firing
    }

    /// Half of the time between two firings, at most a minute.
    private func tolerance(after firing: Int?, before following: Int?) -> Int {
        if case .every(let interval) = timing.rhythm { return min(Self.longestTolerance, interval / 2) }
        guard let firing, let following else { return Self.longestTolerance }
        return min(Self.longestTolerance, (following - firing) / 2)
    }
}

import LibevExecutor

/// Limits promotion to a part of the time, so that what shares its loop and its Redis gets the rest.
///
/// What was not used of that part is saved up, so that a few jobs move at once, and only many have to wait.
struct Pace: Sendable {
    /// The most that is saved up, in nanoseconds.
    private static let mostSaved = 5_000_000.0

    /// The part of the time: more than 0, at most 1.
    private let share: Double
    /// What may be used at once, in nanoseconds; negative while more was used than there was.
    private var saved = mostSaved
    /// When that was so.
    private var time = MonotonicInstant.past

    /// - Parameter share: more than 0, at most 1.
    init(share: Double) {
        precondition(share > 0 && share <= 1, "A pace is a part of the time.")
        self.share = share
    }

    /// Takes note of a step.
    ///
    /// - Parameters:
    ///   - start: when it began.
    ///   - end: when it ended.
    /// - Returns: when the next one may begin.
    mutating func note(from start: MonotonicInstant, to end: MonotonicInstant) -> MonotonicInstant {
        saved = min(saved + Double((start - min(start, time)).inNanoseconds) * share, Self.mostSaved)
        saved -= Double((end - start).inNanoseconds) * (1 - share)
        time = end
        return saved < 0 ? end + .nanoseconds(Int64(-saved / share)) : end
    }
}

import LibevExecutor

/// An instant of the monotonic clock, to the nanosecond: it does not jump when the wall clock is set.
struct MonotonicInstant: Comparable {
    /// Of ``MonotonicTime``.
    let nanoseconds: UInt64

    static var now: MonotonicInstant { MonotonicInstant(nanoseconds: MonotonicTime.now) }
    /// Before any other.
    static let past = MonotonicInstant(nanoseconds: 0)
    /// After any other.
    static let never = MonotonicInstant(nanoseconds: .max)

    /// Whole nanoseconds later.
    ///
    /// - Precondition: the instant is not ``never``, and the duration not negative.
    static func + (instant: MonotonicInstant, duration: Duration) -> MonotonicInstant {
        precondition(duration >= .zero, "Only what comes later is asked for.")
        return MonotonicInstant(nanoseconds: instant.nanoseconds + duration.inNanoseconds)
    }

    static func += (instant: inout MonotonicInstant, duration: Duration) { instant = instant + duration }

    /// How long ago the second one was at the first one, which is no earlier.
    static func - (late: MonotonicInstant, early: MonotonicInstant) -> Duration {
        .nanoseconds(late.nanoseconds - early.nanoseconds)
    }

    static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool { left.nanoseconds < right.nanoseconds }
}

import BusCalendar
import LibevExecutor

/// The clock that everything falls due by: Redis' own, read again and again, and carried on by the local monotonic one.
///
/// It is never ahead of Redis' clock by more than two milliseconds, unless that was set back since the last reading.
struct SchedulerClock {
    /// How old, in nanoseconds, a reading may become.
    static let freshness: UInt64 = 2_000_000_000
    /// How far, in microseconds, the two clocks drift apart in a second, at most: one of them is adjusted then.
    private static let driftPerSecond = 500
    /// In milliseconds; what lies beyond never comes.
    private static let endOfTime = 10_000_000_000_000
    /// A difference, in microseconds, that only an answer explains which took its time.
    private static let delay = 20_000

    /// What to add to the monotonic clock, in microseconds.
    private var offset: Int?
    private var watch = ClockWatch()
    /// When the present reading was taken, in nanoseconds of the monotonic clock.
    private var readAt: UInt64 = 0
    /// When the present reading becomes too old, in nanoseconds of the monotonic clock.
    private(set) var isFreshUntil: UInt64 = 0

    /// The latest time that was believed, in milliseconds since 1970; nil before the first reading.
    var believed: Int? { watch.believed }

    /// Takes over Redis' time as it has just come.
    ///
    /// - Parameters:
    ///   - time: microseconds since 1970, as `RedisClock` believes them.
    ///   - freshness: how old, in nanoseconds, this reading may become.
    /// - Returns: how far Redis' clock has jumped since the last one.
    mutating func read(
        _ time: Int, at monotonic: UInt64 = MonotonicTime.now, freshness: UInt64 = Self.freshness
    ) -> ClockWatch.Jump? {
        let drift = Int((monotonic - readAt) / 1_000_000) * Self.driftPerSecond / 1000
        readAt = monotonic
        isFreshUntil = monotonic + freshness
        // The answer was under way for some time, so this is a little too early, mostly by less than what was known
        // before.
        let seen = time - Int(monotonic / 1000)
        if let known = offset, seen < known, known - seen < Self.delay {
            offset = max(seen, known - drift)
        } else {
            offset = seen
        }
        return watch.look(now: milliseconds(at: monotonic), monotonic: Int(monotonic / 1_000_000))
    }

    /// Milliseconds since 1970.
    ///
    /// - Precondition: it was read.
    var now: Int { milliseconds(at: MonotonicTime.now) }

    private func milliseconds(at monotonic: UInt64) -> Int {
        guard let offset else { preconditionFailure("The clock was never read.") }
        return (Int(monotonic / 1000) + offset) / 1000
    }

    /// When, in nanoseconds of the monotonic clock, this clock will show a time in milliseconds since 1970.
    func monotonic(at time: Int) -> UInt64 {
        guard let offset, time < Self.endOfTime else { return .max }
        guard time > 0 else { return 0 }
        return UInt64(max(0, time * 1000 - offset)) * 1000
    }
}

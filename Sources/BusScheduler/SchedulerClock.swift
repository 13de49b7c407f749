import BusCalendar
import LibevExecutor

/// The clock that everything falls due by: Redis' own, read again and again, and carried on by the local monotonic one.
///
/// It is never ahead of Redis' clock by more than two milliseconds, unless that was set back since the last reading.
struct SchedulerClock {
    /// How old a reading may become.
    static let freshness = Duration.seconds(2)
    /// How far, in seconds, another clock may be away without being told.
    private static let tolerance = 30
    /// How far, in microseconds, the two clocks drift apart in a second, at most: one of them is adjusted then.
    private static let driftPerSecond = 500
    /// In milliseconds; what lies beyond never comes.
    private static let endOfTime = 10_000_000_000_000
    /// A difference, in microseconds, that only an answer explains which took its time.
    private static let delay = 20_000

    /// What to add to the monotonic clock, in microseconds.
    private var offset: Int?
    private var watch = ClockWatch()
    /// When the present reading was taken.
    private var readAt = MonotonicInstant.past
    /// When the present reading becomes too old.
    private(set) var isFreshUntil = MonotonicInstant.past
    /// The other clock was far away when it was compared last.
    private var isFar = false

    /// The latest time that was believed, in milliseconds since 1970; nil before the first reading.
    var believed: Int? { watch.believed }

    /// Takes over Redis' time as it has just come.
    ///
    /// - Parameters:
    ///   - time: microseconds since 1970, as `RedisClock` believes them.
    ///   - freshness: how old this reading may become.
    /// - Returns: how far Redis' clock has jumped since the last one.
    mutating func read(
        _ time: Int, at monotonic: MonotonicInstant = .now, freshness: Duration = Self.freshness
    ) -> ClockWatch.Jump? {
        let age = Int((monotonic.nanoseconds - readAt.nanoseconds) / 1_000_000)
        let drift = age * Self.driftPerSecond / 1000
        readAt = monotonic
        isFreshUntil = monotonic + freshness
        // The answer was under way for some time, so this is a little too early, mostly by less than what was known
        // before.
        let seen = time - monotonic.microseconds
        if let known = offset, seen < known, known - seen < Self.delay {
            offset = max(seen, known - drift)
        } else {
            offset = seen
        }
        return watch.look(now: milliseconds(at: monotonic), monotonic: monotonic.microseconds / 1000)
    }

    /// Milliseconds since 1970.
    ///
    /// - Precondition: it was read.
    var now: Int { milliseconds(at: .now) }

    private func milliseconds(at monotonic: MonotonicInstant) -> Int {
        guard let offset else { preconditionFailure("The clock was never read.") }
        return (monotonic.microseconds + offset) / 1000
    }

    /// When this clock will show a time in milliseconds since 1970.
    func monotonic(at time: Int) -> MonotonicInstant {
        guard let offset, time < Self.endOfTime else { return .never }
        guard time > 0 else { return .past }
        return MonotonicInstant(nanoseconds: UInt64(max(0, time * 1000 - offset)) * 1000)
    }

    /// Compares this clock with another.
    ///
    /// - Parameter other: what that shows, in epoch seconds.
    /// - Returns: how many seconds this clock is ahead, when that is far and was not when they were compared last.
    mutating func newDifference(from other: Int) -> Int? {
        let difference = now / 1000 - other
        let wasFar = isFar
        isFar = abs(difference) > Self.tolerance
        return isFar && !wasFar ? difference : nil
    }
}

extension MonotonicInstant {
    fileprivate var microseconds: Int { Int(nanoseconds / 1000) }
}

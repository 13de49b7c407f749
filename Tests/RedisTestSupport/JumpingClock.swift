/// A clock that somebody sets now and then, beside a monotonic one. Nothing waits: time passes when it is told to.
///
/// All times are milliseconds.
public struct JumpingClock {
    /// What the clock shows.
    public private(set) var now: Int
    /// What the monotonic clock shows; 0 at first.
    public private(set) var monotonic = 0
    /// The latest time that the clock has shown.
    public private(set) var latest: Int
    private var jumped = 0

    private static let hour = 3_600_000
    private static let day = 24 * hour

    /// - Parameter start: what the clock shows at first.
    public init(start: Int) {
        now = start
        latest = start
    }

    /// Whether the last jump is more than an hour ago.
    public var isSteady: Bool { monotonic - jumped > Self.hour }

    /// Whether the clock is where it once was, but for a minute.
    public var isCaughtUp: Bool { latest <= now + 60_000 }

    /// Lets time pass.
    public mutating func pass(_ time: Int) {
        monotonic += time
        now += time
        latest = max(latest, now)
    }

    /// Lets time pass until a moment, but six hours at most; one time in a hundred nobody is there for up to three
    /// days.
    public mutating func pass(until next: Int?, _ chance: inout Chance) {
        let step = max(1, min((next ?? Int.max) - now, chance.number(1...6 * Self.hour)))
        pass(chance.happens(1) ? chance.number(1...3 * Self.day) : step)
    }

    /// Somebody sets the clock.
    public mutating func jump(_ difference: Int) {
        jumped = monotonic
        now += difference
        latest = max(latest, now)
    }

    /// Somebody sets the clock by up to two days.
    public mutating func jump(_ chance: inout Chance) { jump(chance.number(-2 * Self.day...2 * Self.day)) }
}

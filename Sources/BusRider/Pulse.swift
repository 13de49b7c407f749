/// How often a rider looks after its jobs by itself: every millisecond while they come and go, less often while long
/// ones run. A value without a clock.
struct Pulse {
    static let quick = Duration.milliseconds(1)
    static let slow = Duration.milliseconds(50)
    /// After so many beats in which nothing happened, the slow pulse does.
    private static let mostQuietBeats = 50
    /// How often resque-web's view is brought up to date.
    private static let showInterval = Duration.milliseconds(200)

    private var lastBeat: ContinuousClock.Instant
    private var lastShow: ContinuousClock.Instant
    private var quietBeats = 0
    private var finished = 0

    /// - Parameter now: when it may beat first.
    init(at now: ContinuousClock.Instant) {
        lastBeat = now
        lastShow = now
    }

    /// How long to wait for the next beat.
    var interval: Duration { quietBeats < Self.mostQuietBeats ? Self.quick : Self.slow }

    /// Nothing was finished since the beat before the last.
    var isQuiet: Bool { quietBeats > 0 }

    /// The beats begin again.
    mutating func begin(at now: ContinuousClock.Instant) { lastBeat = now }

    /// So many jobs have ended.
    mutating func note(finished count: Int) { finished += count }

    /// - Returns: how many jobs have ended since the last beat, and how long that is ago.
    mutating func beat(at now: ContinuousClock.Instant) -> (finished: Int, elapsed: Duration) {
        defer {
            quietBeats = finished == 0 ? quietBeats + 1 : 0
            finished = 0
            lastBeat = now
        }
        return (finished, now - lastBeat)
    }

    /// Whether resque-web's view is to be brought up to date now; then it counts as done.
    ///
    /// - Parameter isLast: no beat follows for now.
    mutating func isTimeToShow(at now: ContinuousClock.Instant, isLast: Bool) -> Bool {
        guard isLast || now - lastShow >= Self.showInterval else { return false }
        lastShow = now
        return true
    }
}

import LibevExecutor

/// What makes a rider's pulse beat while something is in hand. Confined to the rider.
final class PulseTimer {
    private let executor: LibevExecutor
    private var pulse = Pulse(at: .now)
    /// Nil while nothing is in hand.
    private var running: (timer: LoopTimer, interval: Duration)?

    init(_ executor: LibevExecutor) { self.executor = executor }

    /// It beats so quickly that the slots need not wake the loop for each job.
    var isQuick: Bool { running?.interval == Pulse.quick }

    /// Whether ``start(_:)`` must be called: something is in hand now, or the beats are to come at another interval.
    func mustStart(isAtRest: Bool) -> Bool {
        if let running { running.interval != pulse.interval } else { !isAtRest }
    }

    /// - Parameter beat: called on the loop.
    func start(_ beat: @escaping @Sendable () -> Void) {
        if running == nil { pulse.begin(at: .now) }
        running?.timer.cancel()
        let interval = pulse.interval
        running = (executor.schedule(after: interval, repeating: interval, beat), interval)
    }

    func stop() {
        running?.timer.cancel()
        running = nil
    }

    /// So many jobs have ended.
    func note(finished count: Int) { pulse.note(finished: count) }

    /// - Returns: how many jobs have ended since the last beat, and how long that is ago.
    func beat(at now: ContinuousClock.Instant) -> (finished: Int, elapsed: Duration) { pulse.beat(at: now) }

    /// Nothing was finished since the beat before the last.
    var isQuiet: Bool { pulse.isQuiet }

    /// Whether resque-web's view is to be brought up to date now; then it counts as done.
    ///
    /// - Parameter isLast: no beat follows for now.
    func isTimeToShow(at now: ContinuousClock.Instant, isLast: Bool) -> Bool {
        pulse.isTimeToShow(at: now, isLast: isLast)
    }
}

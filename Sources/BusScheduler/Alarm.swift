import LibevExecutor

/// Lets one task of a loop sleep until a time, or until somebody rings. Used on the loop's thread only.
final class Alarm {
    private var timer: PreciseTimer?
    private var sleeper: CheckedContinuation<Void, Never>?
    private var hasRung = false

    init() {}

    /// Returns at `time`, or when it rings; at once when it has rung since the last sleep.
    func sleep(until time: MonotonicInstant, on executor: LibevExecutor) async {
        guard !hasRung, time > .now else {
            hasRung = false
            await Task.yield()  // others on this loop get their turn
            return
        }
        let timer = timer ?? PreciseTimer(executor: executor) { [unowned self] in wake() }
        self.timer = timer
        timer.arm(at: time.nanoseconds)
        await withCheckedContinuation { sleeper = $0 }
        hasRung = false
    }

    /// Ends the sleep, or the next one before it begins.
    func ring() {
        hasRung = true
        wake()
    }

    /// Gives back what sleeping needs, which must not end with the last reference, on any thread. It may be used again.
    func dismiss() { timer = nil }

    private func wake() {
        sleeper?.resume()
        sleeper = nil
    }
}

import BusSession
import LibevExecutor
import RedisConnection

/// While jobs are in hand the rider looks after them by itself: every millisecond while they come and go, less often
/// while long ones run, and not at all when there are none.
extension Rider {
    private static let quick = Duration.milliseconds(1)
    private static let slow = Duration.milliseconds(50)
    /// After so many pulses in which nothing happened, the slow pulse does.
    private static let mostQuietPulses = 50
    /// Jobs that were claimed ahead and that no slot has taken for so long go back, for riders with free slots.
    private static let handBackTime = Duration.milliseconds(100)
    /// How often resque-web's view is brought up to date.
    private static let showInterval = Duration.milliseconds(200)

    /// The slots need not wake the loop for each job.
    var isWatching: Bool { pulse != nil && pulseInterval == Self.quick }

    /// Starts the pulse when there is something in hand.
    func adjustPulse() {
        let interval = quietPulses < Self.mostQuietPulses ? Self.quick : Self.slow
        guard pulse == nil ? !isAtRest : interval != pulseInterval else { return }
        if pulse == nil { lastPulse = .now }
        pulse?.cancel()
        pulseInterval = interval
        pulse = executor.schedule(after: interval, repeating: interval) { self.assumeIsolated { $0.beatPulse() } }
    }

    func stopPulse() {
        pulse?.cancel()
        pulse = nil
    }

    private func beatPulse() {
        let now = ContinuousClock.now
        let progress = collect()
        prefetch.finished(finishedSincePulse, within: now - lastPulse)
        quietPulses = finishedSincePulse == 0 ? quietPulses + 1 : 0
        finishedSincePulse = 0
        lastPulse = now
        if progress.waiting > progress.idle, progress.stall >= Self.handBackTime, !isStopping {
            prefetch.stalled()
            ended.back += board.withdraw().map(\.ticket)
            if ended.since == nil { ended.since = now }
        }
        advance()
        adjustPulse()
        let isOver = isAtRest && quietPulses > 0
        if isOver || now - lastShow >= Self.showInterval {
            lastShow = now
            show()
        }
        if isOver { stopPulse() }
    }

    /// Brings resque-web's view up to date.
    private func show() {
        guard let session, isWorking, isOpen else { return }
        var pipeline = RedisPipeline()
        showcase.appendUpdate(
            board.jobsInHand(), now: MonotonicTime.now, wallClock: configuration.now(), to: &pipeline)
        guard !pipeline.isEmpty else { return }
        ask(session.control, pipeline) { $0.reportView($1) }
    }
}

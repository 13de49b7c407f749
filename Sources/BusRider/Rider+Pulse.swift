import BusSession
import LibevExecutor
import RedisConnection

/// While jobs are in hand the rider looks after them by itself (``Pulse``), and not at all when there are none.
extension Rider {
    /// Jobs that were claimed ahead and that no slot has taken for so long go back, for riders with free slots.
    private static let handBackTime = Duration.milliseconds(100)

    /// The slots need not wake the loop for each job.
    var isWatching: Bool { pulseTimer?.interval == Pulse.quick }

    /// Starts the pulse when there is something in hand.
    func adjustPulse() {
        guard pulseTimer == nil ? !isAtRest : pulseTimer?.interval != pulse.interval else { return }
        if pulseTimer == nil { pulse.begin(at: .now) }
        pulseTimer?.timer.cancel()
        let interval = pulse.interval
        let timer = executor.schedule(after: interval, repeating: interval) { self.assumeIsolated { $0.beatPulse() } }
        pulseTimer = (timer, interval)
    }

    func stopPulse() {
        pulseTimer?.timer.cancel()
        pulseTimer = nil
    }

    private func beatPulse() {
        let now = ContinuousClock.now
        let progress = collect()
        let beat = pulse.beat(at: now)
        prefetch.finished(beat.finished, within: beat.elapsed)
        if progress.waiting > progress.idle, progress.stall >= Self.handBackTime, !isStopping {
            prefetch.stalled()
            ended.back += board.withdraw().map(\.ticket)
            if ended.since == nil { ended.since = now }
        }
        advance()
        adjustPulse()
        let isOver = isAtRest && pulse.isQuiet
        if pulse.isTimeToShow(at: now, isLast: isOver) { show() }
        if isOver { stopPulse() }
    }

    /// Brings resque-web's view up to date.
    private func show() {
        guard let session, isWorking else { return }
        var pipeline = RedisPipeline()
        showcase.appendUpdate(
            board.jobsInHand(), now: MonotonicTime.now, wallClock: configuration.now(), to: &pipeline)
        guard !pipeline.isEmpty else { return }
        ask(session.control, pipeline) { $0.reportView($1) }
    }
}

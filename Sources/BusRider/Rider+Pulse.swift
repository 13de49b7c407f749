import BusSession
import LibevExecutor
import RedisConnection

/// While jobs are in hand the rider looks after them by itself (``Pulse``), and not at all when there are none.
extension Rider {
    /// Starts the pulse when there is something in hand.
    func adjustPulse() {
        guard pulse.mustStart(isAtRest: isAtRest) else { return }
        pulse.start { self.assumeIsolated { $0.beatPulse() } }
    }

    private func beatPulse() {
        let now = ContinuousClock.now
        let progress = collect()
        let beat = pulse.beat(at: now)
        claimer.worked(off: beat.finished, within: beat.elapsed)
        if !isStopping, claimer.isStalled(progress) { settler.giveBack(slots.board.withdraw(), at: now) }
        advance()
        adjustPulse()
        let isOver = isAtRest && pulse.isQuiet
        if pulse.isTimeToShow(at: now, isLast: isOver) { show() }
        if isOver { pulse.stop() }
    }

    /// Brings resque-web's view up to date.
    private func show() {
        guard let session, isWorking else { return }
        var pipeline = RedisPipeline()
        slots.showcase.appendUpdate(
            slots.board.jobsInHand(), now: MonotonicTime.now, wallClock: configuration.now(), to: &pipeline)
        guard !pipeline.isEmpty else { return }
        ask(session.control, pipeline) { $0.reportView($1) }
    }
}

import LibevExecutor

/// The slots: as many tasks as jobs may run at once, on Swift's thread pool.
extension Rider {
    /// Gives this incarnation a board of its own: what slots of an older one still finish is nobody's any more.
    func openBoard() {
        board.close()
        board = JobBoard(slots: configuration.concurrency) { [executor] in
            executor.execute { self.assumeIsolated { $0.advance() } }
        }
        for slot in 1...configuration.concurrency { startSlot(slot) }
    }

    private func startSlot(_ slot: Int) {
        slots[slot] = Task.detached { [board, performer] in
            var finished: FinishedJob?
            while let assignment = await board.next(slot, after: finished) {
                let report = await performer.perform(assignment.job)
                finished = FinishedJob(assignment: assignment, report: report, slot: slot)
            }
        }
    }

    /// Cancels the handlers that run.
    func cancelSlots() {
        for (slot, _, _) in board.jobsInHand() { slots[slot]?.cancel() }
    }

    /// Cancels the handlers that run, which counts as a failure of their jobs, and goes on with others.
    public func cancelJobs() {
        for (slot, _, _) in board.jobsInHand() {
            slots[slot]?.cancel()
            startSlot(slot)
        }
    }
}

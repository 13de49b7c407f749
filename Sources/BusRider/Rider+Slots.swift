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
            if Task.isCancelled { await self.slotWasCancelled(slot, of: board) }
        }
    }

    /// A slot whose handler was cancelled begins anew.
    private func slotWasCancelled(_ slot: Int, of board: JobBoard) {
        if board === self.board, !isCancelling { startSlot(slot) }
    }

    /// Cancels the handlers that run, which counts as a failure of their jobs unless the rider is ending. A handler
    /// that does not heed it keeps its slot.
    package func cancelJobs() {
        let busy = Set(board.jobsInHand().map(\.slot))
        for slot in busy { slots[slot]?.cancel() }
        // Whoever has finished meanwhile waits with a cancelled task, and would fail the next job.
        board.dismiss(busy)
    }
}

import LibevExecutor

/// The slots: as many tasks as jobs may run at once, on Swift's thread pool, the board that they take jobs from, and
/// what resque-web shows of them.
///
/// `@unchecked Sendable`: touched on the loop only.
final class Slots: @unchecked Sendable {
    private let performer: any JobPerforming
    private let executor: LibevExecutor
    private let count: Int
    private var tasks: [Int: Task<Void, Never>] = [:]
    /// That of this incarnation.
    private(set) var board: JobBoard
    let showcase: WorkerShowcase
    /// Handlers are cancelled because the rider ends: jobs whose handlers report it go back to their queues.
    private(set) var areEnding = false

    init(_ configuration: RiderConfiguration, performer: any JobPerforming, executor: LibevExecutor) {
        self.performer = performer
        self.executor = executor
        count = configuration.concurrency
        board = JobBoard(slots: count) {}
        showcase = WorkerShowcase(configuration)
    }

    /// Gives an incarnation a board of its own: what slots of an older one still finish is nobody's any more.
    ///
    /// - Parameter onProgress: called on the loop when it ought to look at the board.
    func open(onProgress: @escaping @Sendable () -> Void) {
        board.close()
        board = JobBoard(slots: count) { [executor] in executor.execute(onProgress) }
        for slot in 1...count { start(slot) }
    }

    private func start(_ slot: Int) {
        tasks[slot] = Task.detached { [self, board, performer] in
            var finished: FinishedJob?
            while let assignment = await board.next(slot, after: finished) {
                let report = await performer.perform(assignment.job)
                finished = FinishedJob(assignment: assignment, report: report, slot: slot)
            }
            if Task.isCancelled { executor.execute { [self] in wasCancelled(slot, of: board) } }
        }
    }

    /// A slot whose handler was cancelled begins anew.
    private func wasCancelled(_ slot: Int, of board: JobBoard) {
        if board === self.board, !areEnding { start(slot) }
    }

    /// Takes what the slots have finished.
    ///
    /// - Parameter isWatching: the loop will look again within a millisecond or so.
    func progress(isWatching: Bool) -> JobBoard.Progress {
        let progress = board.progress(isWatching: isWatching)
        for job in progress.finished { showcase.finished(job) }
        return progress
    }

    /// Cancels the handlers that run, which counts as a failure of their jobs unless the slots are ending. A handler
    /// that does not heed it keeps its slot.
    func cancelJobs() {
        let busy = Set(board.jobsInHand().map(\.slot))
        for slot in busy { tasks[slot]?.cancel() }
        // Whoever has finished meanwhile waits with a cancelled task, and would fail the next job.
        board.dismiss(busy)
    }

    /// Cancels the handlers because the rider ends.
    func end() {
        areEnding = true
        cancelJobs()
    }
}

import Synchronization

/// Waits for a number of jobs.
final class Countdown: Sendable {
    private let left: Atomic<Int>
    private let end = AsyncStream<Void>.makeStream()

    init(_ jobs: Int) { left = Atomic(jobs) }

    func jobIsDone() {
        if left.subtract(1, ordering: .relaxed).newValue == 0 { end.continuation.finish() }
    }

    /// Returns when the last job is done.
    func isOver() async {
        for await _ in end.stream {}
    }
}

import Synchronization
import Testing

@testable import BusRider

@Suite(.timeLimit(.minutes(1))) struct JobBoardTests {
    /// The loop is called once for a finished job. If it found no idle slot then, it would not claim, and sleep with
    /// jobs waiting.
    @Test(.timeLimit(.minutes(1))) func whoeverHearsOfAFinishedJobFindsItsSlotIdle() async {
        let idle = Mutex<[Int]>([])
        let (calls, called) = AsyncStream.makeStream(of: Void.self)
        let board = Mutex<JobBoard?>(nil)
        let opened = JobBoard(slots: 1) {
            guard let progress = board.withLock({ $0 })?.progress(isWatching: false) else { return }
            if !progress.finished.isEmpty { idle.withLock { $0.append(progress.idle) } }
            called.yield()
        }
        board.withLock { $0 = opened }
        let slot = Task.detached {
            var finished: FinishedJob?
            while let assignment = await opened.next(1, after: finished) {
                finished = FinishedJob(assignment: assignment, report: JobReport(.done), slot: 1)
            }
        }
        var iterator = calls.makeAsyncIterator()
        for number in 1...100 {
            let job = ReservedJob(element: [], queue: "jobs")
            opened.post([Assignment(ticket: JobTicket(batch: number, place: 0), job: job)])
            while idle.withLock({ $0.count }) < number { await iterator.next() }
        }
        opened.close()
        await slot.value
        #expect(idle.withLock { $0 } == Array(repeating: 1, count: 100))
    }
}

import BusRider
import Synchronization

/// Which jobs were run, in which order.
final class RunBook: Sendable {
    private let runs = Mutex<[String]>([])

    func add(_ job: ReservedJob) { add(job.text) }
    func add(_ element: String) { runs.withLock { $0.append(element) } }

    /// The elements, in the order of their runs.
    var jobs: [String] { runs.withLock { $0 } }
    var count: Int { runs.withLock(\.count) }
    /// How often each element was run.
    var counts: [String: Int] { jobs.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
    /// Runs beyond the first of each job.
    var repeated: Int { count - counts.count }

    /// An application that only keeps this book.
    var performer: ScriptedPerformer {
        ScriptedPerformer { [self] in
            add($0)
            return JobReport(.done)
        }
    }

    func contains(_ job: String) -> Bool { runs.withLock { $0.contains(job) } }
}

/// Counts runs.
final class RunCount: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    /// The number of this run, from 1.
    func increment() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}

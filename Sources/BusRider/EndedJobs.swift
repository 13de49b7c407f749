import BusProtocol

/// Jobs that have ended and are not settled yet.
struct EndedJobs {
    /// Jobs that succeeded, with the counters of attempts that end with them.
    var done: [(ticket: JobTicket, counter: RetryKey?)] = []
    /// Jobs that failed and are judged.
    var failed: [FailedJob] = []
    /// Jobs that failed and whose number of attempts must be read first.
    var unjudged: [FinishedJob] = []
    /// Jobs that go back to their queues.
    var back: [JobTicket] = []
    /// Since when there are any.
    var since: ContinuousClock.Instant?

    /// Jobs whose settlement has left them in their lists, because a key has another type of value.
    private var staying: (failed: [FailedJob], back: [JobTicket]) = ([], [])

    /// A failed job waits until its key is another one.
    mutating func keep(_ failed: FailedJob) { staying.failed.append(failed) }

    /// A job that was to go back waits until its queue is a list.
    mutating func keep(_ back: JobTicket) { staying.back.append(back) }

    /// Those that had to wait are settled with the others.
    mutating func tryStayingAgain() {
        failed += staying.failed
        back += staying.back
        staying = ([], [])
        if since == nil, count > 0 { since = .now }
    }

    /// How many can be settled now.
    var count: Int { done.count + failed.count + back.count }
}

/// A job that failed, with what that leads to.
struct FailedJob {
    let ticket: JobTicket
    let consequence: Settlement.Consequence
    let isRetried: Bool
}

/// A settlement that Redis has not answered yet. It is sent again with the same number after a lost connection.
struct OutstandingSettlement {
    let settlement: Settlement
    /// The failed jobs, in the order of `settlement.failures`.
    let failed: [FailedJob]
    let back: [JobTicket]

    var jobCount: Int {
        settlement.failures.count + settlement.batches.reduce(0) { $0 + $1.done.count + $1.back.count }
    }
}

import BusProtocol

/// Jobs that have ended and are not settled yet, as a pure value.
struct EndedJobs {
    /// Some of them, for one settlement.
    struct Share {
        /// Jobs that succeeded, with the counters of attempts that end with them.
        var done: ArraySlice<(ticket: JobTicket, counter: RetryKey?)>
        var failed: [FailedJob]
        /// Jobs that go back to their queues.
        var back: [JobTicket]
    }

    /// So many of each kind are settled in one step at most: Redis serves nobody else meanwhile.
    static let mostPerSettlement = 512
    /// While other jobs are in hand, ended ones wait this long for company.
    private static let patience = Duration.milliseconds(2)

    private var done: [(ticket: JobTicket, counter: RetryKey?)] = []
    private var failed: [FailedJob] = []
    /// Jobs that failed and whose number of attempts must be read first.
    private(set) var unjudged: [FinishedJob] = []
    private var back: [JobTicket] = []
    /// Since when there are any.
    private var since: ContinuousClock.Instant?

    /// Jobs whose settlement has left them in their lists, because a key has another type of value.
    private var staying: (failed: [FailedJob], back: [JobTicket]) = ([], [])

    /// How many can be settled now.
    var count: Int { done.count + failed.count + back.count }
    /// Some go back to their queues.
    var anyGoBack: Bool { !back.isEmpty }

    // MARK: - In

    mutating func succeeded(_ ticket: JobTicket, counter: RetryKey?, at now: ContinuousClock.Instant) {
        done.append((ticket, counter))
        waits(at: now)
    }

    mutating func add(_ failed: FailedJob, at now: ContinuousClock.Instant) {
        self.failed.append(failed)
        waits(at: now)
    }

    /// The number of attempts decides what a failed job leads to.
    mutating func addUnjudged(_ job: FinishedJob, at now: ContinuousClock.Instant) {
        unjudged.append(job)
        waits(at: now)
    }

    mutating func giveBack(_ tickets: [JobTicket], at now: ContinuousClock.Instant) {
        guard !tickets.isEmpty else { return }
        back += tickets
        waits(at: now)
    }

    private mutating func waits(at now: ContinuousClock.Instant) { if since == nil { since = now } }

    /// Takes the first of those that must be judged.
    mutating func takeUnjudged(_ count: Int) -> ArraySlice<FinishedJob> {
        defer { unjudged.removeFirst(min(count, unjudged.count)) }
        return unjudged.prefix(count)
    }

    // MARK: - Staying

    /// A failed job waits until its key is another one.
    mutating func keep(_ failed: FailedJob) { staying.failed.append(failed) }

    /// A job that was to go back waits until its queue is a list.
    mutating func keep(_ back: JobTicket) { staying.back.append(back) }

    /// Those that had to wait are settled with the others.
    mutating func tryStayingAgain(at now: ContinuousClock.Instant) {
        failed += staying.failed
        back += staying.back
        staying = ([], [])
        if count > 0 { waits(at: now) }
    }

    // MARK: - Out

    /// Whether enough have ended to settle them, or nothing else is to be waited for.
    ///
    /// - Parameter inHand: jobs that are reserved, ended ones too.
    func areDue(inHand: Int, at now: @autoclosure () -> ContinuousClock.Instant) -> Bool {
        count >= inHand - unjudged.count || count >= JobBoard.settlementSize || anyGoBack
            || since.map { now() - $0 >= Self.patience } ?? false
    }

    /// Takes the first of them.
    mutating func take(at now: @autoclosure () -> ContinuousClock.Instant) -> Share {
        let share = Share(done: done.prefix(Self.mostPerSettlement), failed: takeFailed(), back: back)
        done.removeFirst(share.done.count)
        back = []
        since = count == 0 ? nil : now()
        return share
    }

    /// As many failed jobs as one command may carry: an entry of `failed` holds the whole job.
    private mutating func takeFailed() -> [FailedJob] {
        var byteCount = 0
        let taken = failed.prefix(Self.mostPerSettlement / 4).prefix { job in
            defer { byteCount += job.consequence.byteCount }
            return byteCount < BatchLimits.mostCommitBytes
        }
        failed.removeFirst(taken.count)
        return Array(taken)
    }
}

/// A job that failed, with what that leads to.
struct FailedJob {
    let ticket: JobTicket
    let consequence: Settlement.Consequence
    let isRetried: Bool
}

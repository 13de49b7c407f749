import BusProtocol
import BusWire

/// The jobs that a rider has reserved, those of them that have ended, and the settlement of these that Redis has not
/// answered yet (protocol §4.2). Knows neither Redis nor a clock. Confined to the rider.
final class Settler {
    /// What a settlement that Redis has made leaves.
    struct Outcome {
        /// Failed jobs that stay reserved, because a key has another type of value.
        var staying: [FailedJob] = []
        /// Queues that are not lists: the jobs that were to go back there stay reserved.
        var stuckQueues: [String] = []
        /// Jobs have gone to queues, which may be this rider's own.
        let hasFilledQueues: Bool

        var isWhole: Bool { staying.isEmpty && stuckQueues.isEmpty }
    }

    /// A settlement that Redis has not answered yet. It is sent again with the same number after a lost connection.
    private struct Outstanding {
        let settlement: Settlement
        /// The failed jobs, in the order of `settlement.failures`.
        let failed: [FailedJob]
        let back: [JobTicket]

        var jobCount: Int {
            settlement.failures.count + settlement.batches.reduce(0) { $0 + $1.done.count + $1.back.count }
        }
    }

    private let keys: BusKeys
    private var reserved = ReservedBatches()
    private var ended = EndedJobs()
    private var outstanding: Outstanding?
    /// The number of the last settlement.
    private var settled = 0
    private var isLookingUp = false
    /// What it knows of the rider's: jobs by what became of them, and settlements.
    private(set) var statistics = RiderStatistics()
    /// How many jobs had gone back, for riders with free slots, before this one was told to stop.
    private var givenBackBeforeStop = 0
    /// Entries may wait for `failed` to be a list: at the start those of others.
    private(set) var mayHaveWaitingFailures = true

    init(keys: BusKeys) { self.keys = keys }

    // MARK: - In hand

    /// Jobs in reserved lists.
    var jobCount: Int { reserved.jobCount }
    /// Jobs that Redis, for all the rider knows, holds for it.
    var unsettledCount: Int { reserved.jobCount + (outstanding?.jobCount ?? 0) }
    /// Nothing is in hand, and nothing is left to settle.
    var isAtRest: Bool { reserved.jobCount == 0 && outstanding == nil }
    /// The batches in hand, with the queues that they came from.
    var batches: [Int: String] { reserved.queues }

    /// Whether jobs of a batch are in hand.
    func holds(_ batch: Int) -> Bool { reserved.holds(batch) }

    /// A batch was claimed.
    func reserve(_ batch: Int, from queue: String, count: Int) { reserved.add(batch, from: queue, count: count) }

    /// The jobs in hand are somebody else's, and the next settlement is the first one of another id.
    func forget() {
        reserved = ReservedBatches()
        ended = EndedJobs()
        outstanding = nil
        settled = 0
    }

    // MARK: - What has ended

    /// Sorts finished jobs by what they lead to.
    ///
    /// - Parameter givesBack: handlers were cancelled because the rider ends; jobs whose handlers say so go back.
    /// - Returns: those that failed and are not tried again, whatever was before; they are to be judged.
    func take(_ finished: [FinishedJob], givesBack: Bool, at now: ContinuousClock.Instant) -> [FinishedJob] {
        var hopeless: [FinishedJob] = []
        for job in finished {
            let ticket = job.assignment.ticket
            switch job.report.outcome {
            case .done: ended.succeeded(ticket, counter: job.report.retryKey, at: now)
            case .cancelled where givesBack: ended.giveBack([ticket], at: now)
            case .failed(let failure), .cancelled(let failure):
                if failure.retry == nil { hopeless.append(job) } else { ended.addUnjudged(job, at: now) }
            }
        }
        return hopeless
    }

    /// Jobs go back to their queues.
    func giveBack(_ assignments: [Assignment], at now: ContinuousClock.Instant) {
        ended.giveBack(assignments.map(\.ticket), at: now)
    }

    /// Failed jobs whose counters of attempts are to be read now; none while others are.
    func beginLookup() -> ArraySlice<FinishedJob> {
        guard !isLookingUp, !ended.unjudged.isEmpty else { return [] }
        isLookingUp = true
        return ended.unjudged.prefix(EndedJobs.mostPerSettlement)
    }

    /// The counters of so many were read.
    ///
    /// - Returns: the jobs; they are to be judged.
    func lookedUp(_ count: Int) -> ArraySlice<FinishedJob> {
        isLookingUp = false
        return ended.takeUnjudged(count)
    }

    /// A failed job was judged.
    func judged(_ job: FinishedJob, _ disposition: Disposition, at now: ContinuousClock.Instant) {
        ended.add(
            FailedJob(
                ticket: job.assignment.ticket, consequence: Settlement.Consequence(of: disposition, bus: keys),
                isRetried: disposition.isRetry),
            at: now)
    }

    // MARK: - Settlements

    /// What is to be sent: the settlement that Redis has not answered.
    var unanswered: Settlement? { outstanding?.settlement }

    /// A session begins: what was asked in the last one is asked again.
    func beginSession(at now: ContinuousClock.Instant) {
        isLookingUp = false
        ended.tryStayingAgain(at: now)
    }

    /// What had to stay is settled with the others.
    func tryStayingAgain(at now: ContinuousClock.Instant) { ended.tryStayingAgain(at: now) }

    /// The next settlement, if one is due; then it is outstanding, until ``settled(staying:_:)``.
    ///
    /// - Parameters:
    ///   - isClaiming: a claim is under way.
    ///   - isHurried: nothing waits for company.
    ///   - now: read only if something has ended.
    func next(
        isClaiming: Bool, isHurried: Bool, at now: @autoclosure () -> ContinuousClock.Instant
    ) -> Settlement? {
        guard outstanding == nil, ended.count > 0, isHurried || ended.areDue(inHand: reserved.jobCount, at: now())
        else { return nil }
        // What a claim under way brings comes later in its queue, and must not go back before what goes back now.
        guard !ended.anyGoBack || !isClaiming else { return nil }
        settled += 1
        var settlement = Settlement(number: settled)
        let share = ended.take(at: now())
        settlement.processed = share.done.count + share.failed.count
        settlement.failed = share.failed.count
        // Equal jobs share a counter; it ends once, however often it is named.
        settlement.endedCounters = share.done.compactMap(\.counter).map { keys.key($0.name) }
        reserved.remove(
            done: share.done.map(\.ticket), failed: share.failed.map { ($0.ticket, $0.consequence) }, back: share.back,
            into: &settlement)
        outstanding = Outstanding(settlement: settlement, failed: share.failed, back: share.back)
        return settlement
    }

    /// Redis has made the outstanding settlement.
    ///
    /// - Parameters:
    ///   - failures: those that it has left in their lists, by their place in the settlement.
    ///   - places: batches whose jobs could not go back, by their place in the settlement.
    /// - Returns: nil if none is outstanding.
    func settled(staying failures: [Int], _ places: [Int]) -> Outcome? {
        guard let outstanding else { return nil }
        self.outstanding = nil
        let settlement = outstanding.settlement
        let stuck = places.map { settlement.batches[$0] }
        let staying = failures.map { outstanding.failed[$0] }
        statistics.settlements += 1
        statistics.processed += settlement.processed - staying.count
        statistics.failed += outstanding.failed.count - staying.count
        statistics.retried += outstanding.failed.count(where: \.isRetried) - staying.count(where: \.isRetried)
        statistics.givenBack += outstanding.back.count - stuck.reduce(0) { $0 + $1.back.count }
        for job in staying {
            reserved.restore(job.ticket)
            ended.keep(job)
        }
        for batch in stuck {
            for ticket in outstanding.back where ticket.batch == batch.sequence {
                reserved.restore(ticket)
                ended.keep(ticket)
            }
        }
        reserved.forgetEmptyLists()
        return Outcome(
            staying: staying, stuckQueues: stuck.map(\.queue),
            hasFilledQueues: !outstanding.failed.isEmpty || !outstanding.back.isEmpty)
    }

    // MARK: - Counts

    /// A job that is too large went to `failed`, unread.
    func countSetAside() {
        statistics.processed += 1
        statistics.failed += 1
    }

    /// Jobs went back because the rider has left.
    func countGivenBack(_ jobs: Int) { statistics.givenBack += jobs }

    /// The rider is told to stop.
    func beginToStop() { givenBackBeforeStop = statistics.givenBack }

    /// Jobs that went back because it stops.
    var givenBackByStop: Int { statistics.givenBack - givenBackBeforeStop }

    // MARK: - Entries of failed

    /// Some wait, or may.
    func expectWaitingFailures() { mayHaveWaitingFailures = true }

    /// All that wait are about to be moved on.
    func beginMovingFailures() { mayHaveWaitingFailures = false }
}

import BusProtocol
import BusWire
import LibevExecutor
import RedisConnection

/// What resque-web shows of a rider: an entry in `workers` for each slot, with its current job and its counts
/// (contract §6).
///
/// It is written behind the work, some times a second at most, and only for jobs that are in hand for longer than a
/// moment. Confined to the rider.
final class WorkerShowcase {
    private let keys: BusKeys
    let record: WorkerRecord
    private let workers: [String]
    /// When they were registered, as Ruby writes it.
    private var started = ""

    /// For each slot the job that Redis shows.
    private var shown: [Int: JobTicket] = [:]
    /// For each slot what its counters lack.
    private var counts: [(processed: Int, failed: Int)]

    /// Jobs that are in hand for less are not shown.
    private static let moment = Duration.milliseconds(5)

    init(_ configuration: RiderConfiguration) {
        keys = configuration.keys
        let record = WorkerRecord(
            host: configuration.host, processID: configuration.processID, queues: configuration.queues.names)
        self.record = record
        workers = (1...configuration.concurrency).map(record.id(slot:))
        counts = Array(repeating: (0, 0), count: configuration.concurrency + 1)
    }

    /// A slot's id; 0 is a job that no slot has run.
    func worker(_ slot: Int) -> String { workers[max(slot, 1) - 1] }

    /// A slot has finished a job.
    func finished(_ job: FinishedJob) {
        counts[job.slot].processed += 1
        if case .done = job.report.outcome { return }
        counts[job.slot].failed += 1
    }

    /// Redis shows no job any more: somebody has removed the slots' entries.
    func forgetJobs() { shown = [:] }

    /// The commands by which the slots enter the list.
    ///
    /// - Parameter now: epoch seconds.
    func entry(at now: Int) -> RedisPipeline {
        started = WorkerRecord.started(now)
        var pipeline = RedisPipeline.registering(workers, started: started, bus: keys)
        // An earlier version has sent some, perhaps under the same ids.
        pipeline.appendSignRemoval(of: workers, bus: keys)
        return pipeline
    }

    /// One command that tells how many slots are missing in the list, and puts them back.
    var presence: RedisPipeline { .listing(workers, bus: keys) }

    /// The commands that put back what else belongs to slots that were missing; the jobs in hand follow with the next
    /// update.
    func comeback() -> RedisPipeline {
        shown = [:]
        return .registering(workers, started: started, bus: keys)
    }

    /// The commands that bring the list up to date.
    ///
    /// - Parameters:
    ///   - inHand: what the slots have now.
    ///   - now: monotonic nanoseconds.
    ///   - wallClock: epoch seconds.
    func appendUpdate(
        _ inHand: [(slot: Int, assignment: Assignment, since: UInt64)], now: UInt64, wallClock: Int,
        to pipeline: inout RedisPipeline
    ) {
        var current: [Int: JobTicket] = [:]
        for (slot, assignment, since) in inHand {
            let age = Duration.nanoseconds(Int64(now) - Int64(since))
            guard age >= Self.moment else { continue }
            current[slot] = assignment.ticket
            guard shown[slot] != assignment.ticket else { continue }
            let record = WorkerRecord.inHand(assignment.job, runAt: wallClock - Int(age / .seconds(1)))
            pipeline.appendJob(of: worker(slot), record, bus: keys)
        }
        for slot in shown.keys.sorted() where current[slot] == nil {
            pipeline.appendJob(of: worker(slot), nil, bus: keys)
        }
        shown = current
        for slot in counts.indices.dropFirst() {
            append("processed", counts[slot].processed, slot, to: &pipeline)
            append("failed", counts[slot].failed, slot, to: &pipeline)
            counts[slot] = (0, 0)
        }
        counts[0] = (0, 0)
    }

    private func append(_ counter: String, _ count: Int, _ slot: Int, to pipeline: inout RedisPipeline) {
        guard count > 0 else { return }
        pipeline.appendCount(count, counter, of: worker(slot), bus: keys)
    }
}

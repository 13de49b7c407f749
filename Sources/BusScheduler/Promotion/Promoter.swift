package import BusProtocol
import BusSession
package import BusWire
package import RedisConnection

/// Moves jobs that have fallen due to their queues, for the scheduler that leads.
///
/// Each batch takes effect as a whole or not at all, and only while the lock holds the leader's value and nobody has
/// touched the bucket since it was read. The bucket that comes next is read in the round trip in which a batch is
/// moved.
///
/// For one actor: after an error of the connection make a new one for the next connection.
package final class Promoter {
    /// How long the items of a queue that is no list go to `failed`, in seconds, before it is looked at again.
    static let unusableSeconds = 10

    /// What a step has done.
    package enum Progress: Sendable, Equatable {
        /// Jobs were moved to their queues and items to the entries that wait for `failed`; none of either when an
        /// empty bucket was tidied up, or somebody touched the bucket and it must be read again. Call again.
        case moved(jobs: Int, failed: Int)
        /// Nothing is due, apart from what was put off.
        case idle
        /// Another scheduler leads, or none.
        case notLeader
        /// A bucket waits some seconds, since a key has another type than it should; nothing was lost or done by
        /// halves. Log it, and call again for the others.
        case putOff(reason: String)
        /// Redis refused, and nothing was done. Call again later.
        case refused(RedisErrorReply)
    }

    private let connection: any RedisClient
    private let bus: BusKeys
    private let lock: SchedulerLock.Identity
    private let worker: String
    private let now: @Sendable () -> Int

    private var commands: PromotionCommands
    private var pipeline = RedisPipeline()
    private var times = DueTimes()
    private var size: ReadingSize
    /// Queues that are no lists, and when that was seen, in epoch seconds on Redis' clock.
    private var unusable: [ExactString: Int] = [:]
    /// Whether the first bucket of this connection begins with an item that can be read.
    private var hasMeasured = false
    /// What was read last and waits for the next step.
    private var bucket: Bucket?

    private struct Bucket {
        let time: [UInt8]
        /// How many items were asked for.
        let asked: Int
        let reading: BucketReading
    }

    /// - Parameters:
    ///   - connection: used by nobody else, since `WATCH` belongs to it.
    ///   - bus: the namespace.
    ///   - lock: what the leader holds while it leads.
    ///   - mostItems: of one batch; Redis is busy with it for some two microseconds an item.
    ///   - worker: who writes the entries of `failed`, as a Resque worker id.
    ///   - now: epoch seconds, for these entries.
    package init(
        connection: any RedisClient, bus: BusKeys, lock: SchedulerLock.Identity, mostItems: Int, worker: String,
        now: @escaping @Sendable () -> Int
    ) {
        self.connection = connection
        self.bus = bus
        self.lock = lock
        size = ReadingSize(most: mostItems)
        self.worker = worker
        self.now = now
        commands = PromotionCommands(bus: bus, lock: lock)
    }

    /// When a bucket that was put off is tried again, in epoch seconds on Redis' clock; nil when none was.
    package var retry: Int? { times.retry }

    /// Moves at most one batch.
    ///
    /// - Parameter time: epoch seconds on Redis' clock; what falls due later stays.
    /// - Throws: `RedisError` of the connection. Whether the last batch took effect is then unknown; reading again is
    ///   safe.
    package func step(upTo time: Int) async throws(RedisError) -> Progress {
        if bucket == nil, let progress = try await readNext(upTo: time) { return progress }
        guard let bucket else { return .idle }
        self.bucket = nil
        switch bucket.reading {
        case .items(let items): return try await promote(items, of: bucket, at: time)
        case .notLeader:
            try await unwatch()
            return .notLeader
        case .refused(let refusal):
            try await unwatch()
            return .refused(refusal)
        case .notAList:
            times.putOff(bucket.time, now: time)
            try await unwatch()
            return .putOff(reason: "\(name(of: bucket)) is not a list; rename or delete that key.")
        }
    }

    // MARK: - Reading

    /// Reads the next bucket; nil when one was read.
    private func readNext(upTo present: Int) async throws(RedisError) -> Progress? {
        var next = times.next()
        // What is promoted leaves the schedule, so a page begins at its start, or behind a whole page that was put off.
        var start = 0
        while next == nil {
            pipeline.removeAll()
            commands.appendDueTimes(upTo: present, from: start, count: DueTimes.pageSize, to: &pipeline)
            let replies = try await connection.send(pipeline)
            if let refusal = replies.firstError { return .refused(refusal) }
            let page = replies[3][0].elements.map { $0.bytes ?? [] }
            times.fill(page, now: present)
            next = times.next()
            guard next != nil || page.count == DueTimes.pageSize else { return .idle }
            start += page.count
        }
        guard let next else { return .idle }
        if !hasMeasured, let progress = try await measure(next, at: present) { return progress }
        pipeline.removeAll()
        let asked = size.count
        commands.appendReading(at: next, count: asked, to: &pipeline)
        let replies = try await connection.send(pipeline)
        bucket = Bucket(time: next, asked: asked, reading: BucketReading(replies, lock: lock))
        return nil
    }

    /// Moves the first item of a bucket aside if it is too large to be read; nil when it is not.
    ///
    /// The read of such an item ends the connection, and the next connection begins with the same bucket. A few reads
    /// later, each with its batch, the item is the first one and is found here.
    private func measure(_ time: [UInt8], at present: Int) async throws(RedisError) -> Progress? {
        let list = bus.oversizedPrefix + "\(worker):\(UInt64.random(in: .min ... .max))"
        let note =
            "a delayed job of more than \(BatchLimits.mostElementBytes >> 20) MiB; "
            + "its bytes are the only element of \(list)"
        let entry = FailureEntry(
            failedAt: now(), exception: "BusDriver::Oversized", message: note, worker: worker, queue: "")
        pipeline.removeAll()
        let text = Array(note.utf8).withUnsafeBytes { entry.encoded(for: $0) }
        commands.appendSetAside(at: time, to: list, entry: text, to: &pipeline)
        let answer = try await connection.send(pipeline)[0]
        if let refusal = answer.errorReply {
            // The read tells which key has the wrong type.
            return refusal.kind == .wrongType ? nil : .refused(refusal)
        }
        switch answer.string {
        case "OK": return .moved(jobs: 0, failed: 1)
        case "NOFAILED":
            times.putOff(time, now: present)
            return withoutFailed
        default:
            hasMeasured = true
            return nil
        }
    }

    private func unwatch() async throws(RedisError) { _ = try await connection.send(PromotionCommands.unwatching) }

    // MARK: - Moving

    private func promote(_ items: RedisReply, of bucket: Bucket, at time: Int) async throws(RedisError) -> Progress {
        unusable = unusable.filter { DueTimes.isRunning($0.value, time, for: Self.unusableSeconds) }
        let promotion = await promotion(of: items, at: bucket.time)
        size.note(largest: promotion.largest)
        let isLast = promotion.count == items.count && items.count < bucket.asked
        let next = isLast ? times.next() : bucket.time
        let asked = size.count
        pipeline.removeAll()
        commands.append(promotion, to: &pipeline)
        if let next { commands.appendReading(at: next, count: asked, to: &pipeline) }
        SchedulerCrashPoint.pass(.beforePromotionSent)
        let replies = try await connection.send(pipeline, passing: SchedulerCrashPoint.afterPromotionSent)
        SchedulerCrashPoint.pass(.afterPromotionReply)
        self.bucket = next.map { Bucket(time: $0, asked: asked, reading: BucketReading(replies, lock: lock)) }
        return try await judge(PromotionAnswer(replies, to: promotion), promotion, bucket, time)
    }

    /// A large item in a spelling that takes long to read does not hold up the loop.
    private func promotion(of items: RedisReply, at time: [UInt8]) async -> Promotion {
        let make = { @Sendable [unusable = Set(unusable.keys), worker, now = now()] in
            Promotion(of: items, at: time, unusable: unusable, worker: worker, now: now)
        }
        return items.answerByteCount > Promotion.mostBytes ? await DetachedThread.value(of: make) : make()
    }

    private func judge(
        _ answer: PromotionAnswer, _ promotion: Promotion, _ bucket: Bucket, _ time: Int
    ) async throws(RedisError) -> Progress {
        switch answer {
        case .changed: return .moved(jobs: 0, failed: 0)
        case .refused(let refusal):
            self.bucket = nil
            try await unwatch()
            return .refused(refusal)
        case .untidy(let refusal):
            try await putOff(bucket, time)
            return .putOff(reason: "\(bus.delayedSchedule) keeps a time without jobs: \(refusal.message)")
        case .promoted(let queues, let isWithoutFailed):
            for place in queues { unusable[ExactString(promotion.queues[place])] = time }
            let jobs = promotion.jobs - queues.reduce(0) { $0 + promotion.count(forQueue: $1) }
            let failed = isWithoutFailed ? 0 : promotion.failed
            if isWithoutFailed, jobs == 0 {
                try await putOff(bucket, time)
                return withoutFailed
            }
            return .moved(jobs: jobs, failed: failed)
        }
    }

    /// Leaves a bucket alone for a while, and goes on with the next.
    private func putOff(_ bucket: Bucket, _ time: Int) async throws(RedisError) {
        times.putOff(bucket.time, now: time)
        guard self.bucket?.time == bucket.time else { return }
        self.bucket = nil
        try await unwatch()
    }

    private var withoutFailed: Progress {
        .putOff(reason: "\(bus.waitingFailures) is not a list; rename or delete that key.")
    }

    private func name(of bucket: Bucket) -> String { bus.delayedPrefix + String(decoding: bucket.time, as: UTF8.self) }
}

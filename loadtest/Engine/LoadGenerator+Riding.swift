import LibevExecutor
import RedisConnection

/// The subscribers' side: all queues are ridden over one connection, by a blocking pop while nothing comes, and by
/// looking at each queue and popping in bulk while there is much.
extension LoadGenerator {
    /// A look at the queues that found jobs is followed by the next one after this long, in nanoseconds,
    private static let shortestPause: UInt64 = 200_000
    /// but for each queue after so long at least: looking must not be what Redis is busy with.
    private static let pausePerQueue: UInt64 = 5_000
    private static let jobsPerPop = 512

    /// Rides until ``close()``.
    func startRiding() {
        isRiding = true
        look()
    }

    private func awaitJob() {
        guard isRiding else { return }
        var pipeline = RedisPipeline()
        pipeline.append(["BLPOP"] + riderQueues.map(\.key) + ["1"])
        ask(connections.riders, pipeline) { generator, replies in
            guard let replies else { return }
            guard !replies[0].isNull else { return generator.awaitJob() }
            guard let queue = replies[0][0].string.flatMap({ generator.queueNumbers[$0] }) else { return }
            let now = Int64(MonotonicTime.now)
            replies[0][1].withUnsafeBytes { job in job.map { generator.take($0, from: queue, at: now) } }
            generator.look()
        }
    }

    func look() {
        guard isRiding else { return }
        var pipeline = RedisPipeline()
        for queue in riderQueues {
            pipeline.append("LLEN", queue.key)
            pipeline.append("LPOP", queue.key, String(Self.jobsPerPop))
        }
        ask(connections.riders, pipeline) { generator, replies in
            if let replies { generator.looked(replies) }
        }
    }

    private func looked(_ replies: RedisReplies) {
        let now = Int64(MonotonicTime.now)
        if let lastLook { measurement.looked(after: now - lastLook) }
        lastLook = now
        var found = 0
        var isBehind = false
        for queue in riderQueues.indices {
            riderQueues[queue].see(replies[2 * queue].integer ?? 0, at: now)
            let jobs = replies[2 * queue + 1]
            found += jobs.count
            if jobs.count == Self.jobsPerPop { isBehind = true }
            jobs.forEachElement { take($0, from: queue, at: now) }
        }
        if isBehind {
            look()
        } else if found > 0 {
            let pause = max(Self.shortestPause, UInt64(riderQueues.count) * Self.pausePerQueue)
            lookTimer?.arm(at: MonotonicTime.now + pause)
        } else {
            lastLook = nil
            awaitJob()
        }
    }

    private func take(_ job: UnsafeRawBufferPointer, from queue: Int, at time: Int64) {
        let queued = riderQueues[queue].pop(at: time)
        let arrival = stamp.sequence(in: job).map { ledger.arrive($0, queue: queue) } ?? ledger.misroute()
        if case .expected(let departure) = arrival {
            measurement.arrived(departure, queued: queued, popped: time)
        }
    }
}

package import BusWire
package import RedisConnection

/// Removing what waits, and running it now. Emptied lists stay in the schedule until a scheduler tidies it, as in Ruby.
extension DelayedQueue {
    /// Removes a job from every time for which it waits, as resque-scheduler's `remove_delayed_in_queue` does.
    ///
    /// - Returns: how often it waited.
    package func remove(_ payload: JobPayload, on queue: String) async throws(RedisError) -> Int {
        guard let item = Self.item(payload, queue) else { return 0 }
        var removed = 0
        for time in try await times(of: item) { removed += try await remove([item], count: 0, at: time) }
        return removed
    }

    /// Removes every job that `isMeant` finds, and says how many there were. What is delayed meanwhile may stay.
    ///
    /// - Parameter time: look only at what waits for this second; nil, the default, for any.
    package func remove(at time: Int? = nil, where isMeant: (DelayedRecord) -> Bool) async throws(RedisError) -> Int {
        // From the tail to the head, since schedulers move from the head: nothing is passed over.
        try await visit(at: time, from: .tail) { jobs throws(RedisError) in
            let meant = jobs.filter(isMeant)
            let removed = try await remove(meant.map(\.bytes), count: -1, at: jobs[0].time)
            return (meant.count, removed)
        }
    }

    /// Pushes a job to its queue now, as often as it waits for any time.
    ///
    /// - Returns: how often that was.
    package func run(_ payload: JobPayload, on queue: String) async throws(RedisError) -> Int {
        guard let item = Self.item(payload, queue) else { return 0 }
        var count = 0
        for time in try await times(of: item) {
            count += try await run([DelayedRecord(time: time, bytes: item)], count: 0, at: time)
        }
        return count
    }

    /// Pushes every job that `isMeant` finds to its queue now, in the order of their times, and says how many there
    /// were. What is no job, or names no queue, stays.
    ///
    /// - Parameter time: look only at what waits for this second; nil, the default, for any.
    package func run(at time: Int? = nil, where isMeant: (DelayedRecord) -> Bool) async throws(RedisError) -> Int {
        // From the head to the tail, which keeps their order; what a scheduler moves meanwhile runs as well.
        try await visit(at: time, from: .head) { jobs throws(RedisError) in
            let meant = jobs.filter { $0.payload != nil && isMeant($0) }
            return (meant.count, try await run(meant, count: 1, at: jobs[0].time))
        }
    }

    // MARK: - Steps

    private enum End {
        case head, tail
    }

    /// Calls `body` for every page of one list, or of all lists, soonest first.
    ///
    /// - Parameter body: returns how many of these jobs are not there any more, and how many of them the caller took.
    private func visit(
        at time: Int?, from end: End, _ body: ([DelayedRecord]) async throws(RedisError) -> (gone: Int, taken: Int)
    ) async throws(RedisError) -> Int {
        var taken = 0
        var times = if let time { [time] } else { try await times(after: nil, count: Self.timesPerPage) }
        while let latest = times.last {
            for time in times {
                var kept = 0
                while let page = try await page(at: time, from: end, behind: kept) {
                    let outcome = try await body(page)
                    kept += page.count - outcome.gone
                    taken += outcome.taken
                }
            }
            times = time == nil ? try await self.times(after: latest, count: Self.timesPerPage) : []
        }
        return taken
    }

    /// The jobs behind the first `kept` from this end; nil when there are none, or where no list is.
    private func page(at time: Int, from end: End, behind kept: Int) async throws(RedisError) -> [DelayedRecord]? {
        let (first, last) =
            switch end {
            case .head: (kept, kept + ListPage.size - 1)
            case .tail: (-kept - ListPage.size, -kept - 1)
            }
        let page = try await connection.send(
            RedisPipeline("LRANGE", bus.delayed(time), String(first), String(last)))[0]
        if let refusal = page.errorReply, refusal.kind != .wrongType { throw .refusal(refusal) }
        guard page.count > 0 else { return nil }
        return page.elements.map { DelayedRecord(time: time, bytes: $0.bytes ?? []) }
    }

    /// Removes items from one list and what is noted about them, each in one step.
    ///
    /// - Parameter count: of each, as `LREM` takes it.
    private func remove(_ items: [[UInt8]], count: Int, at time: Int) async throws(RedisError) -> Int {
        guard !items.isEmpty else { return 0 }
        var pipeline = RedisPipeline()
        for item in items {
            pipeline.append("MULTI")
            pipeline.begin(argumentCount: 4)
            pipeline.argument("LREM")
            pipeline.argument(bus.delayed(time))
            pipeline.argument(count)
            item.withUnsafeBytes { pipeline.argument(bytes: $0) }
            pipeline.begin(argumentCount: 3)
            pipeline.argument("SREM")
            noted(item).withUnsafeBytes { pipeline.argument(bytes: $0) }
            pipeline.argument(BusKeys.delayedName(time))
            pipeline.append("EXEC")
        }
        let replies = try await connection.sendChecked(pipeline)
        return stride(from: 3, to: replies.count, by: 4).reduce(0) { $0 + (replies[$1].elements.first?.integer ?? 0) }
    }

    private func run(_ jobs: [DelayedRecord], count: Int, at time: Int) async throws(RedisError) -> Int {
        guard !jobs.isEmpty else { return 0 }
        var pipeline = RedisPipeline()
        for job in jobs {
            guard let queue = job.queue, let element = job.element else { continue }
            ScriptDigests().begin(
                .runDelayed, keys: [bus.delayed(time), bus.queues, bus.queue(queue)], byteKeys: [noted(job.bytes)],
                argumentCount: 5, in: &pipeline)
            pipeline.argument(time)
            job.bytes.withUnsafeBytes { pipeline.argument(bytes: $0) }
            pipeline.argument(count)
            pipeline.argument(queue)
            element.withUnsafeBytes { pipeline.argument(bytes: $0) }
        }
        return try await connection.sendChecked(pipeline).reduce(0) { $0 + ($1.integer ?? 0) }
    }

    /// The key of the set that tells where an item waits.
    private func noted(_ item: [UInt8]) -> [UInt8] { Array(bus.timestampsPrefix.utf8) + item }
}

package import BusWire
package import RedisConnection

/// What waits for its time, as resque-scheduler keeps it (contract §7): a sorted set of epoch seconds, for each of them
/// a list, and for each job a set of these lists.
///
/// Everything is read a page at a time, so what moves meanwhile may be counted twice or not at all.
package struct DelayedQueue: Sendable {
    /// A second at which jobs fall due.
    package struct DueTime: Sendable, Hashable {
        /// Epoch seconds.
        package let time: Int
        /// How many jobs wait for it; none until the schedule is tidied, or where no list is.
        package let count: Int

        package init(time: Int, count: Int) {
            self.time = time
            self.count = count
        }
    }

    let connection: any RedisClient
    let bus: BusKeys

    static let timesPerPage = 1000

    /// - Parameters:
    ///   - connection: used for a round trip or two per page.
    ///   - bus: the namespace.
    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    // MARK: - Reading

    /// The earliest time of the schedule, in epoch seconds; nil when nothing waits.
    package func nextTime() async throws(RedisError) -> Int? {
        var pipeline = RedisPipeline()
        Self.appendFirstTime(bus: bus, to: &pipeline)
        return Self.firstTime(try await connection.sendChecked(pipeline)[0])
    }

    /// Appends what ``nextTime()`` asks: one reply, for ``firstTime(_:)``.
    package static func appendFirstTime(bus: BusKeys, to pipeline: inout RedisPipeline) {
        pipeline.append("ZRANGE", bus.delayedSchedule, "0", "0", "WITHSCORES")
    }

    /// The time in a reply to ``appendFirstTime(bus:to:)``.
    package static func firstTime(_ reply: RedisReply) -> Int? {
        guard reply.count == 2, let score = Double(reply[1].string ?? "") else { return nil }
        // By the score: whatever its name is, a scheduler has to deal with it then.
        return Int(exactly: score.rounded(.up)) ?? (score > 0 ? .max : .min)
    }

    /// How many different times there are.
    package func timeCount() async throws(RedisError) -> Int {
        try await connection.call("ZCARD", bus.delayedSchedule).integer ?? 0
    }

    /// The next times and how many jobs wait for each, soonest first; none at the end.
    ///
    /// - Parameter time: only later ones; nil for the first page.
    package func dueTimes(after time: Int? = nil, count: Int) async throws(RedisError) -> [DueTime] {
        let times = try await times(after: time, count: count)
        guard !times.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for time in times { pipeline.append("LLEN", bus.delayed(time)) }
        return zip(times, try await connection.send(pipeline)).map { DueTime(time: $0, count: $1.integer ?? 0) }
    }

    /// How many jobs wait for any time.
    package func count() async throws(RedisError) -> Int {
        var total = 0
        var last: Int?
        while true {
            let page = try await dueTimes(after: last, count: Self.timesPerPage)
            total += page.reduce(0) { $0 + $1.count }
            guard let latest = page.last else { return total }
            last = latest.time
        }
    }

    /// Jobs that wait for one second, in the order in which they will be pushed; fewer than asked for at the end.
    package func jobs(at time: Int, from start: Int = 0, count: Int) async throws(RedisError) -> [DelayedRecord] {
        try await connection.elements(ofList: bus.delayed(time), from: start, count: count)
            .map { DelayedRecord(time: time, bytes: $0) }
    }

    /// The times for which this very job waits, soonest first: resque-scheduler's `scheduled_at`.
    ///
    /// Jobs of the old resque-bus and of queue-bus' Data adapter are not noted there.
    package func times(of payload: JobPayload, on queue: String) async throws(RedisError) -> [Int] {
        guard let item = Self.item(payload, queue) else { return [] }
        return try await times(of: item)
    }

    // MARK: - Repair

    /// Puts times into the schedule whose lists are there without it, because a client died between its commands
    /// (contract §9, no. 10). Walks the whole keyspace in steps.
    ///
    /// - Returns: these times, ascending.
    package func adoptOrphans() async throws(RedisError) -> [Int] {
        var adopted: [Int] = []
        var rest = try await orphans()[...]
        while !rest.isEmpty {
            let times = Array(rest.prefix(Self.timesPerPage))
            var pipeline = RedisPipeline()
            for time in times { pipeline.append("ZADD", bus.delayedSchedule, "NX", String(time), String(time)) }
            adopted += zip(times, try await connection.sendChecked(pipeline)).filter { $1.integer == 1 }.map(\.0)
            rest = rest.dropFirst(times.count)
        }
        return adopted
    }

    /// Times whose lists are there and that are not in the schedule, ascending. Somebody may just be about to put one
    /// of them there. Walks the whole keyspace in steps.
    package func orphans() async throws(RedisError) -> [Int] {
        var found: Set<Int> = []
        try await connection.scanKeys(beginningWith: bus.delayedPrefix) { keys in
            for key in keys {
                if let time = Self.time(after: bus.delayedPrefix, in: key) { found.insert(time) }
            }
            return true
        }
        var orphans: [Int] = []
        var rest = found.sorted()[...]
        while !rest.isEmpty {
            let times = Array(rest.prefix(Self.timesPerPage))
            var pipeline = RedisPipeline()
            for time in times {
                pipeline.append("ZSCORE", bus.delayedSchedule, String(time))
                pipeline.append("TYPE", bus.delayed(time))
            }
            let replies = try await connection.sendChecked(pipeline)
            orphans += times.indices.filter { replies[2 * $0].isNull && replies[2 * $0 + 1].string == "list" }
                .map { times[$0] }
            rest = rest.dropFirst(times.count)
        }
        return orphans
    }

    // MARK: - Steps

    static func item(_ payload: JobPayload, _ queue: String) -> [UInt8]? {
        // What has no JSON cannot wait anywhere.
        try? payload.encoded(waitingFor: queue)
    }

    /// Passes over what no client writes: a time whose name is no whole second, or not its score.
    func times(after time: Int?, count: Int) async throws(RedisError) -> [Int] {
        var last = time.map(String.init)
        while true {
            let reply = try await connection.call(
                "ZRANGEBYSCORE", bus.delayedSchedule, last.map { "(\($0)" } ?? "-inf", "+inf", "WITHSCORES", "LIMIT",
                "0", String(count))
            let times = stride(from: 0, to: reply.count, by: 2).compactMap { place in
                Self.time(after: "", in: reply[place].string ?? "").flatMap { time in
                    Double(reply[place + 1].string ?? "") == Double(time) ? time : nil
                }
            }
            guard times.isEmpty, reply.count == 2 * count else { return times }
            last = reply[reply.count - 1].string
        }
    }

    func times(of item: [UInt8]) async throws(RedisError) -> [Int] {
        let key = bus.timestamps(String(decoding: item, as: UTF8.self))
        let reply = try await connection.send(RedisPipeline("SMEMBERS", key))[0]
        // The key holds the whole job, so it stands in no message.
        if let refusal = reply.errorReply { throw .refusal(refusal, of: bus.timestamps("<the job>")) }
        return reply.elements.compactMap { $0.string.flatMap { Self.time(after: "delayed:", in: $0) } }.sorted()
    }

    private static func time(after prefix: String, in name: String) -> Int? {
        guard name.hasPrefix(prefix), let time = Int(name.dropFirst(prefix.count)) else { return nil }
        return name == prefix + String(time) ? time : nil
    }
}

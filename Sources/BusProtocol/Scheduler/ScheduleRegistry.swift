package import BusWire
package import RedisConnection

/// The schedules in Redis: those that Ruby and this driver share (contract §7), and what the leader notes about those
/// that it runs.
package struct ScheduleRegistry: Sendable {
    /// What Redis has of all schedules.
    package struct Contents: Sendable {
        /// The entries of `persistent_schedules`, byte for byte, in no order.
        package var persistent: [(name: String, json: [UInt8])] = []
        /// What is noted of the firings of a schedule, by its name.
        package var states: [ExactString: String] = [:]
        /// The names of schedules that do not fire. Some of them may be of schedules that nobody runs.
        package var paused: Set<ExactString> = []
    }

    /// What Redis has of one schedule.
    package struct Current: Sendable, Hashable {
        /// Of the schedule.
        package let name: String
        /// Its entry in `persistent_schedules`; nil when it was removed, or never was there.
        package let json: [UInt8]?
        /// What is noted of its firings; nil when it was never seen.
        package let state: String?
        /// When it last fired, as Ruby's `Time#to_s` has it; nil when it never did.
        package let lastEnqueued: String?
        /// Whether it does not fire.
        package let isPaused: Bool

        package init(name: String, json: [UInt8]?, state: String?, lastEnqueued: String?, isPaused: Bool) {
            self.name = name
            self.json = json
            self.state = state
            self.lastEnqueued = lastEnqueued
            self.isPaused = isPaused
        }
    }

    let connection: any RedisClient
    let bus: BusKeys

    /// How many names or fields go into one command, so that none of them holds Redis up.
    static let page = 500

    /// - Parameters:
    ///   - connection: used for a round trip or two per page.
    ///   - bus: the namespace.
    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    // MARK: - For the leader

    /// Appends the question whether schedules were changed since the leader last took over what was: one reply, 1 or 0.
    package static func appendAreChanged(bus: BusKeys, to pipeline: inout RedisPipeline) {
        pipeline.append("EXISTS", bus.schedulesChanged)
    }

    /// What a new leader starts with.
    ///
    /// Announced changes are forgotten before anything is read, so that whatever changes from then on is announced
    /// again.
    ///
    /// - Throws: `RedisError`, also when a key has another type of value.
    package func load() async throws(RedisError) -> Contents {
        _ = try await connection.call("DEL", bus.schedulesChanged)
        return try await contents()
    }

    /// Takes the names of the schedules that have changed; each announcement is heard once.
    ///
    /// Read what they are now by ``current(_:)`` afterwards, not before.
    ///
    /// - Throws: `RedisError`; with `connectionLost` and `timedOut` announcements may be lost, and ``load()`` makes up
    ///   for them.
    package func takeChanges() async throws(RedisError) -> [String] {
        var names: [String] = []
        while true {
            let taken = try await connection.call("SPOP", bus.schedulesChanged, String(Self.page))
            names += taken.elements.compactMap(\.string)
            guard taken.count == Self.page else { return names }
        }
    }

    /// What Redis has of these schedules, in their order.
    package func current(_ names: [String]) async throws(RedisError) -> [Current] {
        let keys = [bus.persistentSchedules, bus.scheduleFirings, bus.lastEnqueuedAt, bus.pausedSchedules]
        var found: [Current] = []
        for page in names.pages(of: Self.page) {
            var pipeline = RedisPipeline()
            for (command, key) in zip(["HMGET", "HMGET", "HMGET", "SMISMEMBER"], keys) {
                pipeline.append([command, key] + page)
            }
            let replies = try await connection.send(pipeline, keys: keys)
            for (index, name) in page.enumerated() {
                found.append(
                    Current(
                        name: name, json: replies[0][index].bytes, state: replies[1][index].string,
                        lastEnqueued: replies[2][index].string, isPaused: replies[3][index].integer == 1))
            }
        }
        return found
    }

    // MARK: - For everybody

    /// What Redis has of all schedules. What changes meanwhile may be missing or of before.
    ///
    /// - Throws: `RedisError`, also when a key has another type of value.
    package func contents() async throws(RedisError) -> Contents {
        var contents = Contents()
        // By name, since a page may repeat what an earlier one has.
        var persistent: [ExactString: [UInt8]] = [:]
        try await scan(bus.persistentSchedules) { persistent[ExactString($0)] = $1.bytes }
        contents.persistent = persistent.map { (name: $0.text, json: $1) }
        try await scan(bus.scheduleFirings) { contents.states[ExactString($0)] = $1.string }
        let paused = try await connection.call("SMEMBERS", bus.pausedSchedules).elements.compactMap(\.string)
        contents.paused = Set(paused.map(ExactString.init))
        return contents
    }

    /// When schedules last fired, by their names: a text as Ruby's `Time#to_s` has it.
    package func lastEnqueued() async throws(RedisError) -> [ExactString: String] {
        var times: [ExactString: String] = [:]
        try await scan(bus.lastEnqueuedAt) { times[ExactString($0)] = $1.string }
        return times
    }

    /// Calls `visit` with every field of a hash and its value, a page at a time; with some of them twice.
    func scan(_ hash: String, _ visit: (_ field: String, _ value: RedisReply) -> Void) async throws(RedisError) {
        var cursor = "0"
        repeat {
            let reply = try await connection.call("HSCAN", hash, cursor, "COUNT", String(Self.page))
            cursor = reply[0].string ?? "0"
            let pairs = reply[1].elements
            for index in stride(from: 0, to: pairs.count - 1, by: 2) {
                visit(pairs[index].string ?? "", pairs[index + 1])
            }
        } while cursor != "0"
    }
}

extension RedisClient {
    /// Sends commands, of which each is about the key at the same place; the first error reply is thrown, and that of
    /// a key with another type of value names the key.
    func send(_ pipeline: RedisPipeline, keys: [String]) async throws(RedisError) -> RedisReplies {
        let replies = try await send(pipeline)
        try RedisError.check(zip(keys, replies))
        return replies
    }

    /// Sends commands that take effect together, of which each is about the key at the same place.
    ///
    /// - Returns: their replies, in an array.
    /// - Throws: `RedisError` for the first error reply; that of a key with another type of value names the key, and
    ///   then the commands about other keys have taken effect.
    func transact(_ commands: RedisPipeline, keys: [String]) async throws(RedisError) -> RedisReply {
        var pipeline = RedisPipeline("MULTI")
        pipeline.append(contentsOf: commands)
        pipeline.append("EXEC")
        let replies = try await send(pipeline)
        let outcome = replies[replies.count - 1]
        try RedisError.check(zip(keys, outcome.elements))
        if let refusal = replies.firstError { throw .refusal(refusal) }
        return outcome
    }
}

extension RedisError {
    fileprivate static func check(_ replies: some Sequence<(String, RedisReply)>) throws(RedisError) {
        for (key, reply) in replies {
            guard let refusal = reply.errorReply else { continue }
            throw .refusal(refusal, of: key)
        }
    }
}

extension [String] {
    /// The texts in order, in slices of at most `size`.
    func pages(of size: Int) -> [ArraySlice<String>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}

/// What `Resque.enqueue_at` and `Resque.remove_delayed` of resque-scheduler send to Redis, command by command
/// (contract §7).
extension RubyClient {
    /// The item that waits for its time: class, arguments and queue in Ruby's order.
    public static func delayedItem(_ className: String, _ arguments: RubyValue, queue: String) -> String {
        RubyValue.object([("class", .string(className)), ("args", arguments), ("queue", .string(queue))]).json
    }

    /// The element that Ruby pushes when the time has come.
    public static func job(_ className: String, _ arguments: RubyValue) -> String {
        RubyValue.object([("class", .string(className)), ("args", arguments)]).json
    }

    /// `enqueue_at_with_queue`: three commands, each with its own answer.
    public func enqueue(_ item: String, at time: Int) throws {
        for command in enqueueCommands(item, at: time) { try redis.call(command.map { Array($0.utf8) }) }
    }

    /// The commands of `enqueue`, for tests that put many items into one pipeline.
    public func enqueueCommands(_ item: String, at time: Int) -> [[String]] {
        [
            ["RPUSH", "\(prefix)delayed:\(time)", item],
            ["SADD", "\(prefix)timestamps:\(item)", "delayed:\(time)"],
            ["ZADD", "\(prefix)delayed_queue_schedule", String(time), String(time)],
        ]
    }

    /// `remove_delayed_in_queue`: the lists are left as they are, empty or not.
    ///
    /// - Returns: how often the item waited.
    public func removeDelayed(_ item: String) throws -> Int {
        let noted = "\(prefix)timestamps:\(item)"
        let lists = try redis.call("SMEMBERS", noted).strings
        let replies = try redis.pipeline(
            lists.flatMap { [["LREM", prefix + $0, "0", item], ["SREM", noted, $0]] })
        return stride(from: 0, to: replies.count, by: 2).reduce(0) { $0 + (replies[$1].integer ?? 0) }
    }

    /// `remove_delayed_job_from_timestamp`: an emptied list is deleted under WATCH.
    ///
    /// - Returns: how often the item waited for this time.
    public func removeDelayed(_ item: String, at time: Int) throws -> Int {
        let list = "\(prefix)delayed:\(time)"
        try redis.call("SREM", "\(prefix)timestamps:\(item)", "delayed:\(time)")
        let count = try redis.call("LREM", list, "0", item).integer ?? 0
        try redis.call("WATCH", list)
        if try redis.call("LLEN", list).integer == 0 {
            try redis.pipeline([
                ["MULTI"], ["DEL", list], ["ZREM", "\(prefix)delayed_queue_schedule", String(time)], ["EXEC"],
            ])
        } else {
            try redis.call("UNWATCH")
        }
        return count
    }
}

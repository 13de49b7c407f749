package import BusWire
package import RedisConnection

/// Finds out what a user is not allowed, without doing any of it: commands are queued in a `MULTI` that an error in it
/// ends. Redis judges each as it is queued. Where `MULTI` itself is not allowed, they are executed, on a key of their
/// own.
package struct RightsTrial: Sendable {
    private let connection: any RedisClient
    /// A key and a channel of its own, in case a server executes what it was to queue.
    private let key: String
    private let channel: String

    /// - Parameter connection: serves for nothing else, since who lacks `EXEC` cannot end what `MULTI` begins.
    package init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        key = bus.own("scratch:rights-\(UInt32.random(in: .min ... .max))")
        channel = bus.own("barrier:doctor")
    }

    /// What one command was answered that Redis would not execute.
    package struct Refusal: Sendable {
        package let command: String
        package let reply: RedisErrorReply
    }

    /// Tries commands, in one round trip.
    ///
    /// - Parameter commands: as ``RoleRights/commands`` names them; `subscribe` cannot be tried so, and is passed over.
    /// - Returns: the refused ones.
    /// - Throws: `RedisError` when the connection is lost.
    package func refusals(of commands: [String]) async throws(RedisError) -> [Refusal] {
        let tried = commands.filter { $0 != "subscribe" && !Self.ofTransactions.contains($0) }
        var trials = Self.ofTransactions.filter(commands.contains).map { (command: $0, words: words(of: $0)) }
        let opened = trials.count
        trials += tried.map { (command: $0, words: words(of: $0)) }
        var pipeline = RedisPipeline()
        for trial in trials[..<opened] { pipeline.append(trial.words) }
        pipeline.append("MULTI")
        for trial in trials[opened...] { pipeline.append(trial.words) }
        pipeline.append("EXISTS")  // without an argument: nothing of this transaction is executed
        pipeline.append("EXEC")
        pipeline.append("DEL", key)
        let replies = try await connection.send(pipeline)
        return trials.enumerated().compactMap { place, trial in
            replies[place < opened ? place : place + 1].errorReply.map { Refusal(command: trial.command, reply: $0) }
        }
    }

    /// Tries whether keys may be touched at all, in one round trip.
    ///
    /// - Parameters:
    ///   - keys: real ones; a reading command is queued for each, and none is executed.
    ///   - command: one that is allowed, and reads.
    package func refusals(
        of keys: [String], reading command: String
    ) async throws(RedisError) -> [(key: String, reply: RedisErrorReply)] {
        let words = Self.arguments[command] ?? ["K"]
        var pipeline = RedisPipeline("MULTI")
        for key in keys { pipeline.append([command.uppercased()] + words.map { $0 == "K" ? key : $0 }) }
        pipeline.append("EXISTS")
        pipeline.append("EXEC")
        let replies = try await connection.send(pipeline)
        return keys.enumerated().compactMap { place, key in replies[place + 1].errorReply.map { (key, $0) } }
    }

    /// What opens, watches and ends transactions, in an order that leaves none behind.
    private static let ofTransactions = ["watch", "unwatch", "multi", "exec"]

    private func words(of command: String) -> [String] {
        let arguments = Self.arguments[command] ?? ["K"]
        return command.uppercased().split(separator: "|").map(String.init)
            + arguments.map { $0 == "K" ? key : $0 == "C" ? channel : $0 }
    }

    /// Arguments that a command takes, with `K` for a key and `C` for a channel. Where none are listed, a key alone.
    private static let arguments: [String: [String]] = [
        "acl|whoami": [], "blmove": ["K", "K", "LEFT", "LEFT", "1"], "blpop": ["K", "1"], "client|caching": ["YES"],
        "client|id": [], "client|setname": ["busdriver"], "client|tracking": ["OFF"], "config|get": ["appendfsync"],
        "eval": ["return 1", "1", "K"], "evalsha": ["0000000000000000000000000000000000000000", "1", "K"], "exec": [],
        "expire": ["K", "60"], "hdel": ["K", "f"], "hexists": ["K", "f"], "hget": ["K", "f"],
        "hincrby": ["K", "f", "1"], "hmget": ["K", "f"], "hscan": ["K", "0"], "hset": ["K", "f", "v"],
        "incrby": ["K", "1"], "info": ["server"], "lindex": ["K", "0"], "lmove": ["K", "K", "LEFT", "RIGHT"],
        "lpos": ["K", "e"], "lpush": ["K", "e"], "lrange": ["K", "0", "0"], "lrem": ["K", "1", "e"],
        "lset": ["K", "0", "e"], "ltrim": ["K", "0", "0"], "memory|usage": ["K"], "multi": [],
        "pexpire": ["K", "60000"], "ping": [], "publish": ["C", "0"], "rename": ["K", "K"], "role": [],
        "rpush": ["K", "e"], "sadd": ["K", "m"], "scan": ["0", "COUNT", "1"], "script|load": ["return 1"],
        "set": ["K", "v", "PX", "60000"], "sismember": ["K", "m"], "smismember": ["K", "m"],
        "sort": ["K", "BY", "nosort", "LIMIT", "0", "1", "STORE", "K"], "srem": ["K", "m"], "time": [],
        "unwatch": [], "zadd": ["K", "1", "m"], "zcount": ["K", "0", "1"], "zrange": ["K", "0", "0"],
        "zrangebyscore": ["K", "0", "1"],
        "zrem": ["K", "m"], "zscore": ["K", "m"],
    ]
}

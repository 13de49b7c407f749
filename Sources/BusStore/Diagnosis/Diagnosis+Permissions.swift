import BusWire
import RedisConnection

extension Diagnosis {
    /// Every command and script of the driver under the current user, tried on scratch keys; and whether the user may touch
    /// the real ones.
    public func permissions() async throws(RedisError) -> [Finding] {
        let scratch = Scratch(bus: bus)
        let commands = try await refusals(of: scratch.commands)
        let scripts = try await refusals(of: scratch.scripts)
        try await sweep(scratch)
        return findings("Commands and scripts", commands + scripts, whatToAllow: "+@all, or at least these commands,")
            + findings(
                "Keys", try await refusals(of: realKeys), whatToAllow: "~\(bus.key("*")) and ~\(bus.schedulerLock)")
    }

    private func findings(_ name: String, _ refusals: [Refusal], whatToAllow: String) -> [Finding] {
        guard !refusals.isEmpty else { return [Finding(name, .ok, "Everything that the driver needs is allowed.")] }
        var rest = refusals
        var findings: [Finding] = []
        if refusals.contains(where: { $0.reply.kind == .outOfMemory }) {
            findings.append(
                Finding(
                    "Memory", .problem,
                    "Redis has reached maxmemory and refuses to write, so nothing is published or driven.",
                    remedy: "Raise it with CONFIG SET maxmemory, and in redis.conf; or remove what nobody needs."))
            // Without a write before them other commands fail as well.
            rest = refusals.filter { $0.reply.kind == .noPermission || $0.reply.kind == .unknownCommand }
        }
        guard !rest.isEmpty else { return findings }
        return findings + [
            Finding(
                name, .problem, Self.enumeration(rest.map { "\($0.name): \($0.reply.message)" }),
                remedy: "Allow this user \(whatToAllow) with ACL SETUSER, or upgrade Redis.")
        ]
    }

    private var realKeys: [(name: String, words: [String])] {
        let keys = [
            bus.queues, bus.apps, bus.app("a"), bus.failed, bus.workers, bus.worker("w"), bus.stat("processed"),
            bus.pauseAllWorkers, bus.heartbeatLock, bus.heartbeatTimestamp, bus.drivers, bus.lease("x"),
            bus.driver("x"),
            bus.inFlight("x", 1), bus.dead("x"), bus.fixes, bus.suspects, bus.delayedSchedule, bus.delayed(1),
            bus.timestamps("x"), bus.schedulerLock, bus.queue("x"),
        ]
        return (keys + incoming.map(bus.queue)).map { ($0, ["EXISTS", $0]) }
    }

    /// A command that Redis did not execute.
    private struct Refusal {
        let name: String
        let reply: RedisErrorReply
    }

    /// Runs commands, and names those that were refused.
    private func refusals(of commands: [(name: String, words: [String])]) async throws(RedisError) -> [Refusal] {
        var pipeline = RedisPipeline()
        for command in commands { pipeline.append(command.words) }
        let replies = try await connection.send(pipeline)
        return zip(commands, replies).compactMap { command, reply in
            reply.errorReply.map { Refusal(name: command.name, reply: $0) }
        }
    }

    private func sweep(_ scratch: Scratch) async throws(RedisError) {
        let leftovers = try await keys(beginningWith: scratch.prefix, limit: 1000)
        guard !leftovers.isEmpty else { return }
        var pipeline = RedisPipeline()
        pipeline.append(["DEL"] + leftovers)
        _ = try await connection.send(pipeline)
    }
}

/// A namespace of its own inside ours, in which everything may be tried.
private struct Scratch {
    /// What the names of all scratch keys begin with.
    let prefix: String
    private let bus: BusKeys

    init(bus: BusKeys) {
        let namespace = bus.own("scratch:doctor-\(UInt32.random(in: .min ... .max))")
        self.bus = BusKeys(namespace: namespace)
        prefix = namespace + ":"
    }

    private func named(_ lines: [[String]]) -> [(name: String, words: [String])] { lines.map { ($0[0], $0) } }

    /// In an order in which each finds what it needs.
    var commands: [(name: String, words: [String])] {
        let (list, copy, set, hash, zset) = ("list", "copy", "set", "hash", "zset")
        func key(_ name: String) -> String { bus.key(name) }
        return named([
            ["RPUSH", key(list), "b", "a", "c"], ["LRANGE", key(list), "0", "-1"], ["LLEN", key(list)],
            ["LINDEX", key(list), "0"], ["SORT", key(list), "BY", "nosort", "LIMIT", "0", "2", "STORE", key(copy)],
            ["BLMOVE", key(list), key(list), "LEFT", "LEFT", "1"], ["LMOVE", key(list), key(copy), "RIGHT", "LEFT"],
            ["LPOS", key(list), "a"], ["LREM", key(copy), "1", "a"], ["LTRIM", key(copy), "0", "0"],
            ["LPOP", key(copy)], ["SADD", key(set), "m"], ["SMEMBERS", key(set)], ["SREM", key(set), "m"],
            ["HSET", key(hash), "f", "v"], ["HGET", key(hash), "f"], ["HMGET", key(hash), "f"], ["HGETALL", key(hash)],
            ["HINCRBY", key(hash), "n", "1"], ["HDEL", key(hash), "f"], ["ZADD", key(zset), "1", "m"],
            ["ZSCORE", key(zset), "m"], ["ZRANGE", key(zset), "0", "-1", "WITHSCORES"], ["ZREM", key(zset), "m"],
            ["SET", key("string"), "1", "PX", "60000"], ["GET", key("string")], ["PEXPIRE", key("string"), "60000"],
            ["INCRBY", key("number"), "1"], ["EXISTS", key(list)], ["TYPE", key(list)],
            ["MEMORY", "USAGE", key(list), "SAMPLES", "0"], ["RENAME", key(list), key("renamed")],
            ["DEL", key("renamed")], ["TIME"], ["SCAN", "0", "COUNT", "1"], ["UNWATCH"], ["WATCH", key(list)],
            ["MULTI"],
            ["INCRBY", key("number"), "1"], ["EXEC"], ["PUBLISH", bus.barrier("doctor"), "1"],
            ["CLIENT", "TRACKING", "OFF"],
        ])
    }

    /// Each script once, on the life of a driver that drives one event.
    var scripts: [(name: String, words: [String])] {
        let (id, queue) = ("doctor:1:1", bus.queue("incoming"))
        let record = bus.driver(id)
        let (first, before) = (bus.inFlight(id, 1), bus.inFlight(id, 0))
        let stats = [bus.stat("processed"), bus.stat("processed", worker: id)]
        func call(_ script: Script, _ keys: [String], _ arguments: [String]) -> (name: String, words: [String]) {
            (script.name + ".lua", ["EVAL", script.text, String(keys.count)] + keys + arguments)
        }
        let events = [("RPUSH", ["RPUSH", queue, "a", "b"])]
        let load = Script.ofDrivers.map { ("SCRIPT LOAD", ["SCRIPT", "LOAD", $0.text]) }
        return load + events + [
            call(.register, [record, bus.drivers, bus.lease(id)], [id, "60000", "worker", id, "queue", "incoming"]),
            call(.heartbeat, [record, bus.drivers, bus.lease(id)], [id, "60000"]),
            call(
                .claim, [record, queue, first, before, bus.suspects],
                ["1", "1", "sort", String(DriverCommands.mostBatchBytes), String(DriverCommands.mostEventBytes)]),
            call(.absolve, [first, bus.suspects], []),
            call(.fin, [first, bus.fix(id, 1), bus.fixes], []),
            call(.swap, [record, queue, first, bus.queues] + stats + [bus.queue("q")], ["2", "b", "q", "1", "job"]),
            call(
                .setAside, [record, queue, bus.own("oversized:doctor"), bus.failed] + stats,
                [String(DriverCommands.mostEventBytes), "sort", "entry"]),
            call(
                .recover,
                [
                    bus.drivers, bus.lease(id), record, bus.dead(id), queue, first, before, bus.suspects,
                ], [id, "1", "now", "0"]),
            call(.putSubscription, [bus.app("a"), bus.apps], ["a", "key", "{}"]),
            ("RPUSH", ["RPUSH", bus.failed, "entry"]),
            call(.retryFailure, [bus.failed, bus.queues, bus.queue("q")], ["entry", "", "q", "job"]),
            call(.removeFailure, [bus.failed, bus.own("oversized:doctor")], ["entry"]),
        ]
    }
}

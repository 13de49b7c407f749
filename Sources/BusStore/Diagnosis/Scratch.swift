import BusWire

/// A namespace of its own inside ours, in which everything may be tried.
struct Scratch {
    /// What the names of all scratch keys begin with.
    let prefix: String
    private let bus: BusKeys

    init(bus: BusKeys) {
        let namespace = bus.own("scratch:doctor-\(UInt32.random(in: .min ... .max))")
        self.bus = BusKeys(namespace: namespace)
        prefix = namespace + ":"
    }

    private func named(_ lines: [[String]]) -> [Diagnosis.Trial] { lines.map { ($0[0], $0) } }

    /// In an order in which each finds what it needs.
    var commands: [Diagnosis.Trial] {
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
    var scripts: [Diagnosis.Trial] {
        let (id, queue) = ("doctor:1:1", bus.queue("incoming"))
        let record = bus.driver(id)
        let (first, before) = (bus.inFlight(id, 1), bus.inFlight(id, 0))
        let stats = [bus.stat("processed"), bus.stat("processed", worker: id)]
        let failed = [bus.stat("failed"), bus.stat("failed", worker: id)]
        let events = [("RPUSH", ["RPUSH", queue, "a", "b"])]
        let load = Script.ofDrivers.map { ("SCRIPT LOAD", ["SCRIPT", "LOAD", $0.text]) }
        return load + events + [
            call(.register, [record, bus.drivers, bus.lease(id)], [id, "60000", "worker", id, "queue", "incoming"]),
            call(.heartbeat, [record, bus.drivers, bus.lease(id)], [id, "60000"]),
            call(
                .claim, [record, queue, first, before, bus.suspects],
                ["1", "1", "sort", String(DriverCommands.mostBatchBytes), String(DriverCommands.mostEventBytes), "1"]),
            call(.absolve, [first, bus.suspects], []),
            call(.fin, [first, bus.fix(id, 1), bus.fixes], [bus.queue("q")]),
            call(.mend, [bus.fix(id, 1), bus.fixes, bus.queues] + failed + [bus.queue("q")], ["0", "q", "1", "job"]),
            call(.swap, [record, queue, first, bus.queues] + stats + [bus.queue("q")], ["2", "b", "q", "1", "job"]),
            call(
                .setAside, [record, queue, bus.oversized(id, 2), bus.waitingFailures] + stats,
                ["2", String(DriverCommands.mostEventBytes), "sort", "entry"]),
            ("RPUSH", ["RPUSH", bus.waitingFailures, "entry", #"{"error":"e","queue":"q"}"#]),
            call(
                .moveFailures, [bus.waitingFailures, bus.failed, bus.failedQueues], ["2", bus.prefix, "multi-queue"]),
            call(
                .recover,
                [
                    bus.drivers, bus.lease(id), record, bus.dead(id), queue, first, before, bus.suspects,
                ], [id, "1", "now", "0"]),
            call(.putSubscription, [bus.app("a"), bus.apps], ["a", "key", "{}"]),
            call(
                .changeFailures, [bus.failed, bus.queues, bus.queue("q"), bus.oversized(id, 2)],
                ["gone", "0", "entry", "", "3", "q", "job", "0", "entry", "", "4", "", ""]),
        ]
    }

    /// In an order in which each finds what it needs.
    var schedulerCommands: [Diagnosis.Trial] {
        let (list, set, hash, zset) = (bus.key("list"), bus.key("set"), bus.key("hash"), bus.key("zset"))
        let (copy, string) = (bus.key("copy"), bus.key("string"))
        return named([
            ["TIME"], ["SET", string, "1", "EX", "60"], ["GET", string], ["EXPIRE", string, "60"], ["PTTL", string],
            ["RPUSH", list, "a", "b"], ["LRANGE", list, "0", "-1"], ["LLEN", list], ["LINDEX", list, "0"],
            ["MEMORY", "USAGE", list, "SAMPLES", "0"], ["LTRIM", list, "1", "-1"], ["TYPE", list], ["EXISTS", list],
            ["SADD", set, "m"], ["SMEMBERS", set], ["SMISMEMBER", set, "m"], ["SREM", set, "n"],
            ["SPOP", set, "1"], ["ZADD", zset, "1", "m"], ["ZSCORE", zset, "m"],
            ["ZRANGE", zset, "0", "0", "WITHSCORES"], ["ZRANGEBYSCORE", zset, "-inf", "5", "LIMIT", "0", "1"],
            ["ZREM", zset, "m"], ["HSET", hash, "f", "v"], ["HGET", hash, "f"], ["HMGET", hash, "f"],
            ["HGETALL", hash], ["HSCAN", hash, "0", "COUNT", "1"], ["RENAME", hash, copy], ["HDEL", copy, "f"],
            ["WATCH", list], ["UNWATCH"], ["MULTI"], ["DEL", list], ["UNLINK", copy], ["EXEC"],
            ["SCAN", "0", "COUNT", "1"], ["CLIENT", "TRACKING", "OFF"],
        ])
    }

    /// Each script once, on the life of a leader that fires one slot and publishes one heartbeat.
    var schedulerScripts: [Diagnosis.Trial] {
        let (lock, me) = (bus.schedulerLock, "doctor:1:a")
        let scripts = [Script.takeLock, .renewLock, .releaseLock, .fire, .noteSlot, .publishHeartbeats]
        return scripts.map { ("SCRIPT LOAD", ["SCRIPT", "LOAD", $0.text]) } + [
            call(.takeLock, [lock], [me, "60"]), call(.renewLock, [lock], [me, "60"]),
            call(
                .fire, [lock, bus.scheduleSlots, bus.queues, bus.queue("q"), bus.lastEnqueuedAt],
                [me, "s", "1", "x", "q", "job", "now", ""]),
            call(.noteSlot, [lock, bus.scheduleSlots], [me, "s", "1 x", "2 x"]),
            call(
                .publishHeartbeats,
                [lock, bus.heartbeatLock, bus.heartbeatTimestamp, bus.queues, bus.queue("q")],
                [me, "", "", "1", "q", "event"]),
            call(.releaseLock, [lock], [me]),
        ]
    }

    private func call(_ script: Script, _ keys: [String], _ arguments: [String]) -> Diagnosis.Trial {
        (script.name + ".lua", ["EVAL", script.text, String(keys.count)] + keys + arguments)
    }
}

import RedisTestSupport

/// Keys of the fleet hold what it does not expect.
extension Harm {
    /// Keys that any role reads or writes, below the namespace.
    private static let keys = [
        "failed", "queues", "workers", "workers:heartbeat", "pause-all-workers", "stat:processed", "stat:failed",
        "queue:bus_incoming", "bus_apps", "bus_app:neighbour_probe", "bus:heartbeat:lock", "bus:heartbeat:timestamp",
        "delayed_queue_schedule", "delayed:last_enqueued_at", "persistent_schedules", "schedules_changed",
        "resque:resque_scheduler_master_lock", "queue:recurring_tick", "busdriver:drivers", "busdriver:riders",
        "busdriver:suspect", "busdriver:suspect:jobs", "busdriver:fix", "busdriver:cron", "busdriver:paused",
        "busdriver:schedules",
    ]

    /// Puts aside what is there, if anything, and puts a value of the wrong type in its place, in one step.
    private static let put = """
        local kind = redis.call('TYPE', KEYS[1]).ok
        if kind ~= 'none' then redis.call('RENAME', KEYS[1], KEYS[2]) end
        if kind == 'string' then redis.call('RPUSH', KEYS[1], 'wrong') else redis.call('SET', KEYS[1], 'wrong') end
        """
    private static let restore = """
        redis.call('DEL', KEYS[1])
        if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1]) end
        """

    static let wrongTypes =
        keys.map { name in
            Harm("a wrong type at \(name)") { bench, chance in
                let (key, aside) = ("resque:" + name, "neighbour:aside")
                try bench.redis.call("EVAL", put, "2", key, aside)
                try await bench.last(for: .milliseconds(chance.number(300...2000)))
                try bench.redis.call("EVAL", restore, "2", key, aside)
            }
        } + [
            Harm("a wrong type at a destination") { bench, chance in
                let key = "resque:queue:\(NeighbourBench.victim)"
                try bench.redis.call("EVAL", put, "2", key, "neighbour:aside")
                try bench.publish(50, NeighbourBench.victim)
                try await bench.last(for: .milliseconds(chance.number(300...2000)))
                try bench.redis.call("EVAL", restore, "2", key, "neighbour:aside")
                try bench.publish(50, NeighbourBench.victim)
            }
        ]
}

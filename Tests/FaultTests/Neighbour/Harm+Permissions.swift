import RedisTestSupport

/// The fleet's user loses a right for a while.
extension Harm {
    /// Commands that any role sends, by itself or from a script.
    private static let commands = [
        "eval", "evalsha", "script|load", "multi", "exec", "watch", "set", "get", "del", "exists", "expire", "pexpire",
        "rpush", "lpush", "lpop", "lrange", "llen", "lindex", "lrem", "rename", "lmove", "blmove", "hset", "hget",
        "hdel", "hgetall", "hincrby", "sadd", "srem", "smembers", "zadd", "zrem", "zrange", "zrangebyscore", "zscore",
        "incrby", "time", "publish", "subscribe", "client|setname", "client|tracking", "client|id", "role", "info",
        "config|get", "ping", "memory|usage",
    ]

    static let permissions =
        commands.map { command in
            Harm("no right to \(command)") { bench, chance in
                try bench.redis.call("ACL", "SETUSER", NeighbourFleet.user, "-\(command)")
                // Some are sent at the start of a connection only.
                if chance.happens(30) { try bench.redis.call("CLIENT", "KILL", "USER", NeighbourFleet.user) }
                try await bench.last(for: .milliseconds(chance.number(300...2000)))
                try bench.redis.call("ACL", "SETUSER", NeighbourFleet.user, "+@all")
            }
        } + [
            Harm("no right to any channel") { bench, chance in
                try bench.redis.call("ACL", "SETUSER", NeighbourFleet.user, "resetchannels")
                try await bench.last(for: .milliseconds(chance.number(300...2000)))
                try bench.redis.call("ACL", "SETUSER", NeighbourFleet.user, "allchannels")
            },
            Harm("no right to any key") { bench, chance in
                try bench.redis.call("ACL", "SETUSER", NeighbourFleet.user, "resetkeys")
                try await bench.last(for: .milliseconds(chance.number(300...2000)))
                try bench.redis.call("ACL", "SETUSER", NeighbourFleet.user, "allkeys")
            },
            Harm("another password") { bench, chance in
                try bench.redis.call("ACL", "SETUSER", NeighbourFleet.user, "resetpass", ">another")
                try bench.redis.call("CLIENT", "KILL", "USER", NeighbourFleet.user)
                try await bench.last(for: .milliseconds(chance.number(300...2000)))
                try bench.redis.call(
                    "ACL", "SETUSER", NeighbourFleet.user, "resetpass", ">\(NeighbourFleet.password)")
            },
        ]
}

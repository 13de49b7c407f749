extension RoleRights {
    /// What every connection begins with. `SELECT` comes besides where the database is another than 0.
    static let connecting = ["client|id", "info", "role"]

    /// The commands of a role, those that its scripts call among them.
    static func commands(of role: Role) -> [String] {
        let words =
            switch role {
            case .driver:
                """
                blmove client|setname client|tracking del eval evalsha exec exists get hdel hget hgetall hincrby \
                hmget hset incr incrby lindex llen lmove lpop lrange ltrim memory|usage multi pexpire pttl publish \
                rename rpush sadd scan script|load set smembers sort srem subscribe time type unwatch watch zadd \
                zrange zrem zscore
                """
            case .scheduler:
                """
                client|caching client|setname client|tracking del eval evalsha exec exists expire get hdel hget \
                hmget hscan hset lindex llen lmove lrange ltrim memory|usage multi pttl rename rpush sadd scan \
                script|load set smembers smismember spop srem subscribe time type unlink unwatch watch zadd zrange \
                zrangebyscore zrem zscore
                """
            case .rider:
                """
                client|caching client|setname client|tracking del eval evalsha exec exists get hdel hexists hget \
                hgetall hincrby hmget hset incr incrby lindex llen lmove lpush lrange lrem lset ltrim memory|usage \
                multi pexpire pttl rename rpush sadd script|load set smembers sort srem subscribe time type zadd \
                zrange zrem zscore
                """
            case .application:
                """
                del eval exec exists hdel hget hgetall hscan hset llen lrange lrem multi ping rename rpush sadd set \
                smembers srem type zadd zrange zrangebyscore zrem
                """
            case .operator:
                """
                blpop client|setname del eval evalsha exec exists get hdel hget hgetall hincrby hmget hscan hset \
                lindex llen lmove lpop lpos lrange lrem lset ltrim multi pexpire ping pttl rename rpush sadd scan \
                script|load set sismember smembers srem time type zadd zcard zrange zrangebyscore zrem zscore
                """
            case .doctor:
                """
                acl|whoami client|setname client|tracking config|get del exec exists get hget hgetall hlen hscan \
                llen lrange multi pttl publish scan smembers subscribe time type zcard zcount zrange zscore
                """
            }
        return words.split(separator: " ").map(String.init)
    }
}

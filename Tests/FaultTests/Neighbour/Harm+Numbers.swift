import RedisTestSupport

/// Numbers of the fleet's are out of all proportion, or none.
extension Harm {
    private static let extremes = [
        "9223372036854775807", "-9223372036854775808", "9000000000000000000", "-9000000000000000000",
        "9223372036854775808", "1e308", "-1e308", "inf", "nan", "", "text", "0x7f", " 1", "1.5",
    ]

    /// What can hold a number, and how one is put there and taken away again.
    private static let strings = ["bus:heartbeat:timestamp", "bus:heartbeat:lock", "stat:processed", "stat:failed"]
    private static let hashes = ["busdriver:cron", "busdriver:suspect", "busdriver:suspect:jobs", "busdriver:fix"]
    private static let sortedSets = ["delayed_queue_schedule", "busdriver:drivers", "busdriver:riders"]

    static let numbers =
        strings.map { name in
            Harm("extreme numbers at \(name)") { bench, chance in
                let key = "resque:" + name
                let before = try bench.redis.call("GET", key).string
                for value in extremes.shuffled(using: &chance).prefix(5) {
                    try bench.redis.call("SET", key, value)
                    try bench.pushHeartbeat()
                    try await bench.last(for: .milliseconds(200))
                }
                if let before { try bench.redis.call("SET", key, before) } else { try bench.redis.call("DEL", key) }
            }
        }
        + hashes.map { name in
            Harm("extreme numbers in \(name)") { bench, chance in
                let key = "resque:" + name
                for value in extremes.shuffled(using: &chance).prefix(5) {
                    let tick = try bench.redis.call("HGET", key, "tick").string
                    try bench.redis.call("HSET", key, "tick", value, "neighbour", value)
                    try await bench.last(for: .milliseconds(200))
                    try bench.redis.call("HDEL", key, "neighbour")
                    if let tick {
                        try bench.redis.call("HSET", key, "tick", tick)
                    } else {
                        try bench.redis.call("HDEL", key, "tick")
                    }
                }
            }
        }
        + sortedSets.map { name in
            Harm("extreme numbers in \(name)") { bench, chance in
                let key = "resque:" + name
                for score in ["9e18", "-9e18", "1e308", "-1e308", "inf", "-inf"] {
                    for member in ["neighbour", "9223372036854775807", "-9223372036854775808", "1e308", ""] {
                        try bench.redis.call("ZADD", key, score, member)
                    }
                    try await bench.last(for: .milliseconds(100))
                }
                for member in ["neighbour", "9223372036854775807", "-9223372036854775808", "1e308", ""] {
                    try bench.redis.call("ZREM", key, member)
                }
            }
        } + [
            Harm("extreme times of firings") { bench, chance in
                for value in extremes.shuffled(using: &chance).prefix(5) {
                    try bench.redis.call("HSET", "resque:delayed:last_enqueued_at", "tick", value)
                    try await bench.last(for: .milliseconds(100))
                }
                try bench.redis.call("HDEL", "resque:delayed:last_enqueued_at", "tick")
            }
        ]
}

import Foundation
import RedisTestSupport

/// Redis itself cannot work for a while.
extension Harm {
    static let busyScripts = [500, 3000].map { milliseconds in
        Harm("a script that keeps Redis busy for \(milliseconds) ms") { bench, chance in
            let hog = try bench.server.connect(timeout: .seconds(60))
            try hog.send("EVAL", "while true do end", "0")
            try await pollUntil("Redis is busy") { try bench.redis.reply(to: ["PING"]).errorMessage != nil }
            try await bench.last(for: .milliseconds(milliseconds))
            try bench.redis.call("SCRIPT", "KILL")
            _ = try hog.read()
        }
    }

    static let fullMemory = [
        Harm("memory that is full") { bench, chance in
            try bench.redis.call("CONFIG", "SET", "maxmemory", "1mb")
            try await bench.last(for: .milliseconds(chance.number(300...2500)))
            try bench.redis.call("CONFIG", "SET", "maxmemory", "0")
        },
        Harm("too few replicas") { bench, chance in
            try bench.redis.call("CONFIG", "SET", "min-replicas-to-write", "1")
            try await bench.last(for: .milliseconds(chance.number(300...2500)))
            try bench.redis.call("CONFIG", "SET", "min-replicas-to-write", "0")
        },
    ]

    static let demotions = ["yes", "no"].map { stale in
        Harm("a demotion to a replica of nobody, stale data: \(stale)") { bench, chance in
            try bench.redis.call("CONFIG", "SET", "replica-serve-stale-data", stale)
            try bench.redis.call("REPLICAOF", "127.0.0.1", "1")
            try await bench.last(for: .milliseconds(chance.number(300...2500)))
            try bench.redis.call("REPLICAOF", "NO", "ONE")
        }
    }

    static let cuts = [
        Harm("every connection of the fleet cut, five times") { bench, _ in
            for _ in 1...5 {
                try bench.redis.call("CLIENT", "KILL", "USER", NeighbourFleet.user)
                try await bench.last(for: .milliseconds(200))
            }
        },
        Harm("connections that are full") { bench, chance in
            try bench.redis.call("CONFIG", "SET", "maxclients", "1")
            try bench.redis.call("CLIENT", "KILL", "USER", NeighbourFleet.user)
            try await bench.last(for: .milliseconds(chance.number(300...2000)))
            try bench.redis.call("CONFIG", "SET", "maxclients", "10000")
        },
        Harm("a pause of all clients") { bench, chance in
            try bench.redis.call("CLIENT", "PAUSE", String(chance.number(200...1500)), "WRITE")
        },
        Harm("scripts that are forgotten") { bench, _ in
            for _ in 1...5 {
                try bench.redis.call("SCRIPT", "FLUSH")
                try await bench.last(for: .milliseconds(50))
            }
        },
    ]
}

import Foundation

/// A state of a server in which it cannot work for a while, and how a test leads it there and back.
public struct RedisState: Sendable, CustomStringConvertible {
    public let description: String
    /// What the log must say while it lasts.
    public let complaint: String
    /// Whether a lease cannot be renewed either, so that everybody notices, whether he works or sleeps.
    public var stopsLeases = true
    /// Lines of redis.conf that it needs.
    public var config: [String] = []
    /// Leads the server into the state; what it returns is what another client waits for meanwhile.
    public let begin: @Sendable (RedisServer, RawRedis) async throws -> RawRedis?
    /// Leads it back.
    public let end: @Sendable (RedisServer, RawRedis, RawRedis?) async throws -> Void

    /// Every state.
    public static let all = [
        busy, outOfMemory, replica, masterDown, noReplicas, savingFails, loading, noConnectionLeft,
    ]

    /// A state that one setting makes.
    private init(_ name: String, _ complaint: String, stopsLeases: Bool = true, _ setting: String, _ normal: String) {
        description = name
        self.complaint = complaint
        self.stopsLeases = stopsLeases
        let key = name.split(separator: " ").last.map(String.init) ?? ""
        begin = { _, redis in
            try redis.call("CONFIG", "SET", key, setting)
            return nil
        }
        end = { _, redis, _ in try redis.call("CONFIG", "SET", key, normal) }
    }

    private init(
        _ name: String, _ complaint: String, stopsLeases: Bool = true, config: [String] = [],
        begin: @escaping @Sendable (RedisServer, RawRedis) async throws -> RawRedis?,
        end: @escaping @Sendable (RedisServer, RawRedis, RawRedis?) async throws -> Void
    ) {
        description = name
        self.complaint = complaint
        self.stopsLeases = stopsLeases
        self.config = config
        self.begin = begin
        self.end = end
    }

    /// Where a lease can be renewed a rider or driver without work has nothing to notice.
    public static let outOfMemory = RedisState("maxmemory", "OOM", stopsLeases: false, "1", "0")
    public static let noReplicas = RedisState("min-replicas-to-write", "NOREPLICAS", "1", "0")

    public static let busy = RedisState(
        "a script blocks Redis", "BUSY", config: ["busy-reply-threshold 50"]
    ) { server, _ in
        let blocker = try server.connect(timeout: .seconds(60))
        try blocker.send("EVAL", "while true do end", "0")
        // Until the threshold has passed nobody is answered.
        try await pollUntil("it is busy") { try server.connect().reply(to: ["PING"]).errorMessage != nil }
        return blocker
    } end: { _, redis, blocker in
        try redis.call("SCRIPT", "KILL")
        _ = try blocker?.read()
    }

    public static let replica = RedisState("it is a replica", "a master at this address") { _, redis in
        try redis.call("REPLICAOF", "127.0.0.1", "1")
        return nil
    } end: { _, redis, _ in
        try redis.call("REPLICAOF", "NO", "ONE")
    }

    public static let masterDown = RedisState(
        "it is a replica without its master", "a master at this address", config: ["replica-serve-stale-data no"],
        begin: replica.begin, end: replica.end)

    /// Snapshots fail because a folder has the name of the dump.
    public static let savingFails = RedisState(
        "snapshots fail", "MISCONF", config: ["dbfilename taken", "save 3600 1000000"]
    ) { server, redis in
        try FileManager.default.createDirectory(
            atPath: server.directory + "/taken", withIntermediateDirectories: false)
        try await snapshot("err", redis)
        return nil
    } end: { server, redis, _ in
        try FileManager.default.removeItem(atPath: server.directory + "/taken")
        try await snapshot("ok", redis)
    }

    private static func snapshot(_ expected: String, _ redis: RawRedis) async throws {
        try redis.call("BGSAVE")
        try await pollUntil("a snapshot ends with \(expected)") {
            try redis.call("INFO", "persistence").string?.contains("rdb_last_bgsave_status:\(expected)") == true
        }
    }

    /// A reload of some seconds: 1200 keys of 2 ms each, and the server looks at its clients after each few.
    public static let loading = RedisState(
        "it loads its data", "LOADING", config: ["loading-process-events-interval-bytes 1024"]
    ) { server, redis in
        _ = try redis.pipeline((1...1200).map { ["SET", "key:\($0)", "some value that takes its time"] })
        try redis.call("CONFIG", "SET", "key-load-delay", "2000")
        let reloading = try server.connect(timeout: .seconds(60))
        try reloading.send("DEBUG", "RELOAD")
        try await pollUntil("it loads") { try server.connect().reply(to: ["GET", "key:1"]).errorMessage != nil }
        return reloading
    } end: { _, _, reloading in
        _ = try reloading?.read()
    }

    public static let noConnectionLeft = RedisState("maxclients", "max number of clients") { _, redis in
        try redis.call("CONFIG", "SET", "maxclients", "1")
        for type in ["pubsub", "normal"] { try redis.call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes") }
        return nil
    } end: { _, redis, _ in
        try redis.call("CONFIG", "SET", "maxclients", "10000")
    }
}

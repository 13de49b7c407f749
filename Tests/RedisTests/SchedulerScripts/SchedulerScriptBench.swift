import BusStore
import BusWire
import RedisConnection
import RedisTestSupport

/// The scripts of one leading scheduler, called one by one on a raw connection, without a scheduler.
struct SchedulerScriptBench {
    static let now = 1_795_240_800

    let redis: RawRedis
    let server: RedisServer
    let bus = BusKeys()
    let lock: SchedulerLock.Identity
    let commands: PromotionCommands

    static func run(_ body: (SchedulerScriptBench) throws -> Void) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try body(SchedulerScriptBench(server: server, redis: try server.connect()))
    }

    private init(server: RedisServer, redis: RawRedis) throws {
        self.server = server
        self.redis = redis
        lock = SchedulerLock.Identity(bus: bus, value: "host:1:a")
        commands = PromotionCommands(bus: bus, lock: lock, digests: ScriptDigests())
        try redis.call("SET", lock.key, lock.value, "EX", "180")
    }

    /// An item as Ruby writes it.
    static func item(_ number: Int, queue: String = "jobs") -> String {
        #"{"class":"Job","args":[\#(number)],"queue":"\#(queue)"}"#
    }

    /// What becomes of it.
    static func pushed(_ number: Int) -> String { #"{"class":"Job","args":[\#(number)]}"# }

    /// Delays items with resque-scheduler's three commands.
    func delay(_ items: [String], until time: Int = 5) throws {
        for item in items {
            try redis.call("RPUSH", bus.delayed(time), item)
            try redis.call("SADD", bus.timestamps(item), BusKeys.delayedName(time))
            try redis.call("ZADD", bus.delayedSchedule, String(time), String(time))
        }
    }

    @discardableResult
    func promote(
        _ items: [String], at time: String = "5", unusable: [String] = [], on connection: RawRedis? = nil
    ) throws -> [String] {
        let promotion = Promotion(
            of: items.map { Array($0.utf8) }, at: time, unusable: Set(unusable.map(ExactString.init)),
            worker: "host+swift:1:scheduler", now: Self.now)
        return try send(promotion, on: connection)
    }

    func send(_ promotion: Promotion, on connection: RawRedis? = nil) throws -> [String] {
        let connection = connection ?? redis
        var pipeline = RedisPipeline()
        commands.append(promotion, to: &pipeline)
        try pipeline.withUnsafeBytes { try connection.sendRaw(Array($0)) }
        return try connection.read().words
    }

    func list(_ key: String) throws -> [String] { try redis.call("LRANGE", key, "0", "-1").strings }

    func queue(_ name: String = "jobs") throws -> [String] { try list(bus.queue(name)) }

    func keys() throws -> [String] { try redis.call("KEYS", "*").strings.sorted() }

    /// A digest of all that is in Redis.
    func digest() throws -> String? { try redis.call("DEBUG", "DIGEST").string }

    /// A connection of a user who may do everything but these commands.
    func user(without commands: String) throws -> RawRedis {
        let connection = try server.connect()
        let rights = commands.split(separator: " ").map { "-\($0)" }
        _ = try connection.call(
            (["ACL", "SETUSER", "limited", "reset", "on", ">secret", "~*", "&*", "+@all"] + rights).map {
                Array($0.utf8)
            })
        try connection.call("AUTH", "limited", "secret")
        return connection
    }
}

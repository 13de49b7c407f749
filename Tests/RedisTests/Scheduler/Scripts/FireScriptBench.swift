import BusProtocol
import BusWire
import RedisConnection
import RedisTestSupport

/// The scripts of one leading scheduler, called one by one on a raw connection, without a scheduler.
struct FireScriptBench: ScriptBench {
    let redis: RawRedis
    let server: RedisServer
    let bus = BusKeys()
    let commands: FiringCommands

    init(server: RedisServer, redis: RawRedis) throws {
        self.server = server
        self.redis = redis
        commands = FiringCommands(bus: bus, lock: .init(bus: bus, value: "host:1:a"), digests: ScriptDigests())
        try redis.call("SET", bus.schedulerLock, "host:1:a")
    }

    /// Fires the schedule `nightly`, after nothing or what the test has noted.
    @discardableResult
    func fire(
        _ time: Int, after old: String = "", anchor: Int? = nil, on connection: RawRedis? = nil
    ) throws -> [String] {
        let firing = FiringCommands.Firing(
            name: "nightly", time: time, behind: "cron:0_3_*_*_*" + (anchor.map { " \($0)" } ?? ""), old: old,
            queue: "reports",
            element: Array(#"{"class":"Report","args":[]}"#.utf8))
        return try (connection ?? redis).send { commands.append(firing, enqueued: 1_763_711_851, to: &$0) }.words
    }

    @discardableResult
    func note(_ state: String, old: String, on connection: RawRedis? = nil) throws -> [String] {
        try (connection ?? redis).send { commands.appendNote("nightly", state: state, old: old, to: &$0) }.words
    }

    func noted() throws -> String? { try redis.call("HGET", bus.scheduleFirings, "nightly").string }

    func queue() throws -> [String] { try redis.call("LRANGE", bus.queue("reports"), "0", "-1").strings }
}

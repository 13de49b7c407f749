import BusProtocol
import BusScheduler
import BusWire
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport

/// A promoter that leads, step by step, on a Redis of its own.
final class PromoterBench {
    /// Epoch seconds, for the entries of `failed`.
    static let now = 1_795_240_800

    let server: RedisServer
    let redis: RawRedis
    let bus = BusKeys()
    let lock: SchedulerLock.Identity
    let connection: RedisConnection
    let promoter: Promoter
    private let executor = LibevExecutor(name: "promoter-bench")

    init() async throws {
        server = try RedisServer()
        redis = try server.connect()
        lock = SchedulerLock.Identity(bus: bus, value: "host:1:a")
        connection = try await Self.connection(to: server, on: executor)
        promoter = Promoter(
            connection: connection, bus: bus, lock: lock, mostItems: 128, worker: "host+swift:1:scheduler",
            now: { Self.now })
        try redis.call("SET", lock.key, lock.value, "EX", "180")
    }

    /// An open connection would hold its loop.
    deinit {
        Task { [connection, executor] in
            await connection.close()
            executor.stop()
        }
    }

    /// A connection that nobody else uses.
    func connection(as credentials: RedisCredentials? = nil) async throws -> RedisConnection {
        try await Self.connection(to: server, on: executor, as: credentials)
    }

    private static func connection(
        to server: RedisServer, on executor: LibevExecutor, as credentials: RedisCredentials? = nil
    ) async throws -> RedisConnection {
        var configuration = RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url))
        configuration.credentials = { () throws(RedisError) in credentials }
        configuration.longestString = BatchLimits.mostElementBytes + (1 << 20)
        let connection = RedisConnection(
            configuration: configuration, executor: executor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        _ = try await connection.connect()
        return connection
    }

    /// Another promoter of the same scheduler.
    func promoter(on connection: RedisConnection) -> Promoter {
        Promoter(
            connection: connection, bus: bus, lock: lock, mostItems: 128, worker: "host+swift:1:scheduler",
            now: { Self.now })
    }

    /// A promoter of a user who may do everything but these commands.
    func promoter(without commands: String) async throws -> Promoter {
        let rights = commands.split(separator: " ").map { "-\($0)" }
        try redis.call(
            (["ACL", "SETUSER", "limited", "reset", "on", ">secret", "~*", "&*", "+@all"] + rights)
                .map { Array($0.utf8) })
        return promoter(
            on: try await connection(as: RedisCredentials(username: "limited", password: "secret")))
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

    /// Moves everything that is due, and returns what the last step said.
    @discardableResult
    func promote(upTo time: Int = 5) async throws -> Promoter.Progress {
        while true {
            let progress = try await promoter.step(upTo: time)
            guard case .moved = progress else { return progress }
        }
    }

    func step(upTo time: Int = 5) async throws -> Promoter.Progress { try await promoter.step(upTo: time) }

    func list(_ key: String) throws -> [String] { try redis.call("LRANGE", key, "0", "-1").strings }

    func queue(_ name: String = "jobs") throws -> [String] { try list(bus.queue(name)) }

    /// The entries that are to move on to `failed`, which is not the promoter's work.
    func failed() throws -> [JSONValue] { try list(bus.waitingFailures).map { try JSONValue.parse($0) } }

    /// All keys but the lock's.
    func keys() throws -> [String] { try redis.call("KEYS", "*").strings.sorted().filter { $0 != lock.key } }

    /// A digest of all that is in Redis.
    func digest() throws -> String? { try redis.call("DEBUG", "DIGEST").string }
}

extension Promoter.Progress {
    /// Why it was put off.
    var reason: String? {
        switch self {
        case .putOff(let reason): reason
        case .refused(let refusal): refusal.message
        case .moved, .idle, .notLeader: nil
        }
    }
}

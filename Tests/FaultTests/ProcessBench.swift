import Glibc
import RedisTestSupport
import Testing

/// Every test that kills processes, one after the other: their deadlines are real time.
@Suite(.serialized) struct ProcessFaults {}

/// A private redis-server for one scenario with processes of one role, which it kills and stops.
protocol ProcessBench: RedisBench {
    /// How many scenarios run at a time: most of their time goes by waiting.
    static var scenariosAtATime: Int { get }

    /// Writes what the role's scenarios find in Redis. Nothing by default.
    func prepare(_ redis: RawRedis) throws
}

/// The bench of a role that registers, and leaves nothing behind when it ends.
protocol LeasedProcessBench: ProcessBench {
    /// The set of those that are registered.
    static var registry: String { get }

    /// Starts one that dies nowhere.
    func start() throws -> BusDriverProcess
}

extension ProcessBench {
    static var scenariosAtATime: Int { 4 }

    func prepare(_ redis: RawRedis) throws {}

    /// Runs a scenario on a thread of its own, which its raw clients may block.
    ///
    /// - Parameters:
    ///   - config: further lines of redis.conf.
    ///   - isPrepared: false for a scenario that begins with an empty Redis.
    static func run(
        config: [String] = [], isPrepared: Bool = true, _ scenario: (Self, RawRedis) async throws -> Void
    ) async throws {
        try await run(config: config) { bench in
            let redis = try bench.server.connect()
            if isPrepared { try bench.prepare(redis) }
            try await scenario(bench, redis)
        }
    }

    /// Runs one scenario for each of `items`, some at a time.
    static func runEach<Item: Sendable>(
        _ items: [Item], _ scenario: @escaping @Sendable (Item, Self, RawRedis) async throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, item) in items.enumerated() {
                if index >= scenariosAtATime { await group.next() }
                group.addTask {
                    do {
                        try await run { try await scenario(item, $0, $1) }
                    } catch {
                        Issue.record(error, "\(item)")
                    }
                }
            }
        }
    }

    /// Ends a process in order.
    func stop(_ process: BusDriverProcess, _ scenario: String) async throws {
        process.signal(SIGTERM)
        try await pollUntil("\(scenario): it has ended", within: .seconds(6)) { !process.isRunning }
        #expect(process.ending == .exit(0), "\(scenario): \(process.log)")
    }
}

extension LeasedProcessBench {
    /// Starts a process and waits until it has registered.
    func startRegistered(_ redis: RawRedis) async throws -> BusDriverProcess {
        let before = try redis.call("ZCARD", Self.registry).integer ?? 0
        let process = try start()
        try await pollUntil("it has registered") { try redis.call("ZCARD", Self.registry).integer ?? 0 > before }
        return process
    }

    /// Waits until this process is registered and nobody else is.
    func awaitLast(_ process: BusDriverProcess, _ redis: RawRedis, _ scenario: String) async throws {
        try await pollUntil("\(scenario): only the survivor is registered") {
            let registered = try redis.call("ZRANGE", Self.registry, "0", "-1").strings
            return registered.count == 1 && registered[0].contains(":\(process.id):")
        }
    }

    /// Ends the last process in order and checks that nothing of it, nor of any other, is left.
    func stopCleanly(_ process: BusDriverProcess, _ redis: RawRedis, _ scenario: String) async throws {
        try await stop(process, scenario)
        #expect(try redis.call("KEYS", "resque:busdriver:*").strings == [], "\(scenario)")
        #expect(try redis.call("SMEMBERS", "resque:workers").strings == [], "\(scenario)")
    }
}

import Glibc
import LibevExecutor
import RedisTestSupport
import Testing

/// Every test that kills processes, one after the other: their deadlines are real time.
@Suite(.serialized) struct ProcessFaults {}

/// A private redis-server with a ledger on it, for one scenario with drivers as processes.
struct FaultBench: Sendable {
    let server: RedisServer
    let ledger = Ledger()

    /// Runs a scenario on a thread of its own, which its raw clients may block.
    static func run(
        config: [String] = [], isSubscribed: Bool = true, _ scenario: (FaultBench, RawRedis) async throws -> Void
    ) async throws {
        let thread = LibevExecutor(name: "test.scenario")
        defer { thread.stop() }
        try await withTaskExecutorPreference(thread) {
            // Up to its first suspension a task stays where it is, on a thread of the pool.
            await Task.yield()
            let bench = FaultBench(server: try RedisServer(config: config))
            defer { bench.server.stop() }
            let redis = try bench.server.connect()
            if isSubscribed { try bench.ledger.subscribe(on: redis) }
            try await scenario(bench, redis)
        }
    }

    /// Runs one scenario for each of `items`, three at a time: most of their time goes by waiting for leases to run
    /// out.
    static func runEach<Item: Sendable>(
        _ items: [Item], _ scenario: @escaping @Sendable (Item, FaultBench, RawRedis) async throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, item) in items.enumerated() {
                if index >= 3 { await group.next() }
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

    /// Starts a driver that dies at a point, or of every event that contains the marker.
    func driver(crash: BusDriverProcess.DriverCrashPoint? = nil, marker: String? = nil) throws -> BusDriverProcess {
        try BusDriverProcess(
            on: server, crash: crash, environment: marker.map { ["BUSDRIVER_CRASH_MARKER=\($0)"] } ?? [])
    }

    /// Starts a driver and waits until it has registered.
    func registeredDriver(_ redis: RawRedis) async throws -> BusDriverProcess {
        let before = try redis.call("ZCARD", "resque:busdriver:drivers").integer ?? 0
        let driver = try driver()
        try await pollUntil("a driver has registered") {
            try redis.call("ZCARD", "resque:busdriver:drivers").integer ?? 0 > before
        }
        return driver
    }

    /// Publishes ten events at a time, a few hundred batches a second.
    func startPublishing() -> RepeatingThread {
        RepeatingThread(every: .milliseconds(3)) { [server, ledger] in
            let redis = try server.connect()
            return { try ledger.publish(10, on: redis) }
        }
    }

    /// Ends a driver in order.
    func stop(_ driver: BusDriverProcess, _ scenario: String) async throws {
        driver.signal(SIGTERM)
        try await pollUntil("\(scenario): the driver has ended", within: .seconds(6)) { !driver.isRunning }
        #expect(driver.ending == .exit(0), "\(scenario)")
    }

    /// Ends the last driver in order and checks that nothing of it, nor of any other, is left.
    func stopCleanly(_ driver: BusDriverProcess, _ redis: RawRedis, _ scenario: String) async throws {
        try await stop(driver, scenario)
        #expect(try redis.call("KEYS", "resque:busdriver:*").strings == [], "\(scenario)")
        #expect(try redis.call("SMEMBERS", "resque:workers").strings == [], "\(scenario)")
    }
}

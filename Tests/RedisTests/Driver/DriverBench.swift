import BusDriver
import BusWire
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Testing

/// A private redis-server, a raw client, and any number of drivers in this process: the bench that driver tests stand
/// on.
final class DriverBench: Sendable {
    let server: RedisServer
    let executor = LibevExecutor(name: "test.loop")
    /// Where the test itself runs: its raw clients block this thread and nobody else's.
    private let ownThread = LibevExecutor(name: "test.body")

    /// - Parameter config: further lines of redis.conf.
    init(config: [String] = []) throws {
        server = try RedisServer(config: config)
    }

    /// Runs `body` on a thread of its own, then ends server and loops.
    static func run(
        config: [String] = [], _ body: (DriverBench) async throws -> Void
    ) async throws {
        let bench = try DriverBench(config: config)
        defer {
            bench.server.stop()
            bench.executor.stop()
            bench.ownThread.stop()
        }
        try await withTaskExecutorPreference(bench.ownThread) {
            // Up to its first suspension a task stays where it is, on a thread of the pool.
            await Task.yield()
            try await body(bench)
        }
    }

    func client() throws -> RawRedis { try server.connect() }

    func configuration(lease: Duration = .seconds(1), drains: Bool = false, now: Int = 1_700_000_000) throws
        -> DriverConfiguration
    {
        var configuration = DriverConfiguration(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url)), host: "test-host",
            processID: getpid(),
            now: { now }, uuid: { "00000000-0000-4000-8000-000000000000" }, localOffset: { _ in 0 })
        configuration.lease = lease
        configuration.drains = drains
        return configuration
    }

    /// Of a driver that is the user `bus`, who may do everything until a test takes a right away.
    func configurationOfUser() throws -> DriverConfiguration {
        try client().call("ACL", "SETUSER", "bus", "on", ">secret", "~*", "&*", "+@all")
        var configuration = try configuration()
        configuration.redis.credentials = { () throws(RedisError) in .init(username: "bus", password: "secret") }
        return configuration
    }

    /// - Parameter log: where the driver's log is kept for the test to read; nowhere by default.
    func driver(_ configuration: DriverConfiguration, log: CapturedLog? = nil) -> Driver {
        var logger = Logger(label: "test.driver") { _ in log?.handler ?? SwiftLogNoOpLogHandler() }
        if ProcessInfo.processInfo.environment["BUSDRIVER_TEST_LOG"] != nil {
            logger = Logger(label: "test.driver", factory: StreamLogHandler.standardError(label:))
        }
        return Driver(configuration: configuration, executor: executor, logger: logger)
    }

    /// Runs a driver beside the test. On its own loop from the start: the test's thread may be blocked in a raw client.
    func start(_ driver: Driver) -> Task<Driver.Ending, any Error> {
        Task(executorPreference: executor) { try await driver.run() }
    }

    /// Runs a driver beside `body`, then stops it in order.
    func whileDriving(
        _ driver: Driver, _ body: () async throws -> Void
    ) async throws {
        let running = start(driver)
        do {
            try await body()
        } catch {
            await driver.stop()
            throw error
        }
        await driver.stop()
        #expect(try await running.value == .drained)
    }

    /// Publishes so many events a second, on a connection that is made anew when it breaks.
    func startPublishing(_ ledger: Ledger, perSecond rate: Int = 3000) -> RepeatingThread {
        RepeatingThread(every: .milliseconds(3)) { [server] in
            var redis: RawRedis?
            var last = ContinuousClock.now
            return {
                do {
                    let connection = try redis ?? server.connect()
                    redis = connection
                    let now = ContinuousClock.now
                    let due = Int((now - last) / .microseconds(1)) * rate / 1_000_000
                    last = now
                    if due > 0 { try ledger.publish(min(due, rate), on: connection) }
                } catch {
                    redis = nil
                }
            }
        }
    }

    /// Drives what is there and ends.
    func drain(_ change: (inout DriverConfiguration) -> Void = { _ in }) async throws {
        var configuration = try configuration(drains: true)
        change(&configuration)
        _ = try await start(driver(configuration)).value
    }
}

extension RawRedis {
    /// Every list below `queue:`, head first.
    func queues(namespace: String = "resque") throws -> [String: [String]] {
        var lists: [String: [String]] = [:]
        for key in try call("KEYS", "\(namespace):queue:*").strings {
            lists[String(key.dropFirst(namespace.count + 1))] = try call("LRANGE", key, "0", "-1").strings
        }
        return lists
    }

    /// The keys that a driver must not leave behind.
    func residue(namespace: String = "resque") throws -> [String] {
        try call("KEYS", "\(namespace):busdriver:*").strings.sorted()
    }
}

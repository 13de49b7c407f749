import BusDriver
import Foundation
import RedisTestSupport

extension Driver: BenchRole {
    static var orderlyEnding: Ending { .drained }
    func finish() { stop() }
}

extension RoleBench {
    func configuration(lease: Duration = .seconds(1), drains: Bool = false, now: Int = 1_700_000_000) throws
        -> DriverConfiguration
    {
        var configuration = DriverConfiguration(
            redis: try redisConfiguration(), host: "test-host", processID: getpid(),
            now: { now }, uuid: { "00000000-0000-4000-8000-000000000000" }, localOffset: { _ in 0 })
        configuration.lease = lease
        configuration.drains = drains
        return configuration
    }

    /// Of a driver that is the user `bus`, who may do everything until a test takes a right away.
    func configurationOfUser() throws -> DriverConfiguration {
        var configuration = try configuration()
        configuration.redis = try redisConfiguration(ofUserWithout: [])
        return configuration
    }

    func driver(_ configuration: DriverConfiguration, log: CapturedLog? = nil) -> Driver {
        Driver(configuration: configuration, executor: executor, logger: logger("driver", keptIn: log))
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

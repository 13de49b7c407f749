import BusSession
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Testing

/// A private redis-server and any number of drivers, riders and schedulers in this process: the bench that their tests
/// stand on. `DriverBench.swift`, `RiderBench.swift` and `SchedulerBench.swift` say how each role is made.
final class RoleBench: RedisBench {
    let server: RedisServer
    /// The loop of all roles. The test itself runs elsewhere: its raw clients block nobody else's thread.
    let executor = LibevExecutor(name: "test.loop")

    init(on server: RedisServer) { self.server = server }

    func close() { executor.stop() }

    func client() throws -> RawRedis { try server.connect() }

    /// Where roles connect to, with next to no pause before they do so again.
    func redisConfiguration() throws -> RedisConfiguration {
        var configuration = RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url))
        configuration.backoff = ReconnectBackoff(base: .milliseconds(20), cap: .milliseconds(100))
        return configuration
    }

    /// The same, for the user `bus`, who may do everything but this, until a test takes a right away.
    func redisConfiguration(ofUserWithout rights: [String]) throws -> RedisConfiguration {
        let rule = ["ACL", "SETUSER", "bus", "on", ">secret", "~*", "&*", "+@all"] + rights.map { "-\($0)" }
        try client().call(rule.map { Array($0.utf8) })
        var configuration = try redisConfiguration()
        configuration.credentials = { () throws(RedisError) in .init(username: "bus", password: "secret") }
        return configuration
    }

    /// - Parameter log: where it is kept for the test to read; nowhere by default.
    func logger(_ role: String, keptIn log: CapturedLog?) -> Logger {
        guard ProcessInfo.processInfo.environment["BUSDRIVER_TEST_LOG"] == nil else {
            return Logger(label: "test.\(role)", factory: StreamLogHandler.standardError(label:))
        }
        return Logger(label: "test.\(role)") { _ in log?.handler ?? SwiftLogNoOpLogHandler() }
    }

    /// Runs a role beside the test. On its own loop from the start: the test's thread may be blocked in a raw client.
    func start<Subject: BenchRole>(_ role: Subject) -> Task<Subject.Ending, any Error> {
        Task(executorPreference: executor) { try await role.run() }
    }

    /// Runs a role beside `body`, then stops it in order.
    func whileRunning<Subject: BenchRole>(_ role: Subject, _ body: () async throws -> Void) async throws {
        let running = start(role)
        do {
            try await body()
        } catch {
            await role.giveUp()
            throw error
        }
        await role.finish()
        #expect(try await running.value == Subject.orderlyEnding)
    }
}

/// A role, as a bench runs it.
protocol BenchRole: Role where Ending: Equatable {
    /// How one ends that leaves nothing behind.
    static var orderlyEnding: Ending { get }

    func run() async throws -> Ending
    /// Stops in order, however long that takes. Returns at once.
    func finish()
    /// Stops because the test has failed: what is under way may never end. Returns at once.
    func giveUp()
}

extension BenchRole {
    func giveUp() { finish() }
}

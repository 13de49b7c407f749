import BusRider
import BusWire
import Foundation
import LibevExecutor
import Logging
import RedisConnection

/// A rider as a process of its own, for tests that kill and stop it: `LedgerRider <redis url> <queues>`. SIGTERM drains
/// it.
@main enum LedgerRider {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { fatalError("usage: LedgerRider <redis url> <queues>") }
        let redis = RedisConfiguration(endpoint: try RedisEndpoint(parsing: arguments[1]))
        var configuration = RiderConfiguration(
            redis: redis, queues: try QueueSelection(parsing: arguments[2]), host: "test-host",
            processID: ProcessInfo.processInfo.processIdentifier, now: { Int(Date().timeIntervalSince1970) })
        configuration.concurrency = 4
        configuration.lease = .seconds(1)
        configuration.interval = .seconds(60)
        let executor = LibevExecutor(name: "rider")
        let logger = Logger(label: "rider", factory: StreamLogHandler.standardError(label:))
        let ledger = RedisConnection(configuration: redis, executor: executor, logger: logger)
        _ = try await Task(executorPreference: executor) { try await ledger.connect() }.value
        let rider = Rider(
            configuration: configuration, performer: LedgerPerformer(ledger: ledger), executor: executor, logger: logger
        )
        executor.onSignal(SIGTERM) { Task { await rider.stop(within: .seconds(3)) } }
        let ending = try await Task(executorPreference: executor) { try await rider.run() }.value
        logger.notice("ended: \(ending)")
    }
}

import BusRider
import BusWire
import Foundation
import LibevExecutor
import Logging
import RedisConnection
import RedisTestSupport
import Testing

/// An application that does with each element what the test says.
struct ScriptedPerformer: JobPerforming {
    let body: @Sendable (ReservedJob) async -> JobReport

    init(_ body: @escaping @Sendable (ReservedJob) async -> JobReport) { self.body = body }

    func perform(_ job: ReservedJob) async -> JobReport { await body(job) }
}

extension ReservedJob {
    var text: String { String(decoding: element, as: UTF8.self) }
}

extension DriverBench {
    func riderConfiguration(
        _ queues: [String], concurrency: Int = 4, lease: Duration = .seconds(1), now: Int = 1_795_239_502
    ) throws -> RiderConfiguration {
        var configuration = RiderConfiguration(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: server.url)),
            queues: try QueueSelection(parsing: queues), host: "test-host", processID: getpid(), now: { now })
        configuration.concurrency = concurrency
        configuration.lease = lease
        return configuration
    }

    func rider(_ configuration: RiderConfiguration, log: CapturedLog? = nil, _ performer: any JobPerforming) -> Rider {
        var logger = Logger(label: "test.rider") { _ in log?.handler ?? SwiftLogNoOpLogHandler() }
        if ProcessInfo.processInfo.environment["BUSDRIVER_TEST_LOG"] != nil {
            logger = Logger(label: "test.rider", factory: StreamLogHandler.standardError(label:))
        }
        return Rider(configuration: configuration, performer: performer, executor: executor, logger: logger)
    }

    /// Runs a rider beside `body`, then stops it without a deadline.
    func whileRiding(_ rider: Rider, _ body: () async throws -> Void) async throws {
        let running = Task(executorPreference: executor) { try await rider.run() }
        do {
            try await body()
        } catch {
            await rider.stop(within: .zero)
            throw error
        }
        await rider.stop(within: nil)
        #expect(try await running.value == .finished)
    }
}

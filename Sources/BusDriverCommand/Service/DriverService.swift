import BusDriver
import BusStore
import BusWire
import CommandInterface
import Foundation
import LibevExecutor
import Logging
import RedisConnection

/// Runs the drivers of a process from its start line to its last word.
struct DriverService {
    private let configurations: [DriverConfiguration]
    private let drivers: [Driver]
    private let executor: LibevExecutor
    private let logger: Logger

    /// - Parameters:
    ///   - drivers: one for each incoming list, all on the same Redis and namespace.
    ///   - executor: the loop that all share.
    ///   - logger: for operators.
    init(drivers configurations: [DriverConfiguration], executor: LibevExecutor, logger: Logger) {
        self.configurations = configurations
        self.executor = executor
        self.logger = logger
        drivers = configurations.map { Driver(configuration: $0, executor: executor, logger: logger) }
    }

    /// Runs until a signal, or until all lists are drained.
    ///
    /// - Throws: `Complaint` when events stay in flight; `RedisError` when the configuration cannot work.
    func run() async throws {
        let shutdown = Shutdown(executor: executor, logger: logger) { [drivers] in
            Self.legacy(drivers.flatMap { driver in driver.assumeIsolated { $0.inFlight } })
        }
        guard let server = configurations.first else { return }
        let greeting = Task { try await ServerGate(server, configurations.map(\.queue), executor, logger).pass() }
        shutdown.onRequest {
            greeting.cancel()
            for driver in drivers { Task { await driver.stop() } }
        }
        do {
            try await greeting.value
        } catch  where greeting.isCancelled {
            throw Complaint("Redis was not reached; nothing was taken, nothing is in flight.")
        }
        let status = StatusReport(drivers: drivers, logger: logger)
        let reporting = Task { await status.repeatUntilCancelled() }
        defer { reporting.cancel() }
        try await conclude(try await endings())
        await status.conclude()
    }

    private func endings() async throws -> [Driver.Ending] {
        try await withThrowingTaskGroup(of: Driver.Ending.self) { group in
            for driver in drivers { group.addTask { try await driver.run() } }
            var endings: [Driver.Ending] = []
            do {
                for try await ending in group { endings.append(ending) }
            } catch {
                for driver in drivers { await driver.stop() }
                throw error
            }
            return endings
        }
    }

    private func conclude(_ endings: [Driver.Ending]) async throws {
        var isAbandoned = false
        var inFlight: [String] = []
        for case .abandoned(let lists) in endings {
            isAbandoned = true
            inFlight += lists
        }
        guard isAbandoned else { return }
        throw Complaint("Redis is away; \(Self.legacy(inFlight))")
    }

    /// What stays behind, in a sentence.
    private static func legacy(_ inFlight: [String]) -> String {
        guard !inFlight.isEmpty else { return "nothing is in flight." }
        return
            "in flight may be \(inFlight.joined(separator: ", ")). The next start, or busdriver recover, brings them back."
    }
}

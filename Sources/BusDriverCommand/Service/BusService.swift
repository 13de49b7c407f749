import BusCalendar
import BusDriver
import BusOperations
import BusScheduler
import BusSession
import BusWire
import CommandInterface
import Foundation
import LibevExecutor
import Logging
import RedisConnection

/// Runs the drivers and the scheduler of a process from its start line to its last word.
struct BusService {
    private let gate: ServerGate
    private let drains: Bool
    private let drivers: [Driver]
    private let scheduler: Scheduler?
    private let reloading: ScheduleReloading?
    private let executor: LibevExecutor
    private let logger: Logger

    /// - Parameters:
    ///   - redis: where Redis is; the same for everybody.
    ///   - keys: the same for everybody.
    ///   - drivers: one for each incoming list.
    ///   - scheduler: nil for none.
    ///   - schedules: where the scheduler's entries come from; read anew upon SIGUSR2.
    ///   - executor: the loop that all share.
    ///   - logger: for operators.
    init(
        redis: RedisConfiguration, keys: BusKeys, drivers: [DriverConfiguration], scheduler: SchedulerConfiguration?,
        schedules: ScheduleSource?, executor: LibevExecutor, logger: Logger
    ) {
        drains = drivers.contains(where: \.drains)
        gate = ServerGate(
            redis: redis, keys: keys, queues: drivers.map(\.queue), waits: !drains, executor: executor, logger: logger)
        // The gate asks for all of them.
        self.drivers = drivers.map { configuration in
            var configuration = configuration
            configuration.inspectsServer = false
            return Driver(configuration: configuration, executor: executor, logger: logger)
        }
        self.scheduler = scheduler.map { configuration in
            var configuration = configuration
            configuration.inspectsServer = false
            return Scheduler(configuration: configuration, executor: executor, logger: logger)
        }
        reloading =
            if let schedules, let scheduler = self.scheduler {
                ScheduleReloading(schedules, for: scheduler, logger: logger)
            } else {
                nil
            }
        self.executor = executor
        self.logger = logger
    }

    /// Runs until a signal, or until all lists are drained.
    ///
    /// - Throws: `Complaint` when events stay in flight; `RedisError` when the configuration cannot work.
    func run(until shutdown: Shutdown, obeying signals: ServiceSignals) async throws {
        let status = StatusReport(drivers: drivers, scheduler: scheduler, logger: logger)
        signals.onDemand { obey($0, status) }
        let greeting = Task { try await gate.pass() }
        let legacy: @Sendable () -> String = { [drivers] in
            Self.legacy(drivers.flatMap { driver in driver.assumeIsolated { $0.inFlight } })
        }
        let reloading = Task { [reloading] in await reloading?.repeatUntilCancelled() }
        defer { reloading.cancel() }
        shutdown.onRequest(leaving: legacy) {
            greeting.cancel()
            stop()
        }
        do {
            try await greeting.value
        } catch let error as RedisError where greeting.isCancelled {
            let failure = error.underlying as? RedisError ?? error
            let trouble = failure.isPassing ? Standstill.trouble(failure) : "Redis was not reached"
            throw Complaint("\(trouble); nothing was taken, nothing is in flight.")
        }
        let reporting = Task { await status.repeatUntilCancelled() }
        defer { reporting.cancel() }
        let endings = try await endings()
        let cause: String? = await withCheckedContinuation { continuation in
            executor.execute { continuation.resume(returning: self.trouble) }
        }
        try conclude(endings, because: cause)
        await status.tell()
    }

    /// What keeps a part of the service from working now. Asked on the loop.
    private var trouble: String? {
        drivers.lazy.compactMap { $0.assumeIsolated { $0.trouble } }.first ?? scheduler?.assumeIsolated { $0.trouble }
    }

    private func stop() {
        for driver in drivers { Task { await driver.stop() } }
        if let scheduler { Task { await scheduler.stop() } }
    }

    // MARK: - Signals

    /// Does what a signal asks for, on the loop. A process with a scheduler takes SIGUSR2 as resque-scheduler does, one
    /// without as Resque's workers do.
    private func obey(_ demand: ServiceSignals.Demand, _ status: StatusReport) {
        switch demand {
        case .report:
            if let scheduler { listSchedules(of: scheduler) }
            Task { await status.tell() }
        case .change:
            if scheduler != nil {
                readSchedulesAnew()
            } else {
                for driver in drivers { driver.assumeIsolated { $0.pause() } }
            }
        case .resume: for driver in drivers { driver.assumeIsolated { $0.resume() } }
        }
    }

    private func listSchedules(of scheduler: Scheduler) {
        let schedules = scheduler.assumeIsolated { $0.schedules }.sorted { $0.name < $1.name }
        for entry in schedules {
            logger.notice(
                "a schedule",
                metadata: [
                    "name": "\(entry.name)", "timing": "\(entry.timing.text)", "class": "\(entry.jobClass)",
                    "queue": "\(entry.queue)",
                ])
        }
        logger.notice("all schedules are listed", metadata: ["schedules": .stringConvertible(schedules.count)])
    }

    private func readSchedulesAnew() {
        guard let reloading else {
            return logger.warning("there is no file to read anew; start with --schedule")
        }
        reloading.request()
    }

    // MARK: - Ending

    /// What a part of the service left behind.
    private enum Ending {
        case driver(Driver.Ending)
        case scheduler(Scheduler.Ending)
    }

    private func endings() async throws -> [Ending] {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            for driver in drivers { group.addTask { .driver(try await driver.run()) } }
            if let scheduler { group.addTask { .scheduler(try await scheduler.run()) } }
            var endings: [Ending] = []
            do {
                for try await ending in group { endings.append(ending) }
            } catch {
                stop()
                throw error
            }
            return endings
        }
    }

    /// What a drain leaves it may take later.
    private func conclude(_ endings: [Ending], because cause: String?) throws {
        var troubles: [String] = []
        var inFlight: [String]?
        for ending in endings {
            switch ending {
            case .driver(.abandoned(let lists)): inFlight = (inFlight ?? []) + lists
            case .scheduler(.abandoned): troubles.append("another scheduler leads when this one's lock has run out")
            case .driver(.drained), .scheduler(.finished): break
            }
        }
        if let inFlight { troubles.append(Self.legacy(inFlight)) }
        guard !troubles.isEmpty else { return }
        throw Complaint(
            "\(cause ?? "Redis is away"); \(troubles.joined(separator: "; "))",
            code: drains ? .unavailable : .failed)
    }

    /// What stays behind, in a sentence.
    private static func legacy(_ inFlight: [String]) -> String {
        guard !inFlight.isEmpty else { return "nothing is in flight." }
        return
            "in flight may be \(inFlight.joined(separator: ", ")). The next start, or busdriver recover, brings them back."
    }
}

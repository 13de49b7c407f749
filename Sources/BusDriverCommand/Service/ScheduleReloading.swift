import BusScheduler
import CommandInterface
import Logging
import ScheduleFiles

/// Reads the schedule file anew each time that it is asked to, beside everything else. What is asked for while it reads
/// is done once more when it has finished.
struct ScheduleReloading: Sendable {
    private let source: ScheduleSource
    private let scheduler: Scheduler
    private let logger: Logger
    private let requests = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(_ source: ScheduleSource, for scheduler: Scheduler, logger: Logger) {
        self.source = source
        self.scheduler = scheduler
        self.logger = logger
    }

    /// Returns at once.
    func request() { requests.continuation.yield() }

    func repeatUntilCancelled() async {
        for await _ in requests.stream { await reload() }
    }

    private func reload() async {
        do {
            let file = try await source.readAside()
            guard !file.entries.isEmpty || file.refused.isEmpty else {
                throw Complaint("no entry of \(source.path) can run.")
            }
            if let misfit = source.misfit(file) { throw Complaint("\(misfit).") }
            logger.notice(
                "read the schedules anew",
                metadata: ["path": "\(source.path)", "schedules": .stringConvertible(file.entries.count)])
            await scheduler.replaceEntries(file.entries)
        } catch {
            logger.error(
                "the schedules stay as they were",
                metadata: ["reason": "\((error as? Complaint)?.message ?? "\(error)")"])
        }
    }
}

import Foundation
import GuardedProcess
import LibevExecutor

/// The driver that a test measures: one that it starts and ends, or one that runs already.
///
/// A started one ends with this process, however that ends, and so does what it has started.
struct DriverUnderTest: Sendable {
    private let process: GuardedProcess?
    private let log: DriverLog?

    /// How long a driver may take to finish after SIGTERM.
    static let patience = Duration.seconds(15)

    /// - Parameters:
    ///   - driver: for a shell command, the process that is measured is the shell's own, so its last word should
    ///     `exec`.
    ///   - command: the bus to drive.
    ///   - patience: how long it may take to finish after SIGTERM before it is killed.
    /// - Throws: `SetupError`.
    static func start(
        _ driver: Scenario.Driver, by command: DriverCommand, patience: Duration = patience,
        executor: LibevExecutor
    ) throws(SetupError) -> DriverUnderTest {
        guard let words = try command.words(for: driver) else { return DriverUnderTest(process: nil, log: nil) }
        let log = try DriverLog()
        do {
            let process = try GuardedProcess(
                words, output: log.path, patience: patience, removing: log.folder, executor: executor)
            return DriverUnderTest(process: process, log: log)
        } catch {
            log.remove()
            throw SetupError("The driver cannot be started: \(String(cString: strerror(error.code))).")
        }
    }

    /// Its process; nil for a driver that runs already.
    var processID: pid_t? { process?.id }

    /// What measures it; nil for a driver that runs already.
    var meter: ProcessMeter? { processID.map(ProcessMeter.init) }

    /// Waits until the driver has ended without having been told to.
    ///
    /// - Returns: how it ended, in a sentence; nil when it was told to, or when this task is cancelled.
    func waitUntilEnd() async -> SetupError? {
        let (ends, end) = AsyncStream<Void>.makeStream()
        if let process {
            Task {
                await process.waitUntilEnd()
                end.finish()
            }
        }
        // Unlike the process, a stream can be given up.
        for await _ in ends {}
        withExtendedLifetime(end) {}
        guard let process, let status = process.status, !process.isStopping else { return nil }
        return SetupError(Self.sentence(status: status, lastWords: log?.lastWords ?? ""))
    }

    /// Tells the driver to finish, and waits for its end; kills it when that takes too long.
    ///
    /// - Returns: whether it finished in time.
    @discardableResult
    func stop() async -> Bool {
        guard let process, let log else { return true }
        process.stop()
        await process.waitUntilEnd()
        log.remove()
        return process.status != Self.killed
    }

    private static let signalled: Int32 = 128
    private static let killed = signalled + SIGKILL
    /// What a shell says when there is no such program, or when it may not be run.
    private static let notRunnable: ClosedRange<Int32> = 126...127

    private static func sentence(status: Int32, lastWords: String) -> String {
        let words = lastWords.isEmpty ? "it said nothing" : "its last words: \(lastWords)"
        if notRunnable.contains(status) { return "The driver cannot be started; \(words)" }
        if status > signalled { return "The driver was ended by signal \(status - signalled); \(words)" }
        return "The driver ended by itself with exit code \(status); \(words)"
    }
}

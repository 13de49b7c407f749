import CommandInterface
import Foundation
import LibevExecutor

/// A test from its preparations to its report.
struct TestSession: Sendable {
    let bed: TestBed
    let scenario: Scenario

    /// Prepares everything, has `body` run trials, and writes and prints what came out: also what there is after an
    /// interruption or a failure. Nothing that the test started or wrote is left.
    ///
    /// - Parameter body: adds to the result; what it throws ends the test early.
    /// - Throws: `ExitCode` unless the test completed; `Complaint` or another error when it could not begin.
    static func run(
        _ command: TestResult.Command, _ options: ScenarioOptions, _ scenario: Scenario,
        _ body: @Sendable (TestSession, inout TestResult) async throws -> Void
    ) async throws {
        let started = Date()
        let folder = try ResultFolder.create(
            at: options.outputFolder ?? ResultFolder.defaultPath(for: command, at: started))
        let executor = LibevExecutor(name: "loadtest")
        executor.execute { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness) }
        defer { executor.stop() }
        let progress = options.quiet ? Progress.hidden : .onStandardError()
        let bed = try await TestBed.open(
            scenario.target, executor: executor, interruption: Interruption(executor: executor), progress: progress)
        let outcome: Result<TestResult, any Error>
        do {
            outcome = .success(try await TestSession(bed: bed, scenario: scenario).result(command, started, body))
        } catch {
            outcome = .failure(error)
        }
        progress.end()
        await bed.close()
        let result = try outcome.get()
        try folder.write(result)
        StandardOutput.write(
            options.json ? try ResultFolder.json(of: result.withoutPasswords) : ResultTable(result).text)
        progress.note("The report is \(folder.path)/\(ResultFolder.pageName).")
        if result.outcome != .completed { throw result.outcome.exitCode }
    }

    /// The generator's thread goes before driver and Redis where the system permits, for it must be punctual.
    private static let niceness: Int32 = -5

    private func result(
        _ command: TestResult.Command, _ started: Date,
        _ body: @Sendable (TestSession, inout TestResult) async throws -> Void
    ) async throws -> TestResult {
        let redis = try await RedisReport.read(over: bed.control, isPrivate: bed.redis.isPrivate)
        let preflight = Preflight(host: .current(), state: .current(), redis: redis)
        var result = TestResult(
            command: command, startedAt: started.formatted(.iso8601), version: Version.current,
            driver: scenario.target.driver.description, arguments: Array(CommandLine.arguments.dropFirst()),
            host: preflight.host, redis: redis, scenario: scenario)
        result.warnings = preflight.warnings
        do {
            bed.progress.show(ProgressLine(phase: "calibrates", second: 0))
            result.calibration = try await .measure(over: bed.control, bus: bed.bus)
            try await body(self, &result)
        } catch {
            guard !result.runs.isEmpty else { throw error }
            result.warnings.insert("The test ended early: \(error)", at: 0)
            result.outcome = .failed
        }
        result.judge()
        if bed.interruption.isRequested { result.outcome = .interrupted }
        return result
    }

    /// Runs one trial and clears the keys behind it.
    func trial(_ scenario: Scenario, label: String, seed: UInt64) async throws -> RunResult {
        let result: RunResult
        do {
            result = try await Trial(bed: bed, scenario: scenario, label: label, seed: seed).run()
        } catch {
            try await bed.reset(scenario.target)
            throw error
        }
        try await bed.reset(scenario.target)
        return result
    }
}

import CommandInterface
import Foundation
import LibevExecutor

/// A test from its preparations to its end.
struct TestSession: Sendable {
    let bed: TestBed
    let scenario: Scenario

    /// Prepares everything, and has `body` run trials. Nothing that the test started or wrote is left, whatever
    /// happens.
    ///
    /// - Throws: what `body` throws; `SetupError` or another error when it could not begin.
    static func with<Result: Sendable>(
        _ options: ScenarioOptions, _ scenario: Scenario, _ body: @Sendable (TestSession) async throws -> Result
    ) async throws -> Result {
        let executor = LibevExecutor(name: "loadtest")
        executor.execute { Punctuality.claim() }
        defer { executor.stop() }
        let progress = options.quiet ? Progress.hidden : .onStandardError()
        defer { progress.end() }
        let bed = try await TestBed.open(
            scenario.target, executor: executor, interruption: Interruption(executor: executor), progress: progress)
        do {
            let result = try await body(TestSession(bed: bed, scenario: scenario))
            await bed.close()
            return result
        } catch {
            await bed.close()
            throw error
        }
    }

    /// Runs a test whose result is written and shown: also what there is after an interruption or a failure.
    ///
    /// - Parameter body: adds to the result; what it throws ends the test early.
    /// - Throws: `ExitCode` unless the test completed; what ``with(_:_:_:)`` throws.
    static func report(
        _ command: TestResult.Command, _ options: ScenarioOptions, _ scenario: Scenario,
        _ body: @Sendable (TestSession, inout TestResult) async throws -> Void
    ) async throws {
        let started = Date()
        let folder = try ResultFolder.create(
            at: options.outputFolder ?? ResultFolder.defaultPath(for: command, at: started))
        let result: TestResult
        do {
            result = try await with(options, scenario) { try await $0.result(command, started, body) }
        } catch {
            folder.removeIfEmpty()
            throw error
        }
        // Where the disk is full, the result is at least shown.
        let writing = Result { try folder.write(result) }
        if options.json {
            StandardOutput.write(json: try ResultFolder.json(of: result.withoutPasswords))
        } else {
            StandardOutput.write(ResultTable(result).text)
        }
        try writing.get()
        if !options.quiet { StandardError.write("The report is \(folder.path)/\(ResultFolder.pageName).\n") }
        if result.outcome != .completed { throw result.outcome.exitCode }
    }

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
        let captured = try scenario.shape.workload(seed: scenario.load.seed) as? CapturedWorkload
        result.warnings = preflight.warnings + [captured?.warning].compactMap(\.self)
        bed.progress.show(ProgressLine(phase: "calibrates", second: 0))
        result.calibration = try await .measure(over: bed.control, bus: bed.bus)
        do {
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

    /// Runs a trial for each repeat of the scenario, until an interruption or until one ends early.
    func repeats(_ result: inout TestResult, backlog: Int? = nil) async throws {
        let count = scenario.load.repeats
        for number in 1...count where !bed.interruption.isRequested && result.runs.last?.problem == nil {
            result.runs.append(
                try await trial(
                    scenario, label: "repeat \(number) of \(count)", seed: scenario.load.seed &+ UInt64(number - 1),
                    backlog: backlog))
        }
    }

    /// Runs one trial and clears the keys behind it.
    func trial(
        _ scenario: Scenario, label: String, seed: UInt64, backlog: Int? = nil
    ) async throws -> RunResult {
        let trial = Trial(bed: bed, scenario: scenario, label: label, seed: seed, backlog: backlog)
        let result: RunResult
        do {
            result = try await trial.run()
        } catch {
            try? await bed.reset(scenario.target)
            throw error
        }
        do {
            try await bed.reset(scenario.target)
        } catch  where result.problem != nil {
            // That Redis is away is this result's problem already.
        }
        return result
    }
}

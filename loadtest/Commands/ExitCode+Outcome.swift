import ArgumentParser

extension TestResult.Outcome {
    /// The exit code of a command that ended so.
    var exitCode: ExitCode {
        switch self {
        case .completed: .success
        case .failed: ExitCode(1)
        case .thresholdMissed: ExitCode(2)
        case .incorrect: ExitCode(3)
        case .invalid: ExitCode(4)
        case .interrupted: ExitCode(130)
        }
    }
}

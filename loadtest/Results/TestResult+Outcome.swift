extension TestResult {
    /// Checks the thresholds and decides how the test ended, from the runs that it has.
    mutating func judge() {
        checks = scenario.thresholds.compactMap { try? Threshold($0).judge(runs) } + (soak?.checks ?? [])
        guard outcome == .completed else { return }
        if runs.contains(where: { $0.problem != nil }) {
            outcome = .failed
        } else if runs.contains(where: { !$0.counts.isCorrect }) {
            outcome = .incorrect
        } else if command != .saturate, runs.contains(where: { !$0.invalid.isEmpty }) {
            // A search goes on until the machine is overloaded, and says so where it is.
            outcome = .invalid
        } else if checks.contains(where: { !$0.holds }) {
            outcome = .thresholdMissed
        }
    }
}

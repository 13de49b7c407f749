extension Comparison {
    /// Two tests that were made before; their repeats are compared, without the invalid ones.
    ///
    /// - Throws: `ScenarioError` for a test whose runs are no repeats of each other.
    init(
        a nameOfA: String, _ a: TestResult, b nameOfB: String, _ b: TestResult, method: Method
    ) throws(ScenarioError) {
        for (name, result) in [(nameOfA, a), (nameOfB, b)] where result.command == .saturate {
            throw ScenarioError(
                "\(name) is a search for saturation, whose runs are no repeats; compare results of run or drain.")
        }
        self.init(
            a: nameOfA, runs: a.runs.filter(\.invalid.isEmpty), b: nameOfB, runs: b.runs.filter(\.invalid.isEmpty),
            method: method)
        warnings = Self.differences(a, b)
        for (name, result) in [(nameOfA, a), (nameOfB, b)] {
            let invalid = result.runs.count { !$0.invalid.isEmpty }
            if invalid > 0 {
                warnings.append("\(invalid) of \(result.runs.count) runs of \(name) are invalid and left out.")
            }
            if result.runs.contains(where: { !$0.counts.isCorrect }) {
                warnings.append("Copies were lost, doubled or misrouted in \(name).")
                outcome = .incorrect
            }
        }
    }

    /// What else than the driver was not the same.
    private static func differences(_ a: TestResult, _ b: TestResult) -> [String] {
        let loads = (a.scenario.load, b.scenario.load)
        let different: [(String, Bool)] = [
            ("command", a.command != b.command),
            ("load", loads.0.curve != loads.1.curve || loads.0.arrival != loads.1.arrival),
            ("shape of events and subscriptions", a.scenario.shape != b.scenario.shape),
            ("machine", a.host.cpu != b.host.cpu || a.host.cores != b.host.cores),
            (
                "Redis",
                a.redis.version != b.redis.version || a.redis.transport != b.redis.transport
                    || a.redis.appendOnly != b.redis.appendOnly
            ),
        ]
        return different.filter(\.1).map { "A and B differ in their \($0.0); the verdict is about that, too." }
    }
}

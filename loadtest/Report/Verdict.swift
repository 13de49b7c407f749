/// A result in a word and a sentence.
struct Verdict: Sendable {
    /// How a reader should take the figures.
    enum Tone: String, Sendable {
        case good, bad, unsure
    }

    /// `Passed`, `Threshold missed`, …
    let word: String
    let tone: Tone
    /// The finding, with its figures; without a full stop.
    let headline: String

    init(_ result: TestResult) {
        (word, tone) =
            switch result.outcome {
            case .completed: (result.checks.isEmpty ? "Measured" : "Passed", .good)
            case .thresholdMissed: ("Threshold missed", .bad)
            case .incorrect: ("Incorrect", .bad)
            case .invalid: ("Invalid", .unsure)
            case .failed: ("Failed midway", .bad)
            case .interrupted: ("Interrupted", .unsure)
            }
        headline = Self.headline(result)
    }

    /// What spoils the result, then what a reader should know, in sentences.
    static func warnings(of result: TestResult) -> [String] {
        let problems = result.runs.compactMap { run in run.problem.map { "\(run.label) ended early: \($0)" } }
        let invalid = result.runs.flatMap { run in run.invalid.map { "\(run.label) is invalid: \($0)" } }
        return problems + invalid + result.warnings
    }

    private static func headline(_ result: TestResult) -> String {
        if let loss = loss(result) { return loss }
        let summary = Summary(result)
        if let saturation = result.saturation {
            let rate = "\(Quantity.rate(saturation.rate)) events/s"
            return "Sustains \(rate) with p99 under \(Quantity.time(microseconds: saturation.bound))"
        }
        guard summary.runs.contains(where: { $0.seconds > 0 }) else { return "Nothing was measured" }
        if result.outcome == .invalid {
            let spoiled = result.runs.count { !$0.invalid.isEmpty }
            return "Do not use these figures: \(spoiled) of \(result.runs.count) runs are invalid"
        }
        let rate = "\(Quantity.rate(summary.median(\.achievedRate))) events/s"
        if result.command == .drain { return "A backlog is driven at \(rate)" }
        guard let half = summary.finalPercentile(50) else { return "\(rate), no latency measured" }
        var sentence = "\(rate): half of the copies within \(Quantity.time(microseconds: half))"
        if let most = summary.finalPercentile(99) { sentence += ", 99 % within \(Quantity.time(microseconds: most))" }
        return sentence
    }

    private static func loss(_ result: TestResult) -> String? {
        let counts = Summary.counts(of: result)
        guard !counts.isCorrect else { return nil }
        let parts = [
            (counts.lost, "lost"), (counts.doubled, "doubled"), (counts.misrouted, "misrouted"),
            (counts.malformed - counts.malformedKept, "malformed elements gone"),
        ]
        let list = parts.filter { $0.0 > 0 }.map { "\(Quantity.count($0.0)) \($0.1)" }.joined(separator: ", ")
        return "Of \(Quantity.count(counts.expectedCopies)) copies: \(list)"
    }
}

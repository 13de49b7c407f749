/// A condition that a test must meet, such as `e2e.p99<20ms`, `lost==0` or `rate.achieved>=0.99`.
///
/// With several repeats, latencies and rates are judged by their median and counts by their sum.
struct Threshold: Hashable, Sendable {
    /// As the user wrote it.
    let condition: String
    private let subject: Subject
    private let comparison: Comparison
    /// Microseconds, a share or a number of events.
    private let bound: Double

    private enum Subject: Hashable, Sendable {
        case latency(Stage, Statistic)
        case count(Count)
        /// The share of the offered rate that was achieved.
        case achievedRate
    }

    private enum Statistic: Hashable, Sendable {
        case percentile(Double)
        case mean
        case max
    }

    private enum Count: String, CaseIterable, Sendable {
        case lost, doubled, misrouted, waiting, failed
        case outOfOrder = "out-of-order"

        func value(in counts: Counts) -> Int {
            switch self {
            case .lost: counts.lost
            case .doubled: counts.doubled
            case .misrouted: counts.misrouted
            case .waiting: counts.waiting
            case .failed: counts.failed
            case .outOfOrder: counts.outOfOrder
            }
        }
    }

    private enum Comparison: String, CaseIterable, Sendable {
        // The longer ones first, as they are looked for in this order.
        case atMost = "<="
        case atLeast = ">="
        case equal = "=="
        case below = "<"
        case above = ">"

        func holds(_ value: Double, _ bound: Double) -> Bool {
            switch self {
            case .atMost: value <= bound
            case .atLeast: value >= bound
            case .equal: value == bound
            case .below: value < bound
            case .above: value > bound
            }
        }
    }

    private static let stages: [(name: String, stage: Stage)] = [
        ("publish", .published), ("queued", .queued), ("e2e", .popped),
    ]

    /// - Throws: `ScenarioError` that says how to write it.
    init(_ condition: String) throws(ScenarioError) {
        self.condition = condition
        let text = condition.filter { $0 != " " }
        guard let comparison = Comparison.allCases.first(where: { text.contains($0.rawValue) }),
            let sign = text.firstRange(of: comparison.rawValue)
        else {
            throw ScenarioError(
                "'\(condition)' compares nothing; write for example e2e.p99<20ms, lost==0 or rate.achieved>=0.99.")
        }
        self.comparison = comparison
        subject = try Self.subject(text[..<sign.lowerBound], of: condition)
        bound = try Self.bound(text[sign.upperBound...], for: subject, of: condition)
    }

    /// Judges what was measured. What cannot be said, for want of samples, does not hold.
    func judge(_ runs: [RunResult]) -> Check {
        guard !runs.isEmpty else { return Check(condition: condition, measured: "nothing was measured", holds: false) }
        switch subject {
        case .latency(let stage, let statistic):
            let values = runs.map { Self.value(of: statistic, at: stage, in: $0) }
            guard let value = Median.of(all: values) else {
                return Check(condition: condition, measured: "too few samples; measure longer", holds: false)
            }
            return check(value, Quantity.time(microseconds: value))
        case .count(let count):
            let sum = runs.reduce(0) { $0 + count.value(in: $1.counts) }
            return check(Double(sum), String(sum))
        case .achievedRate:
            guard let share = Median.of(all: runs.map { $0.offeredRate > 0 ? $0.achievedRate / $0.offeredRate : nil })
            else { return Check(condition: condition, measured: "no rate was offered", holds: false) }
            return check(share, "\((share * 10_000).rounded() / 100) % of the offered rate")
        }
    }

    private func check(_ value: Double, _ text: String) -> Check {
        Check(condition: condition, measured: text, holds: comparison.holds(value, bound))
    }

    // MARK: Reading

    private static func subject(_ text: Substring, of condition: String) throws(ScenarioError) -> Subject {
        if text == "rate.achieved" { return .achievedRate }
        if let count = Count(rawValue: String(text)) { return .count(count) }
        for (name, stage) in stages where text.hasPrefix(name + ".") {
            if let statistic = statistic(text.dropFirst(name.count + 1)) { return .latency(stage, statistic) }
        }
        let names = stages.map { $0.name + ".p99" } + Count.allCases.map(\.rawValue)
        throw ScenarioError(
            "'\(condition)' asks for '\(text)', which is not measured; choose from \(names.joined(separator: ", ")) and "
                + "rate.achieved, with p50 to p99.99, mean or max for a latency.")
    }

    private static func statistic(_ text: Substring) -> Statistic? {
        switch text {
        case "mean": return .mean
        case "max": return .max
        default:
            guard text.first == "p", let percentile = NumberText.decimal(text.dropFirst()), percentile < 100 else {
                return nil
            }
            return .percentile(percentile)
        }
    }

    private static func bound(
        _ text: Substring, for subject: Subject, of condition: String
    ) throws(ScenarioError) -> Double {
        switch subject {
        case .latency:
            guard let microseconds = LatencyText.microseconds(text) else {
                throw ScenarioError("'\(condition)' needs a time with a unit, such as 300us, 20ms or 1.5s.")
            }
            return microseconds
        case .count:
            guard let count = Int(text), count >= 0 else {
                throw ScenarioError("'\(condition)' needs a whole number, such as 0.")
            }
            return Double(count)
        case .achievedRate:
            do {
                return try NumberText.share(String(text))
            } catch {
                throw ScenarioError("'\(condition)' needs a share, such as 0.99 or 99%.")
            }
        }
    }

    // MARK: Measuring

    private static func value(of statistic: Statistic, at stage: Stage, in run: RunResult) -> Double? {
        guard let latency = run.latency(to: stage), latency.count > 0 else {
            return nil
        }
        switch statistic {
        case .percentile(let percentile): return latency.percentile(percentile)
        case .mean: return latency.mean
        case .max: return latency.max
        }
    }
}

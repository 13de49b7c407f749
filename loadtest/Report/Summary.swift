/// The figures of a result that table and page both show: what each run found, and the median of the runs.
struct Summary: Sendable {
    /// The runs that count: the valid ones, or all of them if none is valid.
    let runs: [RunResult]
    /// The stages in order, then the last one uncorrected and the generator's own lateness.
    let distributions: [Distribution]

    struct Distribution: Sendable {
        let name: String
        /// Medians of the runs for each of `LatencyResult.shown`, microseconds; nil unless every run has it.
        let percentiles: [Double?]
        /// Of all runs.
        let max: Double?
    }

    init(_ result: TestResult) {
        let valid = result.runs.filter(\.invalid.isEmpty)
        let runs = valid.isEmpty ? result.runs : valid
        self.runs = runs
        let stages = runs.first?.stages.map(\.stage) ?? []
        let measured = stages.map { stage in
            Distribution(name: stage.rawValue, of: runs.compactMap { $0.latency(to: stage) })
        }
        let others = [
            Distribution(name: Self.uncorrectedName(after: stages.last), of: runs.map(\.uncorrected)),
            Distribution(name: "send lag", of: runs.map(\.sendLag)),
        ]
        distributions = (measured + others).filter { $0.max != nil }
    }

    private static func uncorrectedName(after stage: Stage?) -> String {
        "\(stage?.rawValue ?? "last stage") since sent"
    }

    /// The median of a figure that every run has or may have.
    func median(_ figure: (RunResult) -> Double?) -> Double? {
        Median.of(runs.compactMap(figure))
    }

    /// The median of a percentile of the last stage; nil unless every run has it.
    func finalPercentile(_ percentile: Double) -> Double? {
        Median.of(all: runs.map { $0.finalLatency.percentile(percentile) })
    }

    /// Copies and elements of all runs, also those that do not count: nobody forgives a lost event because the run was
    /// bad.
    static func counts(of result: TestResult) -> Counts {
        result.runs.reduce(into: Counts()) { sum, run in
            for member in Counts.members { sum[keyPath: member] += run.counts[keyPath: member] }
        }
    }
}

extension Summary.Distribution {
    init(name: String, of parts: [LatencyResult]) {
        self.name = name
        percentiles = LatencyResult.shown.map { percentile in Median.of(all: parts.map { $0.percentile(percentile) }) }
        max = parts.lazy.filter { $0.count > 0 }.map(\.max).max()
    }
}

extension Counts {
    static var members: [WritableKeyPath<Counts, Int>] {
        [
            \.published, \.expectedCopies, \.arrivedCopies, \.lost, \.doubled, \.misrouted, \.outOfOrder, \.waiting,
            \.malformed, \.malformedKept, \.failed,
        ]
    }
}

import Glibc

/// How B does compared with A, figure by figure. The unit is the repeat, not the event: events of one run depend on
/// each other.
struct Comparison: Codable, Sendable {
    /// What was compared: a driver or a folder.
    var a: String
    var b: String
    /// Whether the runs were made in pairs, one right after the other.
    var isPaired: Bool
    /// What difference does not matter, such as 0.05.
    var margin: Double
    var figures: [Figure]
    /// What a reader should know first, in sentences.
    var warnings: [String] = []
    var outcome = TestResult.Outcome.completed

    struct Figure: Codable, Sendable {
        var metric: ComparedMetric
        /// How many runs of either side count, those that have the figure.
        var repeatsOfA: Int
        var repeatsOfB: Int
        /// Medians; nil if no run has the figure.
        var a: Double?
        var b: Double?
        /// Of B to A: for pairs the median of their ratios.
        var ratio: Double?
        /// Of the ratio; nil for fewer than four repeats.
        var interval: Interval?
        /// How likely chance makes such a difference, corrected for the number of figures; nil as the interval.
        var p: Double?
        var verdict = ComparisonVerdict.undecided
    }

    /// How intervals and probabilities are found.
    struct Method: Sendable {
        var metrics = ComparedMetric.usual
        var margin = 0.05
        /// Of bootstrap and permutations.
        var resamples = 10_000
        var seed: UInt64 = 1
    }

    /// With fewer repeats of a side, no arrangement would be rare enough to mean something.
    static let fewestRepeats = 4

    /// Pairs of runs, of A and B each, made one right after the other.
    init(a: String, b: String, pairs: [(a: RunResult, b: RunResult)], method: Method) {
        self.init(a: a, b: b, isPaired: true, method: method) { metric in
            let pairs = pairs.compactMap { pair -> (a: Double, b: Double)? in
                guard let a = metric.value(of: pair.a), let b = metric.value(of: pair.b) else { return nil }
                return (a, b)
            }
            var figure = Figure(metric: metric, a: pairs.map(\.a), b: pairs.map(\.b))
            let ratios = pairs.map { log($0.b / $0.a) }
            figure.ratio = Median.of(ratios).map { exp($0) }
            guard pairs.count >= Self.fewestRepeats else { return figure }
            let interval = MedianBootstrap(resamples: method.resamples, seed: method.seed).interval(of: ratios)
            figure.interval = Interval(low: exp(interval.low), high: exp(interval.high))
            figure.p = PermutationTest(samples: method.resamples, seed: method.seed).p(ofDifferences: ratios)
            return figure
        }
    }

    /// Runs that have nothing to do with each other, such as those of two tests.
    init(a: String, runs runsOfA: [RunResult], b: String, runs runsOfB: [RunResult], method: Method) {
        self.init(a: a, b: b, isPaired: false, method: method) { metric in
            let valuesOfA = runsOfA.compactMap(metric.value)
            let valuesOfB = runsOfB.compactMap(metric.value)
            var figure = Figure(metric: metric, a: valuesOfA, b: valuesOfB)
            guard let a = figure.a, let b = figure.b else { return figure }
            figure.ratio = b / a
            guard min(valuesOfA.count, valuesOfB.count) >= Self.fewestRepeats else { return figure }
            let interval = MedianBootstrap(resamples: method.resamples, seed: method.seed)
                .interval(from: valuesOfA.map { log($0) }, to: valuesOfB.map { log($0) })
            figure.interval = Interval(low: exp(interval.low), high: exp(interval.high))
            figure.p = PermutationTest(samples: method.resamples, seed: method.seed).p(of: valuesOfA, and: valuesOfB)
            return figure
        }
    }

    private init(
        a: String, b: String, isPaired: Bool, method: Method, figure: (ComparedMetric) -> Figure
    ) {
        self.a = a
        self.b = b
        self.isPaired = isPaired
        margin = method.margin
        figures = method.metrics.map(figure)
        let judged = figures.indices.filter { figures[$0].p != nil }
        for (index, p) in zip(judged, HolmCorrection.adjusted(judged.compactMap { figures[$0].p })) {
            figures[index].p = p
            figures[index].verdict = ComparisonVerdict(
                ratio: figures[index].interval, margin: margin, better: figures[index].metric.better, p: p)
        }
        if figures.contains(where: { $0.verdict == .worse }) { outcome = .thresholdMissed }
    }

    /// More repeats might tell.
    var isUndecided: Bool { figures.contains { $0.verdict == .undecided && $0.ratio != nil } }
}

extension Comparison.Figure {
    fileprivate init(metric: ComparedMetric, a: [Double], b: [Double]) {
        self.init(
            metric: metric, repeatsOfA: a.count, repeatsOfB: b.count, a: Median.of(a), b: Median.of(b), ratio: nil,
            interval: nil, p: nil)
    }
}

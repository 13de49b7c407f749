import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ComparisonTests {
    @Test(arguments: [
        (Interval(low: 1.06, high: 1.2), 0.01, ComparisonVerdict.worse),
        (Interval(low: 0.8, high: 0.94), 0.01, .better),
        (Interval(low: 0.97, high: 1.04), 0.9, .same),
        (Interval(low: 1.01, high: 1.04), 0.001, .same),
        (Interval(low: 1.03, high: 1.2), 0.01, .undecided),
        (Interval(low: 0.9, high: 1.2), 0.5, .undecided),
        // A wide gap that chance could make.
        (Interval(low: 1.06, high: 1.2), 0.06, .undecided),
    ])
    func verdictOnALatency(ratio: Interval, p: Double, verdict: ComparisonVerdict) {
        #expect(ComparisonVerdict(ratio: ratio, margin: 0.05, better: .lower, p: p) == verdict)
    }

    @Test func aHigherRateIsBetter() {
        let ratio = Interval(low: 1.06, high: 1.2)
        #expect(ComparisonVerdict(ratio: ratio, margin: 0.05, better: .higher, p: 0.01) == .better)
        #expect(ComparisonVerdict(ratio: nil, margin: 0.05, better: .higher, p: 0.01) == .undecided)
    }

    @Test func pairedRunsInWords() throws {
        let pairs = (0..<10).map { number in
            let drift = 1 + Double(number) / 5
            let ratio = 1.1 + Double(number % 5) / 100
            return (
                a: RunResult.sample(latency: 1_000 * drift), b: RunResult.sample(latency: 1_000 * drift * ratio)
            )
        }
        var method = Comparison.Method()
        method.metrics = [.p99Latency, .achievedRate]
        let comparison = Comparison(a: "a", b: "b", pairs: pairs, method: method)
        #expect(comparison.outcome == .thresholdMissed)
        let sentences = comparison.figures.map { ComparisonTable.sentence($0, margin: comparison.margin) }
        #expect(sentences == ["B is 12 % slower than A (11 % … 13 %)", "the same within 5.0 %"])
        // Two of 1024 arrangements, twice for the two figures.
        #expect(comparison.figures[0].p == 4.0 / 1024)
    }

    @Test func everyVerdictInWords() {
        func sentence(_ metric: ComparedMetric, _ low: Double, _ high: Double, _ verdict: ComparisonVerdict) -> String {
            let figure = Comparison.Figure(
                metric: metric, repeatsOfA: 10, repeatsOfB: 10, a: 1, b: 1, ratio: (low + high) / 2,
                interval: Interval(low: low, high: high), p: 0.01, verdict: verdict)
            return ComparisonTable.sentence(figure, margin: 0.05)
        }
        #expect(sentence(.medianLatency, 0.8, 0.9, .better) == "B is 15 % faster than A (10 % … 20 %)")
        #expect(sentence(.achievedRate, 1.1, 1.3, .better) == "B drives 20 % more events/s than A (10 % … 30 %)")
        #expect(sentence(.driverCPU, 1.06, 1.08, .worse) == "B takes 7.0 % more CPU per event than A (6.0 % … 8.0 %)")
        let undecided = sentence(.p99Latency, 0.97, 1.2, .undecided)
        #expect(undecided == "undecided: B is from 3.0 % faster to 20 % slower than A")
    }

    @Test func whatIsMissingOnOneSideIsNotJudged() {
        let runs = Array(repeating: RunResult.sample(driverSeconds: nil), count: 5)
        let others = Array(repeating: RunResult.sample(), count: 5)
        let comparison = Comparison(a: "a", runs: runs, b: "b", runs: others, method: Comparison.Method())
        let figure = comparison.figures.first { $0.metric == .driverCPU }
        #expect(figure.map { ComparisonTable.sentence($0, margin: 0.05) } == "not measured on both sides")
        #expect(comparison.outcome == .completed && !comparison.isUndecided)
    }
}

import GateRules
import Testing

@Suite(.timeLimit(.minutes(1))) struct ComparisonTests {
    static let here: [Fact: String] = [
        .swift: "6.3.1", .redis: "7.0.15", .hiredis: "0.14.1", .libc: "2.36", .valgrind: "3.19.0",
        .processor: "x86_64 with AVX2",
    ]

    /// Verdicts by name of one kind that went from one set of figures to another.
    private func verdicts(
        _ kind: MetricKind, _ then: [String: Double], _ now: [String: Double], factsNow: [Fact: String] = here,
        noise: String? = nil
    ) -> [String: Comparison.Verdict] {
        let comparison = Comparison(
            baseline: Measurements(facts: Self.here, figures: [kind: then]),
            now: Measurements(facts: factsNow, figures: [kind: now]), noise: noise)
        return Dictionary(uniqueKeysWithValues: comparison.rows.map { ($0.name, $0.verdict) })
    }

    @Test(arguments: [
        (MetricKind.redis, 1.0), (.pureAllocations, 1), (.instructions, 3), (.driverAllocations, 6), (.ratios, 30),
    ])
    func aFigureMayMoveByItsTolerance(kind: MetricKind, percent: Double) {
        let (inside, outside) = (percent * 0.99, percent * 1.01)
        let found = verdicts(
            kind, ["a": 100, "b": 100, "c": 100, "d": 100],
            ["a": 100 + inside, "b": 100 + outside, "c": 100 - inside, "d": 100 - outside])
        #expect(found == ["a": .same, "b": .worse, "c": .same, "d": .better])
    }

    @Test func whereThereWasNoneASingleAllocationIsWorse() {
        #expect(verdicts(.pureAllocations, ["a": 0, "b": 0], ["a": 0.0002, "b": 0]) == ["a": .worse, "b": .same])
    }

    @Test func whatOneSideLacksIsNewOrGone() {
        let comparison = Comparison(
            baseline: Measurements(figures: [.ratios: ["a": 1], .redis: ["z": 1]]),
            now: Measurements(figures: [.ratios: ["b": 1]]))
        #expect(comparison.rows.map(\.name) == ["a", "b"], "kinds that were not measured are left out")
        #expect(comparison.rows.map(\.verdict) == [.gone, .new])
        #expect(comparison.failures.map(\.name) == ["a"])
    }

    @Test func aNewCompilerMakesInstructionsSayNothingAndCountersStillCount() {
        var facts = Self.here
        facts[.swift] = "6.4"
        let reason = "the baseline was made with Swift 6.3.1, here is 6.4"
        #expect(verdicts(.instructions, ["a": 1], ["a": 2], factsNow: facts) == ["a": .notJudged(reason: reason)])
        #expect(verdicts(.redis, ["a": 1], ["a": 2], factsNow: facts) == ["a": .worse])
    }

    @Test func noiseSilencesTimesOnly() {
        let noise = "others use the processors"
        #expect(verdicts(.ratios, ["a": 1], ["a": 2], noise: noise) == ["a": .notJudged(reason: noise)])
        #expect(verdicts(.ratios, ["a": 1], [:], noise: noise) == ["a": .notJudged(reason: noise)])
        #expect(verdicts(.redis, ["a": 1], ["a": 2], noise: noise) == ["a": .worse])
    }

    @Test func attemptsAreMergedFigureByFigure() {
        let first = Measurements(figures: [.ratios: ["a": 1.5, "b": 1.0]])
        let second = Measurements(figures: [.ratios: ["a": 1.1, "b": 1.4]])
        #expect(first.merging(second, choosing: min).figures == [.ratios: ["a": 1.1, "b": 1.0]])
    }
}

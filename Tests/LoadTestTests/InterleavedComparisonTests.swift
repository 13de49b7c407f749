import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct InterleavedComparisonTests {
    @Test func runsThemInTurn() async throws {
        var order: [String] = []
        var seeds: [UInt64] = []
        var interleaved = comparison(pairs: 4)
        try await interleaved.run { scenario, label, seed in
            #expect(scenario.target.driver == .spawn(label.hasPrefix("A") ? "a" : "b"))
            #expect(scenario.load.repeats == 1)
            order.append(label)
            seeds.append(seed)
            return .sample()
        }
        #expect(order == ["A 1", "B 1", "B 2", "A 2", "A 3", "B 3", "B 4", "A 4"])
        #expect(seeds == [1, 1, 2, 2, 3, 3, 4, 4])
        #expect(interleaved.comparison.figures.map(\.verdict) == [.same, .same, .same, .same])
        #expect(interleaved.comparison.outcome == .completed)
    }

    /// Two hundred comparisons of a driver with itself, on a machine that drifts and hiccups.
    @Test func equalDriversAreRarelyCalledDifferent() async throws {
        var alarms = 0
        var same = 0
        for seed in 0..<200 as Range<UInt64> {
            let comparison = try await simulated(slowdown: 1, seed: seed)
            if comparison.figures.contains(where: { $0.verdict == .better || $0.verdict == .worse }) { alarms += 1 }
            if comparison.figures.allSatisfy({ $0.verdict == .same }) { same += 1 }
        }
        #expect(alarms <= 10, "\(alarms) of 200")
        #expect(same >= 150, "\(same) of 200")
    }

    @Test func tenPercentAreNoticed() async throws {
        var noticed = 0
        for seed in 0..<50 as Range<UInt64> {
            let comparison = try await simulated(slowdown: 1.1, seed: seed)
            if comparison.figures.allSatisfy({ $0.verdict == .worse }) { noticed += 1 }
            #expect(comparison.figures.allSatisfy { $0.verdict != .better && $0.verdict != .same }, "seed \(seed)")
        }
        #expect(noticed >= 45, "\(noticed) of 50")
    }

    @Test func doublesUpToFortyWhileUndecided() async throws {
        var interleaved = comparison(pairs: 10)
        var blocks = 0
        try await interleaved.run { _, label, _ in
            blocks += 1
            let isEven = label.last?.wholeNumberValue?.isMultiple(of: 2) == true
            // Within the margin and beyond it, in turn.
            return .sample(latency: label.hasPrefix("A") ? 1_000 : isEven ? 1_020 : 1_080)
        }
        #expect(blocks == 80)
        #expect(interleaved.comparison.isUndecided)
        #expect(interleaved.comparison.outcome == .completed)
    }

    @Test func spoiltPairsAreMadeAgain() async throws {
        var interleaved = comparison(pairs: 4)
        var blocks = 0
        try await interleaved.run { _, _, _ in
            blocks += 1
            var run = RunResult.sample()
            if blocks == 3 { run.invalid = ["the generator was late"] }
            return run
        }
        #expect(blocks == 10)
        #expect(interleaved.comparison.figures.first?.repeatsOfA == 4)
        #expect(interleaved.comparison.warnings == ["1 pair was left out, the last because the generator was late."])
    }

    @Test func aMachineThatIsAlwaysBusyIsInvalid() async throws {
        var interleaved = comparison(pairs: 4)
        try await interleaved.run { _, _, _ in
            var run = RunResult.sample()
            run.invalid = ["the generator was late"]
            return run
        }
        #expect(interleaved.comparison.outcome == .invalid)
        #expect(interleaved.comparison.figures.allSatisfy { $0.verdict == .undecided })
    }

    @Test func lossEndsIt() async throws {
        var interleaved = comparison(pairs: 10)
        var blocks = 0
        try await interleaved.run { _, label, _ in
            blocks += 1
            var run = RunResult.sample()
            if label == "B 2" { run.counts.lost = 2 }
            return run
        }
        #expect(blocks == 4)
        #expect(interleaved.comparison.outcome == .incorrect)
        #expect(interleaved.comparison.warnings == ["b: of 0 copies 2 were lost, 0 doubled and 0 misrouted."])
    }

    @Test func whatWasMeasuredRemainsWhenItFails() async throws {
        struct Broken: Error {}
        var interleaved = comparison(pairs: 10)
        var blocks = 0
        await #expect(throws: Broken.self) {
            try await interleaved.run { _, _, _ in
                blocks += 1
                guard blocks < 12 else { throw Broken() }
                return .sample(latency: 1_000)
            }
        }
        #expect(interleaved.hasPairs)
        #expect(interleaved.comparison.figures.first?.repeatsOfA == 5)
    }

    @Test func aDriverThatDiesEndsIt() async throws {
        var interleaved = comparison(pairs: 10)
        await #expect(throws: SetupError("b: The driver ended by itself.")) {
            try await interleaved.run { _, label, _ in
                var run = RunResult.sample()
                if label == "B 2" { run.problem = "The driver ended by itself." }
                return run
            }
        }
        #expect(interleaved.comparison.figures.first?.repeatsOfA == 1)
    }

    // MARK: -

    private func comparison(pairs: Int) -> InterleavedComparison {
        var interleaved = InterleavedComparison(
            a: .init(name: "a", driver: .spawn("a")), b: .init(name: "b", driver: .spawn("b")), scenario: Scenario())
        interleaved.pairs = pairs
        interleaved.method.resamples = 500
        return interleaved
    }

    /// B's figures are worse by this factor. Each block has noise of its own, one in twenty a hiccup, and all drift
    /// together.
    private func simulated(slowdown: Double, seed: UInt64) async throws -> Comparison {
        var noise = Noise(seed: seed)
        var drift = 0.0
        var interleaved = comparison(pairs: 10)
        interleaved.method.metrics = [.p99Latency, .driverCPU]
        interleaved.method.seed = seed
        try await interleaved.run { _, label, _ in
            drift += 0.02 * noise.normal()
            let slower = label.hasPrefix("B") ? slowdown : 1
            let hiccup = noise.uniform() < 0.05 ? 1.3 : 1
            return .sample(
                latency: 1_000 * slower * hiccup * exp(drift + 0.04 * noise.normal()),
                driverSeconds: slower * hiccup * exp(drift + 0.03 * noise.normal()))
        }
        return interleaved.comparison
    }
}

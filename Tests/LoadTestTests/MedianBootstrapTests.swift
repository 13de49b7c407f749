import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct MedianBootstrapTests {
    /// The median of draws from an odd sample of n is at most its k-th value with the probability that a binomial of n
    /// and k/n reaches (n + 1)/2: for n = 13 that is 0.016 for the third value and 0.071 for the fourth. A symmetric
    /// sample has neither bias nor acceleration, so its ends are the fourth value from either end.
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func agreesWithTheBinomialDistribution(seed: UInt64) {
        let interval = MedianBootstrap(seed: seed).interval(of: (1...13).map { Double($0) })
        #expect(interval == Interval(low: 4, high: 10))
    }

    /// The textbook's formulas (Efron and Tibshirani 1993, chapter 14) on all 46 656 draws from a skewed sample.
    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func agreesWithAllDrawsOfASkewedSample(seed: UInt64) throws {
        let sample = [1.0, 2, 3, 13, 17, 32]
        let whole = try #require(Median.of(sample))
        let draws = allDraws(of: sample).compactMap(Median.of).sorted()
        let share = draws.reduce(0) { $0 + ($1 < whole ? 1 : $1 == whole ? 0.5 : 0) } / Double(draws.count)
        let bias = StandardNormal.quantile(share)
        let jackknife = sample.compactMap { left in Median.of(sample.filter { $0 != left }) }
        let mean = jackknife.reduce(0, +) / 6
        let squares = jackknife.reduce(0) { $0 + pow(mean - $1, 2) }
        let acceleration = jackknife.reduce(0) { $0 + pow(mean - $1, 3) } / (6 * pow(squares, 1.5))
        #expect(abs(bias) > 0.01 && abs(acceleration) < 1)
        func end(_ z: Double) -> Double {
            let corrected = StandardNormal.cumulative(bias + (bias + z) / (1 - acceleration * (bias + z)))
            return draws[Int(corrected * Double(draws.count))]
        }
        let exact = Interval(low: end(-1.959964), high: end(1.959964))
        #expect(MedianBootstrap(seed: seed).interval(of: sample) == exact)
    }

    @Test func holdsTheTruthAsOftenAsItSays() {
        let held = (0..<300).count { seed in
            var noise = Noise(seed: UInt64(seed))
            let sample = (0..<20).map { _ in exp(noise.normal()) }
            return MedianBootstrap(resamples: 1_000, seed: UInt64(seed)).interval(of: sample).contains(1)
        }
        #expect(held >= 276, "\(held) of 300")
    }

    @Test func differenceOfTwoSamples() {
        let held = (0..<300).count { seed in
            var noise = Noise(seed: UInt64(seed) + 1_000)
            let first = (0..<12).map { _ in 3 + noise.normal() }
            let second = (0..<18).map { _ in 5 + noise.normal() }
            let bootstrap = MedianBootstrap(resamples: 1_000, seed: UInt64(seed))
            return bootstrap.interval(from: first, to: second).contains(2)
        }
        #expect(held >= 276, "\(held) of 300")
    }

    @Test func isTheSameForTheSameSeed() {
        let sample = [0.3, 0.1, 0.7, 0.2, 0.9, 0.4]
        #expect(MedianBootstrap(seed: 9).interval(of: sample) == MedianBootstrap(seed: 9).interval(of: sample))
    }

    @Test func equalValuesHaveNoWidth() {
        #expect(MedianBootstrap().interval(of: [2, 2, 2, 2]) == Interval(low: 2, high: 2))
    }

    private func allDraws(of sample: [Double]) -> [[Double]] {
        sample.reduce([[]]) { draws, _ in draws.flatMap { draw in sample.map { draw + [$0] } } }
    }
}

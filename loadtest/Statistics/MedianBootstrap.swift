import Glibc

/// Intervals of medians by drawing samples from the sample (bias-corrected and accelerated, Efron 1987).
struct MedianBootstrap: Sendable {
    /// How many samples are drawn.
    var resamples = 10_000
    var seed: UInt64 = 1

    /// The interval of the median of what `sample` was drawn from.
    func interval(of sample: [Double]) -> Interval {
        interval(of: [(sample, 1)])
    }

    /// The interval of the median behind `other` less the median behind `sample`. The two are not paired.
    func interval(from sample: [Double], to other: [Double]) -> Interval {
        interval(of: [(other, 1), (sample, -1)])
    }

    /// Of the sum of the groups' medians, each times its sign.
    private func interval(of groups: [(values: [Double], sign: Double)]) -> Interval {
        precondition(groups.allSatisfy { !$0.values.isEmpty }, "there is no median of nothing")
        let groups = groups.map { (values: $0.values.sorted(), sign: $0.sign) }
        var generator = SplitMix64(seed: seed)
        var draws = groups.map { MedianOfDraws($0.values) }
        var estimates = (0..<resamples).map { _ in
            var sum = 0.0
            for index in draws.indices { sum += groups[index].sign * draws[index].next(using: &generator) }
            return sum
        }
        estimates.sort()

        let whole = groups.reduce(0) { $0 + $1.sign * Median.of(sorted: $1.values) }
        let below = estimates.count { $0 < whole }
        let upTo = estimates.count { $0 <= whole }
        // Equal ones count half: medians of draws coincide often.
        let bias = StandardNormal.quantile(Double(below + upTo) / 2 / Double(resamples))
        let acceleration = Self.acceleration(of: groups)
        func estimate(at share: Double) -> Double {
            let shifted = bias + StandardNormal.quantile(share)
            let corrected = StandardNormal.cumulative(bias + shifted / (1 - acceleration * shifted))
            return estimates[min(resamples - 1, max(0, Int(corrected * Double(resamples))))]
        }
        return Interval(low: estimate(at: 0.025), high: estimate(at: 0.975))
    }

    /// How the spread changes with the value, by leaving out each value once.
    private static func acceleration(of groups: [(values: [Double], sign: Double)]) -> Double {
        var squares = 0.0
        var cubes = 0.0
        for group in groups where group.values.count > 1 {
            let without = group.values.indices.map { left in
                var rest = group.values
                rest.remove(at: left)
                return Median.of(sorted: rest)
            }
            let count = Double(group.values.count)
            let mean = without.reduce(0, +) / count
            for value in without {
                let influence = group.sign * (count - 1) * (mean - value) / count
                squares += influence * influence
                cubes += influence * influence * influence
            }
        }
        return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0
    }
}

/// Medians of draws with replacement from a sorted sample, without sorting each.
private struct MedianOfDraws {
    private let sorted: [Double]
    private var counts: [Int]

    init(_ sorted: [Double]) {
        self.sorted = sorted
        counts = Array(repeating: 0, count: sorted.count)
    }

    mutating func next(using generator: inout SplitMix64) -> Double {
        for index in counts.indices { counts[index] = 0 }
        for _ in sorted { counts[Int(generator.next(upperBound: UInt64(sorted.count)))] += 1 }
        return (value(ofRank: (sorted.count - 1) / 2) + value(ofRank: sorted.count / 2)) / 2
    }

    /// The rank counts from 0.
    private func value(ofRank rank: Int) -> Double {
        var index = 0
        var seen = counts[0]
        while seen <= rank {
            index += 1
            seen += counts[index]
        }
        return sorted[index]
    }
}

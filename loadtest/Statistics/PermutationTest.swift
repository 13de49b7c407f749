/// How likely chance alone makes two sides differ as much as they do: two-sided p-values of rank tests (Wilcoxon 1945),
/// which outliers cannot sway. They are exact where all arrangements can be tried.
struct PermutationTest: Sendable {
    /// How many arrangements are drawn where there are too many to try all.
    var samples = 10_000
    var seed: UInt64 = 1

    /// Up to so many pairs all arrangements of signs are tried: 4 096.
    static let mostExactPairs = 12

    /// Pairs: if neither side differs, each difference could as well have the other sign.
    func p(ofDifferences differences: [Double]) -> Double {
        let ranks = Self.ranks(of: differences.map(\.magnitude))
        let signed = zip(differences, ranks).map { $0 == 0 ? 0 : $0 < 0 ? -$1 : $1 }
        let observed = signed.reduce(0, +).magnitude
        if signed.count <= Self.mostExactPairs {
            return Self.share(of: 1 << signed.count) { arrangement in
                let sum = signed.indices.reduce(0) { sum, index in
                    sum + (arrangement >> index & 1 == 1 ? -signed[index] : signed[index])
                }
                return sum.magnitude >= observed
            }
        }
        var generator = SplitMix64(seed: seed)
        return sampled {
            signed.reduce(0) { $0 + (Bool.random(using: &generator) ? -$1 : $1) }.magnitude >= observed
        }
    }

    /// Two samples that are not paired: if they do not differ, each value could as well be of the other one.
    func p(of sample: [Double], and other: [Double]) -> Double {
        var ranks = Self.ranks(of: sample + other)
        let even = Double(sample.count * (ranks.count + 1)) / 2
        let observed = (ranks.prefix(sample.count).reduce(0, +) - even).magnitude
        let selections = Self.selections(of: sample.count, from: ranks.count, upTo: samples)
        guard selections.isEmpty else {
            return Self.share(of: selections.count) { index in
                (selections[index].reduce(0) { $0 + ranks[$1] } - even).magnitude >= observed
            }
        }
        var generator = SplitMix64(seed: seed)
        return sampled {
            ranks.shuffle(using: &generator)
            return (ranks.prefix(sample.count).reduce(0, +) - even).magnitude >= observed
        }
    }

    /// The arrangement that was observed is one of those that could have been drawn.
    private func sampled(_ isAsExtreme: () -> Bool) -> Double {
        Double((0..<samples).count { _ in isAsExtreme() } + 1) / Double(samples + 1)
    }

    private static func share(of count: Int, _ isAsExtreme: (Int) -> Bool) -> Double {
        Double((0..<count).count(where: isAsExtreme)) / Double(count)
    }

    /// From 1 for the least; equal values share the mean of theirs.
    private static func ranks(of values: [Double]) -> [Double] {
        values.map { value in
            Double(values.count { $0 < value }) + Double(values.count { $0 == value } + 1) / 2
        }
    }

    /// All sets of `taken` of the numbers below `count`; none if there would be more than `most`.
    private static func selections(of taken: Int, from count: Int, upTo most: Int) -> [[Int]] {
        var selections: [[Int]] = [[]]
        for place in 0..<taken {
            selections = selections.flatMap { chosen in
                ((chosen.last ?? -1) + 1..<count - (taken - place - 1)).map { chosen + [$0] }
            }
            if selections.count > most { return [] }
        }
        return selections
    }
}

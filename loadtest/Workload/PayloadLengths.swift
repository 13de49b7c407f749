import Glibc

/// The lengths of the elements of a workload: equally likely values, as many as the distribution needs.
struct PayloadLengths: Sendable {
    /// A power of two many.
    private let values: [Int]

    /// As many quantiles stand for a log-normal distribution: its tail ends at 3.7 standard deviations.
    private static let quantiles = 4096
    /// What a log-normal distribution is cut off at, in bytes.
    static let longest = 1 << 20

    /// - Parameter minimum: what log-normal lengths below it are raised to, in bytes.
    init(_ size: PayloadSize, minimum: Int) {
        switch size {
        case .fixed(let length): values = [length]
        case .lognormal(let median, let sigma):
            values = (0..<Self.quantiles).map { number in
                let deviations = StandardNormal.quantile((Double(number) + 0.5) / Double(Self.quantiles))
                let length = (median * exp(sigma * deviations)).rounded()
                return min(max(Int(min(length, Double(Self.longest))), minimum), Self.longest)
            }
        }
    }

    var longest: Int { values.max() ?? 0 }

    /// The length that a random number stands for.
    @inline(__always)
    func length(for random: UInt64) -> Int { values[Int(truncatingIfNeeded: random) & (values.count - 1)] }
}

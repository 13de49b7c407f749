import Foundation

@testable import LoadTest

/// Random figures that are the same for the same seed.
struct Noise {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func uniform() -> Double { Double.random(in: 0..<1, using: &generator) }

    /// Mean 0, standard deviation 1.
    mutating func normal() -> Double {
        (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
    }
}

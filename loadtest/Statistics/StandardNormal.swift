import Glibc

/// The normal distribution with mean 0 and standard deviation 1.
enum StandardNormal {
    /// The probability of a value up to `z`.
    static func cumulative(_ z: Double) -> Double {
        erfc(-z / 2.0.squareRoot()) / 2
    }

    /// The value up to which the probability is `p`, to 12 digits; for 0 and 1 the ends of what matters, ±9.
    static func quantile(_ p: Double) -> Double {
        var low = -9.0
        var high = 9.0
        while high - low > 1e-12 {
            let middle = (low + high) / 2
            if cumulative(middle) < p { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

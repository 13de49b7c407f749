/// What a comparison of one figure came to, as seen from B.
enum ComparisonVerdict: String, Codable, Sendable {
    case better
    /// Within the margin.
    case same
    case worse
    /// The interval reaches over the margin's edge: more repeats would tell.
    case undecided

    /// A difference is believed if chance makes one as large less often than this.
    static let significance = 0.05

    /// - Parameters:
    ///   - ratio: of B's figure to A's; nil if it is not known.
    ///   - margin: what does not matter, such as 0.05; the same factor either way.
    ///   - p: the probability of such a difference by chance, corrected for the number of figures.
    init(ratio: Interval?, margin: Double, better: BetterDirection, p: Double) {
        guard let ratio else {
            self = .undecided
            return
        }
        let margins = Interval(low: 1 / (1 + margin), high: 1 + margin)
        if margins.contains(ratio.low), margins.contains(ratio.high) {
            self = .same
        } else if p > Self.significance {
            self = .undecided
        } else if ratio.low > margins.high {
            self = better == .lower ? .worse : .better
        } else if ratio.high < margins.low {
            self = better == .lower ? .better : .worse
        } else {
            self = .undecided
        }
    }
}

/// Which way a figure should go.
enum BetterDirection: Sendable {
    /// Latencies and costs.
    case lower
    /// Rates.
    case higher
}

/// Looks for the highest rate that holds: grows until a probe fails, then halves the gap. It decides only; somebody
/// else probes.
///
/// A probe that fails is tried once more before it counts, because machines hiccup. When the first rate fails already,
/// the search goes down until one holds.
struct SaturationSearch: Sendable {
    /// What to do next.
    enum Step: Hashable, Sendable {
        /// Try this rate, events a second, and tell `probed`.
        case probe(Double)
        /// The highest rate that held; the next to fail is less than the tolerance above it.
        case found(Double)
        /// Every rate held, up to this limit.
        case unlimited(Double)
        /// Not even the lowest rate held.
        case hopeless
    }

    /// The rates tried, in order, with what went wrong.
    private(set) var probes: [Saturation.Probe] = []
    private(set) var next: Step

    private let lowest: Double
    private let highest: Double
    private let tolerance: Double
    private var holding: Double?
    private var failing: Double?
    private var isRetry = false

    static let growth = 1.5
    /// How far it goes down at once while nothing holds.
    static let fall = 4.0

    /// - Parameters:
    ///   - start: the first rate, events a second.
    ///   - lowest: below it no rate is tried.
    ///   - highest: above it no rate is tried, such as what the load generator can do.
    ///   - tolerance: how close to each other the rate that holds and the one that fails must come; 0.03 is 3 %.
    init(start: Double, lowest: Double = 10, highest: Double = 2_000_000, tolerance: Double = 0.03) {
        precondition(lowest > 0 && lowest <= highest && tolerance > 0, "a search needs a range and a tolerance")
        self.lowest = lowest
        self.highest = highest
        self.tolerance = tolerance
        next = .probe(min(max(start, lowest), highest))
    }

    /// The probe that `next` asked for is done.
    ///
    /// - Parameter failure: why the rate did not hold; nil if it did.
    mutating func probed(failure: String?) {
        guard case .probe(let rate) = next else { preconditionFailure("no probe was asked for") }
        probes.append(Saturation.Probe(rate: rate, failure: failure))
        if failure == nil {
            holding = rate
        } else if isRetry {
            failing = rate
        } else {
            isRetry = true
            return
        }
        isRetry = false
        next = step()
    }

    private func step() -> Step {
        switch (holding, failing) {
        case (let holding?, let failing?):
            failing <= holding * (1 + tolerance) ? .found(holding) : .probe((holding + failing) / 2)
        case (let holding?, nil):
            holding >= highest ? .unlimited(holding) : .probe(min(holding * Self.growth, highest))
        case (nil, let failing?):
            failing <= lowest ? .hopeless : .probe(max(failing / Self.fall, lowest))
        case (nil, nil): next
        }
    }
}

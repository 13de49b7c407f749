import Foundation

/// Maps values to places along an axis.
struct Scale: Sendable {
    enum Kind: Sendable { case linear, logarithmic }

    let kind: Kind
    /// The values at both ends.
    let low: Double
    let high: Double
    /// The places of both ends; a vertical axis starts below.
    private let start: Double
    private let end: Double
    /// Where a value is written at the axis.
    let ticks: [Double]

    /// A linear scale from zero to a round number not below `high`.
    ///
    /// - Parameter parts: how many steps there are at most.
    static func linear(upTo high: Double, parts: Double = 4, from start: Double, to end: Double) -> Scale {
        let step = roundStep(high / parts)
        let count = Swift.max(1, (high / step - 1e-9).rounded(.up))
        return Scale(
            kind: .linear, low: 0, high: step * count, start: start, end: end,
            ticks: stride(from: 0, through: count, by: 1).map { $0 * step })
    }

    /// A linear scale from one value exactly to another.
    static func linear(_ range: ClosedRange<Double>, ticks: [Double], from start: Double, to end: Double) -> Scale {
        Scale(kind: .linear, low: range.lowerBound, high: range.upperBound, start: start, end: end, ticks: ticks)
    }

    /// A logarithmic scale that spans at least `range`, whose bounds are positive, and at least half a decade.
    static func logarithmic(_ range: ClosedRange<Double>, from start: Double, to end: Double) -> Scale {
        let steps = [1.0, 2, 5]
        let low = roundDown(range.lowerBound, steps)
        let high = Swift.max(roundUp(range.upperBound, steps), low * 5)
        let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        let shown = log10(high / low) > 3.2 ? [1.0] : steps
        let ticks = decades.flatMap { decade in shown.map { $0 * pow(10, Double(decade)) } }
        return Scale(
            kind: .logarithmic, low: low, high: high, start: start, end: end,
            ticks: ticks.filter { $0 >= low * 0.999 && $0 <= high * 1.001 })
    }

    /// A logarithmic scale between two values exactly.
    static func logarithmic(_ range: ClosedRange<Double>, ticks: [Double], from start: Double, to end: Double) -> Scale
    {
        Scale(kind: .logarithmic, low: range.lowerBound, high: range.upperBound, start: start, end: end, ticks: ticks)
    }

    /// The place of `value`; of values outside the scale, that of the nearer end.
    func place(of value: Double) -> Double {
        let bounded = min(Swift.max(value, low), high)
        let share =
            switch kind {
            case .linear: (bounded - low) / (high - low)
            case .logarithmic: log(bounded / low) / log(high / low)
            }
        return start + share * (end - start)
    }

    /// The next of 1, 2, 5, 10, 20, … not below `value`.
    private static func roundStep(_ value: Double) -> Double {
        value > 0 ? roundUp(value, [1, 2, 5]) : 1
    }

    private static func roundUp(_ value: Double, _ steps: [Double]) -> Double {
        let decade = pow(10, log10(value).rounded(.down))
        return ((steps + [10]).first { $0 * decade >= value * 0.999_999 } ?? 10) * decade
    }

    private static func roundDown(_ value: Double, _ steps: [Double]) -> Double {
        let decade = pow(10, log10(value).rounded(.down))
        return (steps.last { $0 * decade <= value * 1.000_001 } ?? 1) * decade
    }
}

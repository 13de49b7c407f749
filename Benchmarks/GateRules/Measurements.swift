/// Figures by kind and name, with what they depend on: a run of the gate, or the baseline that it is compared with.
package struct Measurements: Equatable, Sendable {
    package var facts: [Fact: String] = [:]
    package var figures: [MetricKind: [String: Double]] = [:]

    package init(facts: [Fact: String] = [:], figures: [MetricKind: [String: Double]] = [:]) {
        self.facts = facts
        self.figures = figures
    }

    /// Replaces the kinds that `other` has, and the facts.
    package func replacing(with other: Measurements) -> Measurements {
        Measurements(
            facts: facts.merging(other.facts) { $1 }, figures: figures.merging(other.figures) { $1 })
    }

    /// Of each figure one of two attempts' values.
    package func merging(_ other: Measurements, choosing: (Double, Double) -> Double) -> Measurements {
        Measurements(
            facts: facts,
            figures: figures.merging(other.figures) { one, other in one.merging(other, uniquingKeysWith: choosing) })
    }
}

/// Settings as they were written, before they are a scenario.
struct ScenarioDraft: Hashable, Sendable {
    /// A text and where it was written.
    struct Value: Hashable, Sendable {
        var text: String
        /// Begins the sentence of an error, such as `--rate` or `Line 3 of quick.yml, rate`.
        var place: String
    }

    var settings: [ScenarioSetting: Value] = [:]
    /// Nil where they are not mentioned.
    var thresholds: [Value]?

    /// What `other` says comes first.
    func overridden(by other: ScenarioDraft) -> ScenarioDraft {
        var result = self
        if ScenarioSetting.curves.contains(where: { other.settings[$0] != nil }) {
            for curve in ScenarioSetting.curves { result.settings[curve] = nil }
        }
        result.settings.merge(other.settings) { _, new in new }
        result.thresholds = other.thresholds ?? thresholds
        return result
    }

    /// The scenario that these settings and the defaults make.
    ///
    /// - Throws: `ScenarioError` that names the place.
    func scenario() throws(ScenarioError) -> Scenario {
        var scenario = Scenario()
        let curves = ScenarioSetting.curves.compactMap { settings[$0] }
        if curves.count > 1 {
            throw ScenarioError(
                "\(curves[1].place): there is \(curves[0].place) already; choose one of rate, ramp and steps.")
        }
        for setting in ScenarioSetting.allCases {
            guard let value = settings[setting] else { continue }
            do {
                try setting.apply(value.text, to: &scenario)
            } catch {
                throw ScenarioError("\(value.place): \(error)")
            }
        }
        if settings[.duration] == nil, let length = scenario.load.curve.length { scenario.load.duration = length }
        for threshold in thresholds ?? [] {
            do {
                _ = try Threshold(threshold.text)
            } catch {
                throw ScenarioError("\(threshold.place): \(error)")
            }
        }
        scenario.thresholds = thresholds?.map(\.text) ?? []
        try scenario.validate()
        return scenario
    }
}

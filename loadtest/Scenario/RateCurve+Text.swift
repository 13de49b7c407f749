import CommandInterface

extension RateCurve {
    /// Reads a constant rate: `20000`, `20k` or `1.5M`.
    init(rate text: String) throws(ScenarioError) {
        self = .constant(try NumberText.rate(text))
    }

    /// Reads a ramp: `1k:50k:60s`.
    init(ramp text: String) throws(ScenarioError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else {
            throw ScenarioError(
                "'\(text)' is not a ramp; write for example 1k:50k:60s, from 1,000 to 50,000 in a minute.")
        }
        self = .ramp(
            from: try NumberText.rate(parts[0]), to: try NumberText.rate(parts[1]),
            seconds: try NumberText.seconds(parts[2]))
    }

    /// Reads steps: `5k,10k,20k:15s`.
    init(steps text: String) throws(ScenarioError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw ScenarioError("'\(text)' are not steps; write for example 5k,10k,20k:15s, each for 15 seconds.")
        }
        var rates: [Double] = []
        for rate in parts[0].split(separator: ",", omittingEmptySubsequences: false) {
            rates.append(try NumberText.rate(String(rate)))
        }
        self = .steps(rates, seconds: try NumberText.seconds(parts[1]))
    }
}

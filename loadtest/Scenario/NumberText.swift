import ArgumentParser
import CommandInterface

/// Numbers as people write them in flags and scenario files.
enum NumberText {
    /// The highest rate that can be asked for, in events a second.
    static let highestRate = 10_000_000.0

    /// Events a second: `20000`, `20k` or `1.5M`.
    static func rate(_ text: String) throws(ScenarioError) -> Double {
        let factors: [Character: Double] = ["k": 1e3, "M": 1e6]
        let factor = text.last.flatMap { factors[$0] }
        guard let number = decimal(factor == nil ? text[...] : text.dropLast()) else {
            throw ScenarioError("'\(text)' is not a rate; write events a second, for example 20000, 20k or 1.5M.")
        }
        let rate = number * (factor ?? 1)
        guard rate > 0, rate <= highestRate else {
            throw ScenarioError("The rate '\(text)' cannot be made; choose more than 0 and at most 10M.")
        }
        return rate
    }

    /// A share: `10%` or `0.1`.
    static func share(_ text: String) throws(ScenarioError) -> Double {
        let isPercentage = text.last == "%"
        guard let number = decimal(isPercentage ? text.dropLast() : text[...]), number <= (isPercentage ? 100 : 1)
        else {
            throw ScenarioError("'\(text)' is not a share; write 0% to 100%, or 0 to 1.")
        }
        return isPercentage ? number / 100 : number
    }

    /// Seconds: `500ms`, `20s` or `1h30m`; more than none, unless `mayBeNone`.
    static func seconds(_ text: String, mayBeNone: Bool = false) throws(ScenarioError) -> Double {
        let duration: Duration
        do {
            duration = try DurationText.parse(text)
        } catch {
            throw ScenarioError((error as? ValidationError)?.message ?? "\(error)")
        }
        guard mayBeNone || duration > .zero else {
            throw ScenarioError("'\(text)' is no time at all; choose a longer one.")
        }
        return duration / .seconds(1)
    }

    /// A number of things.
    static func count(_ text: String) throws(ScenarioError) -> Int {
        guard decimal(text[...]) != nil, let number = Int(text) else {
            throw ScenarioError("'\(text)' is not a whole number; write for example 5.")
        }
        return number
    }

    /// A payload size: `512`, or `lognormal:400:1.0` for a median of 400 bytes and a sigma of 1.
    static func payload(_ text: String) throws(ScenarioError) -> PayloadSize {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 1, decimal(parts[0]) != nil, let length = Int(text) { return .fixed(length) }
        if parts.count == 3, parts[0] == "lognormal", let median = decimal(parts[1]), let sigma = decimal(parts[2]) {
            return .lognormal(median: median, sigma: sigma)
        }
        throw ScenarioError("'\(text)' is not a payload size; write bytes, for example 512 or lognormal:400:1.0.")
    }

    /// A number of digits, perhaps with a point; nil for anything else, exponents and signs included.
    static func decimal(_ text: Substring) -> Double? {
        text.wholeMatch(of: #/[0-9]+(\.[0-9]+)?/#) == nil ? nil : Double(text)
    }
}

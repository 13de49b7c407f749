import Foundation

/// Numbers as people read them: three digits, a unit that fits, thousands apart.
enum Quantity {
    /// Stands where a figure would mean nothing, or is unknown.
    static let none = "n/a"

    /// A time: `312 µs`, `2.10 ms`, `1.20 s`.
    static func time(microseconds: Double?) -> String {
        guard let microseconds, microseconds.isFinite else { return none }
        // A thousand of a unit, as rounded, is one of the next.
        if microseconds.magnitude < 999.5 { return "\(threeDigits(microseconds)) µs" }
        if microseconds.magnitude < 999_500 { return "\(threeDigits(microseconds / 1_000)) ms" }
        return "\(threeDigits(microseconds / 1_000_000)) s"
    }

    /// A whole number with its thousands apart: `20 000`.
    static func count(_ value: Int) -> String {
        var digits = String(value.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: " ")
    }

    /// A rate a second, rounded to whole numbers: `19 998`.
    static func rate(_ value: Double?) -> String {
        guard let value, value.isFinite, value.magnitude < 1e15 else { return none }
        return value.magnitude < 10 && value != 0 ? threeDigits(value) : count(Int(value.rounded()))
    }

    /// A size of memory: `34.1 MB`.
    static func bytes(_ value: Double?) -> String {
        guard let value, value.isFinite else { return none }
        for (unit, size) in [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where value.magnitude >= size {
            return "\(threeDigits(value / size)) \(unit)"
        }
        return "\(decimal(value, places: 0)) B"
    }

    /// A share: `97.3 %`, `25 %`.
    static func share(_ value: Double?) -> String {
        guard let value, value.isFinite else { return none }
        let percent = (value * 1_000).rounded() / 10
        return "\(percent == percent.rounded() ? plain(percent) : threeDigits(percent)) %"
    }

    /// One figure as a multiple of another: `1.22×`; nil without both.
    static func ratio(_ value: Double?, to other: Double?) -> String? {
        guard let value, let other, other > 0 else { return nil }
        return "\(decimal(value / other, places: 2))×"
    }

    /// A time at an axis: `50 µs`, `1 ms`.
    static func axisTime(_ microseconds: Double) -> String {
        if microseconds < 1_000 { return "\(plain(microseconds)) µs" }
        if microseconds < 1_000_000 { return "\(plain(microseconds / 1_000)) ms" }
        return "\(plain(microseconds / 1_000_000)) s"
    }

    /// A number at an axis: `500`, `20k`, `1.5M`.
    static func axisCount(_ value: Double) -> String {
        if value < 1_000 { return plain(value) }
        return value < 1_000_000 ? "\(plain(value / 1_000))k" : "\(plain(value / 1_000_000))M"
    }

    /// A round number without the zeros that say nothing: `20`, `0.5`.
    static func plain(_ value: Double) -> String {
        value == value.rounded() ? decimal(value, places: 0) : String((value * 1_000).rounded() / 1_000)
    }

    /// The name of a percentile: `p99.9`.
    static func percentile(_ percentile: Double) -> String {
        "p" + (percentile == percentile.rounded() ? String(Int(percentile)) : String(percentile))
    }

    /// The sentence with its numbers and units kept on one line.
    static func unbroken(_ sentence: String) -> String {
        sentence.replacing(/(\d) (?=\d|µs|ms|s\b|%|MB|GB|kB)/) { "\($0.output.1)\u{A0}" }
    }

    static func decimal(_ value: Double, places: Int) -> String {
        String(format: "%.\(places)f", value)
    }

    /// Three digits that say something: `0.12`, `9.87`, `98.7`, `987`.
    static func threeDigits(_ value: Double) -> String {
        switch value.magnitude {
        case 0: "0"
        case ..<9.995: decimal(value, places: 2)
        case ..<99.95: decimal(value, places: 1)
        default: decimal(value, places: 0)
        }
    }
}

import ArgumentParser

/// Durations as people write them on a command line: `500ms`, `15s`, `5m`, `1h30m`, `2d`.
package enum DurationText {
    private static let units: [(suffix: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000),
    ]

    /// - Throws: `ValidationError` that says how to write it.
    package static func parse(_ text: String) throws -> Duration {
        var rest = Substring(text)
        var total = 0
        while !rest.isEmpty {
            let digits = rest.prefix { "0"..."9" ~= $0 }
            rest = rest.dropFirst(digits.count)
            let suffix = rest.prefix { !("0"..."9" ~= $0) }
            rest = rest.dropFirst(suffix.count)
            guard let count = Int(digits) else { throw refusal(text) }
            guard let unit = units.first(where: { $0.suffix == suffix }) else {
                throw suffix.isEmpty
                    ? ValidationError("'\(text)' has no unit; write \(digits)s for seconds or \(digits)m for minutes.")
                    : refusal(text)
            }
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: unit.milliseconds)
            let (sum, overflows) = total.addingReportingOverflow(product)
            guard !isTooLarge, !overflows else { throw ValidationError("'\(text)' is too long a time.") }
            total = sum
        }
        guard !text.isEmpty else { throw refusal(text) }
        return .milliseconds(total)
    }

    private static func refusal(_ text: String) -> ValidationError {
        ValidationError("'\(text)' is not a duration; write for example 500ms, 15s, 5m, 1h30m or 2d.")
    }

    /// More than any clock shows, in milliseconds.
    private static let longest = 1e15

    /// The shortest such text for a duration, rounded to milliseconds.
    package static func text(_ duration: Duration) -> String {
        var rest = Int(min(max(duration / .milliseconds(1), -longest), longest))
        guard rest != 0 else { return "0s" }
        var text = rest < 0 ? "-" : ""
        rest = abs(rest)
        for unit in units.reversed() where unit.suffix != "w" && rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.suffix)"
            rest %= unit.milliseconds
        }
        return text
    }
}

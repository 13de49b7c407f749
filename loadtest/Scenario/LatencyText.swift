/// Latencies as people write them: `300us`, `1.5ms` or `2s`.
enum LatencyText {
    private static let units: [(suffix: String, microseconds: Double)] = [
        ("us", 1), ("µs", 1), ("ms", 1e3), ("s", 1e6),
    ]

    /// Microseconds; nil for anything but a number with one of the units.
    static func microseconds(_ text: Substring) -> Double? {
        for unit in units where text.hasSuffix(unit.suffix) {
            if let number = NumberText.decimal(text.dropLast(unit.suffix.count)) { return number * unit.microseconds }
        }
        return nil
    }
}

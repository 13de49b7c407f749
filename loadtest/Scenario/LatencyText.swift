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

    /// Three digits and a unit.
    static func text(microseconds: Double) -> String {
        let unit = units.last { microseconds >= $0.microseconds } ?? units[1]
        let number = microseconds / unit.microseconds
        let digits = number >= 100 ? 0 : number >= 10 ? 1 : 2
        let scale = [1.0, 10, 100][digits]
        let rounded = (number * scale).rounded() / scale
        return (digits == 0 ? String(Int(rounded)) : String(rounded)) + " " + unit.suffix
    }
}

/// Where a figure lies with 95 % confidence, both ends included.
struct Interval: Codable, Hashable, Sendable {
    var low: Double
    var high: Double

    func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

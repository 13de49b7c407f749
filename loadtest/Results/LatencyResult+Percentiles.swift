extension LatencyResult {
    /// The percentiles that are shown.
    static let shown = [50, 75, 90, 95, 99, 99.9, 99.99]

    /// Microseconds below or at which `percentile` percent of the samples are; nil if fewer than ten samples lie
    /// beyond, because chance would decide it then.
    func percentile(_ percentile: Double) -> Double? {
        let wanted = Int((Double(count) * percentile / 100).rounded(.up))
        guard count > 0, count - wanted >= 10 || percentile <= 50 else { return nil }
        var seen = 0
        for bucket in buckets {
            seen += bucket.count
            if seen >= wanted { return bucket.microseconds }
        }
        return buckets.last?.microseconds
    }
}

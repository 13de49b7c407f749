extension LatencyResult {
    /// No sample.
    static let empty = LatencyResult(count: 0, buckets: [], mean: 0, max: 0)

    /// All samples of `parts` as one distribution. Percentiles of parts cannot be averaged; their samples can be put
    /// together.
    static func merged(_ parts: [LatencyResult]) -> LatencyResult {
        var counts: [Double: Int] = [:]
        for bucket in parts.lazy.flatMap(\.buckets) { counts[bucket.microseconds, default: 0] += bucket.count }
        let count = parts.reduce(0) { $0 + $1.count }
        guard count > 0 else { return .empty }
        let sum = parts.reduce(0) { $0 + $1.mean * Double($1.count) }
        return LatencyResult(
            count: count,
            buckets: counts.sorted { $0.key < $1.key }.map { Bucket(microseconds: $0.key, count: $0.value) },
            mean: sum / Double(count),
            max: parts.map(\.max).max() ?? 0)
    }
}

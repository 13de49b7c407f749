import Histogram

/// Collects times of nanoseconds to hours with an error of at most one in a thousand, in fixed memory.
struct LatencyRecorder: Sendable {
    private var histogram = Histogram<UInt64>(
        highestTrackableValue: 3_600_000_000_000, numberOfSignificantValueDigits: .three)

    /// - Parameter nanoseconds: less than nothing counts as nothing, more than an hour as an hour.
    mutating func record(_ nanoseconds: Int64) {
        _ = histogram.record(UInt64(min(max(nanoseconds, 0), 3_600_000_000_000)))
    }

    /// What was recorded.
    var result: LatencyResult {
        LatencyResult(
            count: Int(histogram.totalCount),
            buckets: histogram.recordedValues().map {
                LatencyResult.Bucket(
                    microseconds: Double(histogram.medianEquivalentForValue($0.value)) / 1000, count: Int($0.count))
            },
            mean: histogram.totalCount == 0 ? 0 : histogram.mean / 1000, max: Double(histogram.maxRecorded) / 1000)
    }
}

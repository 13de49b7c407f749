import Histogram

/// A distribution in HdrHistogram's text format (`.hgrm`), in milliseconds, which its plotters take for granted.
struct PercentileFile {
    private(set) var text = ""

    init(_ latency: LatencyResult) {
        var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
        for bucket in latency.buckets {
            histogram.record(UInt64(max(0, bucket.microseconds.rounded())), count: UInt64(bucket.count))
        }
        histogram.outputPercentileDistribution(to: &text, outputValueUnitScalingRatio: 1_000)
    }
}

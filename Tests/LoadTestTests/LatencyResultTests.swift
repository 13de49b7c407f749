import Foundation
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct LatencyResultTests {
    /// p99 of n samples has n/100 beyond it.
    @Test func percentilesNeedTenSamplesBeyond() {
        let few = SampleResults.latency((1...999).map(Double.init))
        let enough = SampleResults.latency((1...1_000).map(Double.init))
        #expect(few.percentile(99) == nil)
        #expect(enough.percentile(99) == 990)
        #expect(few.percentile(90) == 900)
        #expect(enough.percentile(99.9) == nil)
        // Exactly ten beyond, where 1 - p/100 is a little less than the decimal fraction.
        #expect(SampleResults.latency((1...100).map(Double.init)).percentile(90) == 90)
        #expect(SampleResults.latency((1...100_000).map(Double.init)).percentile(99.99) == 99_990)
        #expect(SampleResults.latency([7]).percentile(50) == 7)
        #expect(LatencyResult.empty.percentile(50) == nil)
    }

    @Test func mergedIsAsIfItHadBeenOne() {
        let whole = (1...3_000).map { Double($0 * 7_919 % 3_001) }
        let merged = LatencyResult.merged([
            SampleResults.latency(Array(whole[..<100])), .empty, SampleResults.latency(Array(whole[100...])),
        ])
        let once = SampleResults.latency(whole)
        #expect(merged.buckets == once.buckets)
        #expect(merged.count == 3_000)
        #expect(merged.max == once.max)
        #expect(abs(merged.mean - once.mean) < 1e-9)
        #expect(LatencyResult.merged([]).count == 0)
    }

    @Test func isWrittenWithItsPercentiles() throws {
        let text = try ResultFolder.json(of: SampleResults.latency((1...20).map { Double($0 * 10) }))
        #expect(
            text == """
                {
                  "buckets": [
                    [10, 1], [20, 1], [30, 1], [40, 1], [50, 1], [60, 1], [70, 1], [80, 1], [90, 1], [100, 1], [110, 1],
                    [120, 1], [130, 1], [140, 1], [150, 1], [160, 1], [170, 1], [180, 1], [190, 1], [200, 1]
                  ],
                  "count": 20,
                  "max": 200,
                  "mean": 105,
                  "percentiles": { "p50": 100, "p75": null, "p90": null, "p95": null, "p99": null, "p99.9": null, "p99.99": null }
                }

                """)
        let read = try JSONDecoder().decode(LatencyResult.self, from: Data(text.utf8))
        #expect(read.buckets.count == 20)
        #expect(read.percentile(50) == 100)
    }
}

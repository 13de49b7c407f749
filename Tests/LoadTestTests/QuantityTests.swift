import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct QuantityTests {
    @Test func timesHaveThreeDigitsAndAUnitThatFits() {
        let times: [(Double?, String)] = [
            (nil, "n/a"), (.nan, "n/a"), (0, "0 µs"), (0.5, "0.50 µs"), (7.25, "7.25 µs"), (9.996, "10.0 µs"),
            (99.96, "100 µs"), (182.4, "182 µs"), (999.4, "999 µs"), (999.6, "1.00 ms"), (1_499, "1.50 ms"),
            (23_456, "23.5 ms"), (999_700, "1.00 s"), (1e6, "1.00 s"), (123e6, "123 s"),
        ]
        for (microseconds, text) in times { #expect(Quantity.time(microseconds: microseconds) == text) }
    }

    @Test func otherQuantities() {
        #expect(
            [0, 999, 1_000, 12_345_678, -4_000].map(Quantity.count) == ["0", "999", "1 000", "12 345 678", "-4 000"])
        #expect([nil, 0, 3.14159, 19_997.6].map(Quantity.rate) == ["n/a", "0", "3.14", "19 998"])
        #expect([nil, 0, 512, 34_100_000].map(Quantity.bytes) == ["n/a", "0 B", "512 B", "34.1 MB"])
        #expect([nil, 0.25, 0.9731, 1].map(Quantity.share) == ["n/a", "25 %", "97.3 %", "100 %"])
        #expect(
            LatencyResult.shown.map(Quantity.percentile).joined(separator: " ") == "p50 p75 p90 p95 p99 p99.9 p99.99")
        #expect([50, 1_000, 20_000, 1_500_000].map(Quantity.axisCount) == ["50", "1k", "20k", "1.5M"])
        #expect([0.5, 50, 2_000, 5e6].map(Quantity.axisTime) == ["0.5 µs", "50 µs", "2 ms", "5 s"])
        #expect(Quantity.unbroken("20 000 events/s within 2.1 ms") == "20\u{A0}000 events/s within 2.1\u{A0}ms")
    }
}

import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct PercentileFileTests {
    /// Ten samples: 1 ms five times, 2 ms four times, 10 ms once, of which the histogram keeps three digits.
    @Test func isHdrHistogramsTextInMilliseconds() {
        let latency = SampleResults.latency([1_000, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 10_000])
        #expect(
            PercentileFile(latency).text == """
                       Value     Percentile TotalCount 1/(1-Percentile)

                       1.000 0.000000000000          5           1.00
                       1.000 0.100000000000          5           1.11
                       1.000 0.200000000000          5           1.25
                       1.000 0.300000000000          5           1.43
                       1.000 0.400000000000          5           1.67
                       1.000 0.500000000000          5           2.00
                       2.000 0.550000000000          9           2.22
                       2.000 0.600000000000          9           2.50
                       2.000 0.650000000000          9           2.86
                       2.000 0.700000000000          9           3.33
                       2.000 0.750000000000          9           4.00
                       2.000 0.775000000000          9           4.44
                       2.000 0.800000000000          9           5.00
                       2.000 0.825000000000          9           5.71
                       2.000 0.850000000000          9           6.67
                       2.000 0.875000000000          9           8.00
                       2.000 0.887500000000          9           8.89
                       2.000 0.900000000000          9          10.00
                      10.007 0.912500000000         10          11.43
                      10.007 1.000000000000         10
                #[Mean    =        2.300, StdDeviation   =        2.611]
                #[Max     =       10.007, Total count    =           10]
                #[Buckets =            4, SubBuckets     =         2048]

                """)
    }

    @Test func ofNothingIsStillAFile() {
        let text = PercentileFile(.empty).text
        #expect(text.contains("Total count    =            0]"))
        #expect(!text.contains("nan"))
    }
}

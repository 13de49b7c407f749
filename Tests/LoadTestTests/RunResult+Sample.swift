@testable import LoadTest

extension RunResult {
    /// A run at 10 000 events a second for as many seconds as there are figures of the backlog; all of it is well by
    /// default.
    ///
    /// - Parameters:
    ///   - latency: p99 in microseconds; p50 is half of it.
    ///   - samples: how many latencies were measured.
    ///   - driverSeconds: CPU time of the driver.
    static func sample(
        label: String = "run", rate: Double = 10_000, latency: Double = 1_000, samples: Int = 10_000,
        backlog: [Int] = [3, 0, 5, 2, 1, 4, 0, 2], driverSeconds: Double? = 1
    ) -> RunResult {
        let buckets: [LatencyResult.Bucket] = [
            .init(microseconds: latency / 2, count: samples * 6 / 10),
            .init(microseconds: latency, count: samples * 4 / 10),
        ]
        let distribution = LatencyResult(
            count: samples, buckets: samples > 0 ? buckets : [], mean: 0.7 * latency, max: 1.2 * latency)
        return RunResult(
            label: label, seed: 1, offeredRate: 10_000, achievedRate: rate, seconds: Double(backlog.count),
            counts: Counts(), stages: [StageResult(stage: .popped, latency: distribution)], uncorrected: distribution,
            sendLag: distribution,
            driverUse: driverSeconds.map { ProcessUse(cpuSeconds: $0, peakMemoryBytes: 0, contextSwitches: 0) },
            generatorUse: ProcessUse(cpuSeconds: 1, peakMemoryBytes: 0, contextSwitches: 0), generatorBusy: 0.2,
            series: backlog.enumerated().map {
                SecondSample(second: $0, intended: 10_000, published: 10_000, popped: 10_000, backlog: $1)
            })
    }
}

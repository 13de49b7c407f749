extension SoakReport {
    /// Memory that grows faster than this, in bytes a minute, is a leak.
    static let tolerableMemory = 1e6
    /// By how much p99 may grow from the first third to the last.
    static let tolerableLatency = 1.2

    /// The slopes of one long run; nil if it was too short or its driver cannot be watched.
    init?(_ run: RunResult) {
        let series = run.measuredSeries
        func slope(_ value: (SecondSample) -> Int?) -> Slope? {
            let points = series.compactMap { second in
                value(second).map { (x: Double(second.second) / 60, y: Double($0)) }
            }
            return TheilSen(points).map { Slope(perMinute: $0.slope, low: $0.interval.low, high: $0.interval.high) }
        }
        let third = series.count / 3
        guard let memory = slope(\.driverMemoryBytes), let descriptors = slope(\.driverDescriptors),
            let first = Median.of(series.prefix(third).compactMap(\.p99)),
            let last = Median.of(series.suffix(third).compactMap(\.p99))
        else { return nil }
        self.init(memorySlope: memory, descriptorSlope: descriptors, latencyGrowth: last / first)
    }

    /// What a long run must show.
    var checks: [Check] {
        [
            Check(
                condition: "memory grows by less than 1 MB/min", measured: Slopes.memory(self),
                holds: memorySlope.low < Self.tolerableMemory),
            Check(
                condition: "descriptors do not grow", measured: Slopes.descriptors(self),
                holds: descriptorSlope.low <= 0),
            Check(
                condition: "p99 of the last third < 1.2 x the first",
                measured: Quantity.decimal(latencyGrowth, places: 2), holds: latencyGrowth < Self.tolerableLatency),
        ]
    }
}

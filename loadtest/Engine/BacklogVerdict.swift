/// Whether a rate was sustained: everything arrived, soon enough, and the backlog did not grow.
enum BacklogVerdict {
    /// The share of the offered events that must have been driven in the measured time.
    static let leastAchieved = 0.99
    /// A backlog that grows by less than this share of the rate is flat.
    static let tolerableGrowth = 0.001

    /// Why `run` did not sustain its rate, in words; nil if it did.
    ///
    /// - Parameter bound: on p99 of the last stage, microseconds. With too few samples for a p99 the longest latency
    ///   must keep it.
    static func failure(of run: RunResult, bound: Double) -> String? {
        let counts = run.counts
        if !counts.isCorrect {
            return "\(counts.lost) copies were lost, \(counts.doubled) doubled and \(counts.misrouted) misrouted"
        }
        if let reason = run.invalid.first { return "the probe is invalid: \(reason)" }
        let achieved = run.achievedRate / run.offeredRate
        let missing = (run.offeredRate - run.achievedRate) * run.seconds
        // Those that were due last may still be on their way.
        let underWay = run.offeredRate * bound / 1e6 + 1
        if achieved < leastAchieved, missing > underWay {
            return "only \(Quantity.share(achieved)) of the events were driven in time"
        }
        if let growth = growth(of: run) {
            return "the backlog grew by \(Int(growth.rounded())) events/s"
        }
        guard let latency = run.stages.last?.latency, latency.count > 0 else { return "no copy arrived" }
        let p99 = latency.percentile(99)
        let measured = p99 ?? latency.max
        if measured > bound {
            let name = p99 == nil ? "the longest latency" : "p99"
            let times = [measured, bound].map { Quantity.time(microseconds: $0) }
            return "\(name) was \(times[0]), over \(times[1])"
        }
        return nil
    }

    /// By how many events a second the backlog certainly grew; nil if it may have been flat.
    private static func growth(of run: RunResult) -> Double? {
        let backlog = run.measuredSeries.map { (x: Double($0.second), y: Double($0.backlog)) }
        guard let trend = TheilSen(backlog) else { return nil }
        let isFlat = trend.interval.low <= 0 || trend.slope < run.offeredRate * tolerableGrowth
        return isFlat ? nil : trend.slope
    }
}

/// A figure of a run by which drivers are compared.
enum ComparedMetric: String, CaseIterable, Codable, Sendable {
    case medianLatency = "e2e.p50"
    case p90Latency = "e2e.p90"
    case p99Latency = "e2e.p99"
    case p999Latency = "e2e.p99.9"
    /// Events a second.
    case achievedRate = "rate.achieved"
    /// Microseconds of CPU time of the driver, or of Redis, for one event.
    case driverCPU = "driver.cpu_per_event"
    case redisCPU = "redis.cpu_per_event"

    static let usual: [ComparedMetric] = [.medianLatency, .p99Latency, .achievedRate, .driverCPU]

    /// CPU time.
    var isCost: Bool { self == .driverCPU || self == .redisCPU }
    var better: BetterDirection { self == .achievedRate ? .higher : .lower }

    /// Latencies in microseconds. Nil if the run did not measure it, or if it is 0, of which there are no ratios.
    func value(of run: RunResult) -> Double? {
        let value: Double? =
            switch self {
            case .medianLatency: run.finalLatency.percentile(50)
            case .p90Latency: run.finalLatency.percentile(90)
            case .p99Latency: run.finalLatency.percentile(99)
            case .p999Latency: run.finalLatency.percentile(99.9)
            case .achievedRate: run.achievedRate
            case .driverCPU: run.microsecondsPerEvent(run.driverUse)
            case .redisCPU: run.microsecondsPerEvent(run.redisUse)
            }
        return value.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    }

    // MARK: In words

    /// A value with its unit.
    func text(_ value: Double) -> String {
        self == .achievedRate ? "\(Int(value.rounded()))/s" : Quantity.time(microseconds: value)
    }

    /// What B does, if its figure is so many times that of A: `12 % slower`.
    func change(_ ratio: Double) -> String {
        let words: (more: String, less: String) =
            switch self {
            case .medianLatency, .p90Latency, .p99Latency, .p999Latency: ("slower", "faster")
            case .achievedRate: ("more events/s", "fewer events/s")
            case .driverCPU, .redisCPU: ("more CPU per event", "less CPU per event")
            }
        return "\(Self.percent(ratio)) \(ratio < 1 ? words.less : words.more)"
    }

    /// By how much a ratio differs from 1, without its sign: `5.0 %`, `12 %`.
    static func percent(_ ratio: Double) -> String {
        let percent = abs(ratio - 1) * 100
        return percent < 9.95 ? "\((percent * 10).rounded() / 10) %" : "\(Int(percent.rounded())) %"
    }
}

import Glibc

@testable import LoadTest

/// Made-up results that look like real ones, always the same.
enum SampleResults {
    static let all: [String: TestResult] = [
        "good": good, "invalid": invalid, "lossy": lossy, "stalled": stalled, "saturated": saturated, "soak": soak,
        "interrupted": interrupted,
    ]

    /// Five good repeats at 20 000 events a second.
    static let good: TestResult = {
        var result = empty(.run)
        result.arguments = ["run", "--rate", "20000", "--threshold", "e2e.p99<20ms"]
        result.runs = (1...5).map { run("repeat \($0)", seed: UInt64($0), rate: 20_000, seconds: 20) }
        result.checks = [
            Check(condition: "e2e.p99<20ms", measured: "2.31 ms", holds: true),
            Check(condition: "lost==0", measured: "0", holds: true),
        ]
        return result
    }()

    /// The generator itself was late.
    static let invalid: TestResult = {
        var result = good
        result.outcome = .invalid
        for index in 1...2 {
            result.runs[index].invalid = [
                "The load generator was late: p99 of its send lag was 4.10 ms, the bound is 1 ms."
            ]
            result.runs[index].generatorBusy = 0.93
        }
        result.warnings = ["The load average was 3.1 on 2 cores when the test began."]
        return result
    }()

    /// A driver that loses, doubles and misroutes.
    static let lossy: TestResult = {
        var result = good
        result.outcome = .incorrect
        result.driver = "spawn:ruby driver.rb --fast"
        result.runs[1].counts.lost = 40
        result.runs[1].counts.arrivedCopies -= 40
        result.runs[3].counts.doubled = 39
        result.runs[4].counts.misrouted = 1
        result.runs[4].counts.outOfOrder = 12
        result.runs[4].counts.waiting = 1_310
        result.checks.append(Check(condition: "lost==0", measured: "40", holds: false))
        return result
    }()

    /// Redis stood still for a second of twenty.
    static let stalled: TestResult = {
        var result = empty(.run)
        result.arguments = ["run", "--rate", "1000", "--repeats", "1"]
        result.runs = [run("repeat 1", seed: 9, rate: 1_000, seconds: 20, stall: 8)]
        result.outcome = .thresholdMissed
        result.checks = [Check(condition: "e2e.p99<20ms", measured: "798 ms", holds: false)]
        return result
    }()

    /// A search with the ceiling beside it.
    static let saturated: TestResult = {
        var result = empty(.saturate)
        result.arguments = ["saturate", "--slo", "e2e.p99<25ms", "--beside", "Benchmarks/ceiling/lanes {host} {port}"]
        let limit = 61_000.0
        let rates = [10_000.0, 15_000, 22_500, 33_750, 50_625, 75_938, 62_000, 56_000, 59_500, 60_700, 61_400]
        result.runs = rates.enumerated().map { index, rate in
            run(
                "probe at \(Int(rate))/s", seed: UInt64(100 + index), rate: rate, seconds: 8,
                growth: max(0, rate - limit), load: min(rate / limit, 0.99))
        }
        let shares = [0.25, 0.5, 0.75, 0.9]
        result.saturation = Saturation(
            rate: 61_000, lowest: 59_800, highest: 61_900, bound: 25_000,
            probes: rates.map { rate in
                Saturation.Probe(rate: rate, failure: rate > limit ? "p99 grew to 312 ms and the backlog with it" : nil)
            },
            table: shares.map { share in
                let own = run("", seed: UInt64(share * 1_000), rate: limit * share, seconds: 20, load: share)
                let other = run("", seed: UInt64(share * 2_000), rate: limit * share, seconds: 20, load: share * 0.9)
                return Saturation.LoadPoint(
                    share: share, rate: limit * share, latency: own.finalLatency, besideLatency: other.finalLatency)
            },
            beside: Saturation.Beside(
                driver: "Benchmarks/ceiling/lanes {host} {port}", rate: 66_100, lowest: 64_900, highest: 67_000,
                probes: [Saturation.Probe(rate: 66_100, failure: nil)]))
        return result
    }()

    /// Half an hour.
    static let soak: TestResult = {
        var result = empty(.soak)
        result.arguments = ["soak", "--duration", "30m", "--rate", "600"]
        result.runs = [run("soak", seed: 5, rate: 600, seconds: 1_800, perSecond: 20)]
        result.soak = SoakReport(
            memorySlope: SoakReport.Slope(perMinute: 21_000, low: -12_000, high: 54_000),
            descriptorSlope: SoakReport.Slope(perMinute: 0, low: 0, high: 0), latencyGrowth: 1.03)
        result.checks = [
            Check(condition: "memory slope < 1 MB/min", measured: "0.02 MB/min (-0.01 to 0.05)", holds: true)
        ]
        return result
    }()

    /// Ended before anything was measured.
    static let interrupted: TestResult = {
        var result = empty(.run)
        result.outcome = .interrupted
        result.warnings = ["The test was ended by Ctrl-C in the warm-up of the first repeat."]
        return result
    }()

    /// A result without a run.
    static func empty(_ command: TestResult.Command) -> TestResult {
        TestResult(
            command: command, startedAt: "2026-11-21T14:00:00Z", version: "busdriver 0.1.0",
            driver: "busdriver 0.1.0", arguments: [command.rawValue],
            host: HostReport(
                cpu: "AMD EPYC 7B13", cores: 2, kernel: "Linux 6.1.0", memoryBytes: 8_000_000_000, governor: nil,
                loadAverage: 0.41),
            redis: RedisReport(
                version: "7.0.15", transport: "unix socket", appendOnly: "off", maxmemoryPolicy: "noeviction",
                isPrivate: true),
            scenario: Scenario(),
            calibration: Calibration(
                roundTripsPerSecond: 31_000, roundTripMedianMicroseconds: 29.5, pushesPerSecond: 410_000,
                popsPerSecond: 1_900_000, computeScore: 812))
    }

    /// A latency with these microseconds as its samples.
    static func latency(_ samples: [Double]) -> LatencyResult {
        var counts: [Double: Int] = [:]
        for sample in samples { counts[sample, default: 0] += 1 }
        return LatencyResult(
            count: samples.count,
            buckets: counts.sorted { $0.key < $1.key }.map {
                LatencyResult.Bucket(microseconds: $0.key, count: $0.value)
            },
            mean: samples.isEmpty ? 0 : samples.reduce(0, +) / Double(samples.count), max: samples.max() ?? 0)
    }

    /// - Parameters:
    ///   - stall: the second that Redis stands still.
    ///   - growth: events by which the backlog grows each second.
    ///   - load: how near to saturation; makes the tail.
    ///   - perSecond: how many events of each second are drawn.
    static func run(
        _ label: String, seed: UInt64, rate: Double, seconds: Int, stall: Int? = nil, growth: Double = 0,
        load: Double = 0.4, perSecond: Int = 500
    ) -> RunResult {
        var chance = SplitMix64(seed: seed)
        var due: [Double] = []
        var sent: [Double] = []
        var queued: [Double] = []
        var published: [Double] = []
        var lag: [Double] = []
        var series: [SecondSample] = []
        for second in 0..<seconds {
            var ofSecond: [Double] = []
            for index in 0..<perSecond {
                let late = 3 * exp(0.7 * chance.normal())
                let push = 45 * exp(0.35 * chance.normal())
                let drive =
                    90 * exp(0.4 * chance.normal()) / (1 - load) + (chance.unit() < 0.01 ? 2_000 * chance.unit() : 0)
                let pop = 60 * exp(0.3 * chance.normal())
                let waits = growth * (Double(second) + Double(index) / Double(perSecond)) / rate * 1_000_000
                let stands = stall == second ? 1_000_000 * (1 - Double(index) / Double(perSecond)) : 0
                lag.append(rounded(late))
                published.append(rounded(late + push + stands))
                queued.append(rounded(late + push + drive + waits + stands))
                let popped = rounded(late + push + drive + pop + waits + stands)
                due.append(popped)
                sent.append(rounded(push + drive + pop + waits))
                ofSecond.append(popped)
            }
            let latency = latency(ofSecond)
            series.append(
                SecondSample(
                    second: second, intended: Int(rate + rate.squareRoot() * chance.normal()),
                    published: Int(stall == second ? 0 : stall == second - 1 ? 2 * rate : rate),
                    popped: Int(stall == second ? 0 : stall == second - 1 ? 2 * rate : rate - growth),
                    backlog: Int(stall == second ? rate : growth * Double(second + 1) + 20 * chance.unit()),
                    p50: latency.percentile(50), p99: ofSecond.sorted()[perSecond * 99 / 100], max: latency.max,
                    heat: heat(ofSecond, weight: rate / Double(perSecond)),
                    driverCPU: rate * 6.2e-6 + 0.01 * chance.unit(),
                    redisCPU: rate * 8.1e-6 + 0.01 * chance.unit(),
                    driverMemoryBytes: 21_000_000 + Int(400_000 * log(Double(second + 2)))
                        + Int(60_000 * chance.unit()),
                    driverDescriptors: 11))
        }
        let events = Int(rate) * (seconds + 4)
        let measured = rate * Double(seconds)
        return RunResult(
            label: label, seed: seed, offeredRate: rate, achievedRate: rate - growth, seconds: Double(seconds),
            counts: Counts(published: events, expectedCopies: events, arrivedCopies: events),
            stages: [
                StageResult(stage: .published, latency: latency(published)),
                StageResult(stage: .queued, latency: latency(queued)),
                StageResult(stage: .popped, latency: latency(due)),
            ],
            uncorrected: latency(sent), sendLag: latency(lag),
            driverUse: ProcessUse(
                cpuSeconds: measured * 6.2e-6 * (1 + 0.03 * chance.normal()), peakMemoryBytes: 23_400_000,
                contextSwitches: 41_000),
            redisUse: ProcessUse(
                cpuSeconds: measured * 8.1e-6 * (1 + 0.03 * chance.normal()), peakMemoryBytes: 11_000_000,
                contextSwitches: 52_000),
            generatorUse: ProcessUse(
                cpuSeconds: measured * 4.4e-6, peakMemoryBytes: 61_000_000, contextSwitches: 80_000),
            generatorBusy: min(0.95, rate * 1.1e-5),
            redisCommands: ["rpush": Int(measured) * 2, "lpop": Int(measured / 300), "evalsha": Int(measured / 90)],
            redisInputBytes: Int(measured * 1_130), redisOutputBytes: Int(measured * 1_010), series: series,
            riderQuantumMicroseconds: 180)
    }

    /// To three digits, as a histogram keeps them.
    private static func rounded(_ microseconds: Double) -> Double {
        let step = pow(10, max(0, floor(log10(max(microseconds, 1))) - 2))
        return (microseconds / step).rounded() * step
    }

    private static func heat(_ samples: [Double], weight: Double) -> [Int] {
        var heat: [Int] = []
        for sample in samples {
            let bucket = max(0, Int(floor(2 * log2(sample / 10))))
            if bucket >= heat.count { heat += repeatElement(0, count: bucket + 1 - heat.count) }
            heat[bucket] += max(1, Int(weight))
        }
        return heat
    }
}

extension SplitMix64 {
    fileprivate mutating func unit() -> Double {
        Double(next() >> 11) / 9_007_199_254_740_992
    }

    fileprivate mutating func normal() -> Double {
        sqrt(-2 * log(1 - unit())) * cos(2 * .pi * unit())
    }
}

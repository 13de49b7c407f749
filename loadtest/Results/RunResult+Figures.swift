extension RunResult {
    /// The distribution of `stage`; nil if the run did not measure it.
    func latency(to stage: Stage) -> LatencyResult? {
        stages.first { $0.stage == stage }?.latency
    }

    /// The distribution of the last stage; empty if nothing was measured.
    var finalLatency: LatencyResult { stages.last?.latency ?? .empty }

    /// Events driven in the measured time.
    var measuredEvents: Double { achievedRate * seconds }

    /// CPU time of one event in microseconds; nil without events or without knowing the process.
    func microsecondsPerEvent(_ use: ProcessUse?) -> Double? {
        guard let use, measuredEvents > 0 else { return nil }
        return use.cpuSeconds * 1_000_000 / measuredEvents
    }

    /// Copies that one event makes on average.
    var copiesPerEvent: Double {
        counts.published > 0 ? Double(counts.expectedCopies) / Double(counts.published) : 1
    }

    /// The seconds that count: without those after the last event was due.
    var measuredSeries: [SecondSample] { series.filter { Double($0.second) + 0.5 <= seconds } }
}

extension TestResult {
    /// The latency to the last stage of all runs together; of a search, whose probes say nothing together, that at the
    /// highest load of its table.
    var popped: LatencyResult {
        saturation?.table.last?.latency ?? .merged(runs.map(\.finalLatency))
    }
}

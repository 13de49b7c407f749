extension RunResult {
    /// What a trial found out.
    ///
    /// - Parameter observation: nil if it ended before it measured anything.
    init(
        _ trial: Trial, workload: any Workload, generator: LoadGenerator, observation: Observation?,
        leftovers: Leftovers, failure: LoadGenerator.Failure?
    ) async {
        let measurement = observation == nil ? Measurement() : await generator.measurement
        let load = trial.scenario.load
        self.init(
            label: trial.label, seed: trial.seed, offeredRate: load.curve.mean(over: load.duration),
            achievedRate: 0, seconds: observation?.seconds ?? 0,
            counts: await generator.ledger.counts(waiting: leftovers.waiting, failed: leftovers.failed),
            stages: [
                StageResult(stage: .published, latency: measurement.published.result),
                StageResult(stage: .queued, latency: measurement.queued.result),
                StageResult(stage: .popped, latency: measurement.popped.result),
            ],
            uncorrected: measurement.uncorrected.result, sendLag: measurement.sendLag.result,
            generatorUse: observation?.generator ?? ProcessUse(cpuSeconds: 0, peakMemoryBytes: 0, contextSwitches: 0),
            generatorBusy: 0)
        if let observation { add(observation, measurement) }
        judge(failure)
    }

    private mutating func add(_ observation: Observation, _ measurement: Measurement) {
        let published = measurement.seconds.reduce(0) { $0 + $1.intended }
        let growth = (observation.backlog.last?.events ?? 0) - (observation.backlog.first?.events ?? 0)
        achievedRate = Double(published - growth) / seconds
        generatorBusy = observation.generatorSeconds / seconds
        driverUse = ProcessUse(over: observation.usage.map(\.driver))
        redisUse = ProcessUse(over: observation.usage.map(\.redis))
        redisCommands = observation.redis.commands
        redisInputBytes = observation.redis.inputBytes
        redisOutputBytes = observation.redis.outputBytes
        riderQuantumMicroseconds = measurement.meanLook / 1000
        series = measurement.seconds.enumerated().map { second, tally in
            SecondSample(second, tally, observation, start: measurement.start)
        }
    }

    /// Why the generator's own figures make the rest worthless (loadtest.md §2.2).
    private mutating func judge(_ failure: LoadGenerator.Failure?) {
        if failure == .backpressure { invalid.append(LoadGenerator.Failure.backpressure.sentence) }
        problem = failure == .backpressure ? nil : failure?.sentence
        if generatorBusy > 0.8 {
            invalid.append("The load generator was busy for \(Int(generatorBusy * 100)) % of the time.")
        }
        guard let lag = sendLag.percentile(99) else { return }
        let popped = stages.last?.latency.percentile(99) ?? .infinity
        if lag > 1000 || lag > 100 && lag > popped / 4 {
            invalid.append("The load generator was late itself: p99 \(Int(lag)) µs.")
        }
    }
}

extension SecondSample {
    fileprivate init(_ second: Int, _ tally: SecondTally, _ observation: Observation, start: Int64) {
        let end = start + Int64(second + 1) * 1_000_000_000
        let usage = observation.usage
        let before = second < usage.count ? usage[second] : nil
        let after = second + 1 < usage.count ? usage[second + 1] : nil
        self.init(
            second: second, intended: tally.intended, published: tally.published, popped: tally.popped,
            backlog: observation.backlog.last { $0.time <= end }?.events ?? 0, p50: tally.percentile(50),
            p99: tally.percentile(99), max: tally.highest, heat: tally.heat,
            driverCPU: Self.cores(from: before?.driver, to: after?.driver),
            redisCPU: Self.cores(from: before?.redis, to: after?.redis),
            driverMemoryBytes: after?.driver?.memoryBytes, driverDescriptors: after?.driver?.descriptors)
    }

    private static func cores(from before: ProcessReading?, to after: ProcessReading?) -> Double? {
        guard let before, let after else { return nil }
        return after.cpuSeconds - before.cpuSeconds
    }
}

extension ProcessUse {
    /// What was used between the first and the last of `readings`; nil without two.
    fileprivate init?(over readings: [ProcessReading?]) {
        guard let first = readings.first, let first, let last = readings.last(where: { $0 != nil }), let last else {
            return nil
        }
        self.init(from: first, to: last)
    }
}

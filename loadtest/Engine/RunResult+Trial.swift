extension RunResult {
    /// What a trial found out.
    ///
    /// - Parameters:
    ///   - observation: nil if it ended before it measured anything.
    ///   - leftovers: nil if Redis could not be asked any more; then nobody knows what is lost or kept.
    init(
        _ trial: Trial, generator: LoadGenerator, observation: Observation?, leftovers: Leftovers?,
        failure: LoadGenerator.Failure?
    ) async {
        let measurement = observation == nil ? Measurement() : await generator.measurement
        self.init(
            label: trial.label, seed: trial.seed, offeredRate: 0, achievedRate: 0, seconds: 0,
            counts: await generator.ledger.counts(
                waiting: leftovers?.waiting ?? [], failed: leftovers?.failed ?? []),
            stages: [
                StageResult(stage: .published, latency: measurement.published.result),
                StageResult(stage: .queued, latency: measurement.queued.result),
                StageResult(stage: .popped, latency: measurement.popped.result),
            ],
            uncorrected: measurement.uncorrected.result, sendLag: measurement.sendLag.result,
            generatorUse: observation?.generator ?? ProcessUse(cpuSeconds: 0, peakMemoryBytes: 0, contextSwitches: 0),
            generatorBusy: 0)
        if leftovers == nil {
            counts.lost = 0
            counts.malformed = 0
        }
        if let observation { add(observation, measurement) }
        judge(failure, mustBePunctual: trial.backlog == nil)
    }

    private mutating func add(_ observation: Observation, _ measurement: Measurement) {
        seconds = observation.seconds
        offeredRate = Double(observation.offered) / seconds
        achievedRate = Double(observation.driven) / seconds
        generatorBusy = observation.generatorSeconds / seconds
        driverUse = observation.driver
        redisUse = observation.server
        redisCommands = observation.redis.commands
        redisInputBytes = observation.redis.inputBytes
        redisOutputBytes = observation.redis.outputBytes
        riderQuantumMicroseconds = measurement.meanLook / 1000
        series = measurement.seconds.enumerated().map { second, tally in
            SecondSample(second, tally, observation, start: measurement.start)
        }
    }

    /// Why the generator's own figures make the rest worthless.
    ///
    /// - Parameter mustBePunctual: whether the generator had to keep a schedule, and not only to look on.
    private mutating func judge(_ failure: LoadGenerator.Failure?, mustBePunctual: Bool) {
        if let failure {
            if failure.invalidates { invalid.append(failure.sentence) } else { problem = failure.sentence }
        }
        if mustBePunctual, generatorBusy > 0.8 {
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
        // The readings around the middle of the second: on a busy machine they do not come to the millisecond.
        let usage = observation.usage
        let later = usage.firstIndex { $0.time > end - 500_000_000 }
        let after = later.map { usage[$0] }
        let before = later.flatMap { $0 > 0 ? usage[$0 - 1] : nil }
        let pause = before.flatMap { before in after.map { Double($0.time - before.time) * 1e-9 } }
        self.init(
            second: second, intended: tally.intended, published: tally.published, popped: tally.popped,
            backlog: observation.backlog.last { $0.time <= end }?.events ?? 0, p50: tally.percentile(50),
            p99: tally.percentile(99), max: tally.highest, heat: tally.heat,
            driverCPU: Self.cores(from: before?.driver, to: after?.driver, seconds: pause),
            redisCPU: Self.cores(from: before?.redis, to: after?.redis, seconds: pause),
            driverMemoryBytes: after?.driver?.memoryBytes, driverDescriptors: after?.driver?.descriptors)
    }

    private static func cores(
        from before: ProcessReading?, to after: ProcessReading?, seconds: Double?
    ) -> Double? {
        guard let before, let after, let seconds, seconds > 0 else { return nil }
        return (after.cpuSeconds - before.cpuSeconds) / seconds
    }
}

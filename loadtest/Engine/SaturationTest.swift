/// Finds the highest rate that a driver sustains, and how long events take at shares of it.
struct SaturationTest: Sendable {
    let session: TestSession
    /// On p99 of the last stage, microseconds.
    let bound: Double
    /// How close to the end the search comes; 0.03 is 3 %.
    let tolerance: Double
    /// The first rate that is tried, events a second.
    let start: Double

    private static let probeSeconds = 8.0
    private static let settleSeconds = 2.0
    private static let confirmations = 3
    private static let shares = [0.25, 0.5, 0.75, 0.9]

    /// What the search for one driver found.
    private struct Found {
        var rates: [Double]
        var probes: [Saturation.Probe]
        var rate: Double { Median.of(rates) ?? 0 }
    }

    /// Searches, confirms, and measures the table; for the other driver at the same rates.
    ///
    /// - Parameter beside: another driver to stand beside, such as a ceiling.
    /// - Throws: `SetupError` if not even a low rate is sustained.
    func run(beside: Scenario.Driver?, _ result: inout TestResult) async throws {
        guard let found = try await find(session.scenario.target.driver, &result) else { return }
        var saturation = Saturation(
            rate: found.rate, lowest: found.rates.min() ?? 0, highest: found.rates.max() ?? 0, bound: bound,
            probes: found.probes, table: [])
        // What is known remains when the rest fails.
        defer { result.saturation = saturation }
        if let beside, let other = try await find(beside, &result) {
            saturation.beside = Saturation.Beside(
                driver: beside.description, rate: other.rate, lowest: other.rates.min() ?? 0,
                highest: other.rates.max() ?? 0, probes: other.probes)
        }
        for share in Self.shares {
            guard let point = try await point(share, of: found.rate, beside: beside, &result) else { break }
            saturation.table.append(point)
        }
    }

    /// - Returns: nil after an interruption.
    private func find(_ driver: Scenario.Driver, _ result: inout TestResult) async throws -> Found? {
        var search = SaturationSearch(start: start, tolerance: tolerance)
        while true {
            switch search.next {
            case .probe(let rate):
                guard let run = try await probe(driver, rate, "probe", &result) else { return nil }
                search.probed(failure: BacklogVerdict.failure(of: run, bound: bound))
            case .found(let rate), .unlimited(let rate):
                guard let rates = try await confirm(driver, rate, &result) else { return nil }
                return Found(rates: rates, probes: search.probes)
            case .hopeless:
                let reason = search.probes.last?.failure ?? "it failed"
                throw SetupError(
                    "\(driver) does not sustain even \(Quantity.rate(search.probes.last?.rate)) events/s: \(reason).")
            }
        }
    }

    /// The rates that the driver really achieves at the rate that was found.
    private func confirm(
        _ driver: Scenario.Driver, _ rate: Double, _ result: inout TestResult
    ) async throws -> [Double]? {
        var rates: [Double] = []
        for _ in 0..<Self.confirmations {
            guard let run = try await probe(driver, rate, "confirms", &result) else { return nil }
            rates.append(min(run.achievedRate, rate))
        }
        return rates
    }

    private func probe(
        _ driver: Scenario.Driver, _ rate: Double, _ verb: String, _ result: inout TestResult
    ) async throws -> RunResult? {
        var scenario = session.scenario
        scenario.target.driver = driver
        scenario.load.curve = .constant(rate)
        scenario.load.arrival = .uniform
        scenario.load.duration = Self.probeSeconds
        scenario.load.warmUp = Self.settleSeconds
        return try await trial(scenario, "\(verb) \(Quantity.rate(rate))/s", &result)
    }

    private func point(
        _ share: Double, of rate: Double, beside: Scenario.Driver?, _ result: inout TestResult
    ) async throws -> Saturation.LoadPoint? {
        var scenario = session.scenario
        scenario.load.curve = .constant(rate * share)
        let label = "\(Quantity.share(share)) of saturation"
        guard let own = try await trial(scenario, label, &result), let latency = own.stages.last?.latency else {
            return nil
        }
        var point = Saturation.LoadPoint(share: share, rate: rate * share, latency: latency)
        if let beside {
            scenario.target.driver = beside
            guard let other = try await trial(scenario, label + ", beside", &result) else { return nil }
            point.besideLatency = other.stages.last?.latency
        }
        return point
    }

    /// - Returns: nil after an interruption.
    private func trial(
        _ scenario: Scenario, _ label: String, _ result: inout TestResult
    ) async throws -> RunResult? {
        guard !session.bed.interruption.isRequested else { return nil }
        let run = try await session.trial(scenario, label: label, seed: scenario.load.seed)
        result.runs.append(run)
        if let problem = run.problem, !session.bed.interruption.isRequested { throw SetupError(problem) }
        return session.bed.interruption.isRequested ? nil : run
    }
}

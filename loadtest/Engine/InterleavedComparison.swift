/// Runs two drivers in turn, A B B A A B …, so that what slows the machine down for a while meets both, until the
/// verdict is clear.
struct InterleavedComparison {
    /// Measures one driver once: the scenario's, with this label and seed.
    typealias Measure = (_ scenario: Scenario, _ label: String, _ seed: UInt64) async throws -> RunResult

    /// One of the two drivers.
    struct Side {
        var name: String
        var driver: Scenario.Driver
    }

    var a: Side
    var b: Side
    /// What each block does, apart from the driver; one block is one repeat.
    var scenario: Scenario
    /// Pairs of blocks at first; while the verdict is not clear, they are doubled.
    var pairs = 10
    var method = Comparison.Method()

    /// More would not make an undecided verdict clear in a useful time.
    static let mostPairs = 40

    private var measured: [(a: RunResult, b: RunResult)] = []
    /// Pairs of which a block was spoilt by the generator or the machine.
    private var spoilt = 0
    private var reasons: [String] = []

    init(a: Side, b: Side, scenario: Scenario) {
        self.a = a
        self.b = b
        self.scenario = scenario
        self.scenario.load.repeats = 1
    }

    /// Measures until the verdict is clear, ``mostPairs`` are done, copies go astray, or as many pairs are spoilt as
    /// were wanted.
    ///
    /// When `measure` throws, what was measured before remains for ``comparison``.
    ///
    /// - Throws: what `measure` throws; `SetupError` for a run that did not go to its end.
    mutating func run(measure: Measure) async throws {
        var wanted = min(pairs, Self.mostPairs)
        while true {
            while measured.count < wanted {
                try await measurePair(measure)
                if isIncorrect || spoilt > wanted { return }
            }
            guard wanted < Self.mostPairs, comparison.isUndecided else { return }
            wanted = min(2 * wanted, Self.mostPairs)
        }
    }

    /// There is something to say.
    var hasPairs: Bool { !measured.isEmpty }

    /// What the pairs up to now say.
    var comparison: Comparison {
        var comparison = Comparison(a: a.name, b: b.name, pairs: measured, method: method)
        if spoilt > 0 {
            let few = spoilt == 1 ? "1 pair was" : "\(spoilt) pairs were"
            comparison.warnings.append("\(few) left out, the last because \(reasons.last ?? "it was invalid").")
        }
        if spoilt > measured.count { comparison.outcome = .invalid }
        if isIncorrect {
            comparison.outcome = .incorrect
            for (side, runs) in [(a, measured.map(\.a)), (b, measured.map(\.b))] {
                guard let counts = runs.last?.counts, !counts.isCorrect else { continue }
                comparison.warnings.append(
                    "\(side.name): of \(counts.expectedCopies) copies \(counts.lost) were lost, \(counts.doubled) doubled "
                        + "and \(counts.misrouted) misrouted.")
            }
        }
        return comparison
    }

    private var isIncorrect: Bool {
        guard let last = measured.last else { return false }
        return !last.a.counts.isCorrect || !last.b.counts.isCorrect
    }

    private mutating func measurePair(_ measure: Measure) async throws {
        let number = measured.count + spoilt
        // Both get the same events.
        let seed = scenario.load.seed &+ UInt64(number)
        func block(_ side: Side, _ letter: String) async throws -> RunResult {
            var scenario = scenario
            scenario.target.driver = side.driver
            let run = try await measure(scenario, "\(letter) \(number + 1)", seed)
            if let problem = run.problem { throw SetupError("\(side.name): \(problem)") }
            return run
        }
        let runs: (a: RunResult, b: RunResult)
        if number.isMultiple(of: 2) {
            let first = try await block(a, "A")
            runs = (first, try await block(b, "B"))
        } else {
            let first = try await block(b, "B")
            runs = (try await block(a, "A"), first)
        }
        let problems = runs.a.invalid + runs.b.invalid
        if problems.isEmpty || !runs.a.counts.isCorrect || !runs.b.counts.isCorrect {
            measured.append(runs)
        } else {
            spoilt += 1
            reasons.append(contentsOf: problems)
        }
    }
}

import ArgumentParser
import CommandInterface

/// `loadtest saturate`
struct Saturate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds the highest rate with p99 under a bound and a flat backlog, and the latencies below it.",
        discussion: """
            Rates grow by half until one fails, and then the gap is halved; what fails is tried again first. Then latencies are measured at \
            25, 50, 75 and 90 % of what was found. With --beside another driver is searched for its own saturation and measured at the \
            same rates.

              loadtest saturate --slo 'e2e.p99<25ms'
              loadtest saturate --beside spawn:'old/busdriver run --redis {redis}' --duration 10s
            """)

    @Option(help: ArgumentHelp("The bound on p99 from publish to rider, such as 25ms.", valueName: "bound"))
    var slo = "e2e.p99<25ms"

    @Option(help: "How close to the end the search comes.")
    var tolerance = "3%"

    @Option(help: ArgumentHelp("Another driver to stand beside: spawn:'COMMAND'.", valueName: "driver"))
    var beside: String?

    @OptionGroup var options: ScenarioOptions

    /// The first rate, unless --rate gives one.
    private static let firstRate = 10_000.0

    func validate() throws {
        guard [options.ramp, options.steps].allSatisfy({ $0 == nil }) else {
            throw ValidationError(
                "saturate looks for the rate itself; --rate says where it begins, --ramp and --steps do nothing.")
        }
        guard options.repeats == nil else {
            throw ValidationError("saturate measures as often as it needs to; leave out --repeats.")
        }
        do throws(ScenarioError) {
            _ = try bound
            guard try NumberText.share(tolerance) > 0 else {
                throw ScenarioError("Without a --tolerance the search never ends; choose one, for example 3%.")
            }
            if let beside, try Scenario.Driver(beside) == .external {
                throw ScenarioError("An external driver runs during the other's turn, too; write spawn:'COMMAND'.")
            }
        } catch {
            throw ValidationError(error.description)
        }
    }

    func run() async throws {
        try await Complaint.onFailure {
            let scenario = try options.scenario()
            let (bound, tolerance) = (try bound, try NumberText.share(tolerance))
            let beside = try beside.map { try Scenario.Driver($0) }
            let start = options.rate == nil ? Self.firstRate : scenario.load.curve.rate(at: 0)
            try await TestSession.report(.saturate, options, scenario) { session, result in
                let test = SaturationTest(session: session, bound: bound, tolerance: tolerance, start: start)
                try await test.run(beside: beside, &result)
            }
        }
    }

    /// Microseconds.
    private var bound: Double {
        get throws(ScenarioError) {
            let prefix = "e2e.p99<"
            let text = slo.hasPrefix(prefix) ? slo.dropFirst(prefix.count) : slo[...]
            guard let bound = LatencyText.microseconds(text), bound > 0 else {
                throw ScenarioError("'\(slo)' is no bound; write 'e2e.p99<25ms'.")
            }
            return bound
        }
    }
}

import ArgumentParser
import CommandInterface

/// `loadtest soak`
struct Soak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs for long, and tells whether memory, descriptors or latency grow.",
        discussion: """
            Choose a rate of about 70 % of what saturate finds. One repeat of 30 minutes by default.

              loadtest soak --rate 20k --duration 2h
            """)

    @OptionGroup var options: ScenarioOptions

    private static let minutes = 30.0

    func validate() throws {
        guard options.repeats == nil else {
            throw ValidationError("soak measures once, for long; leave out --repeats, and choose --duration.")
        }
    }

    func run() async throws {
        try await Complaint.onFailure {
            var scenario = try options.scenario()
            scenario.load.repeats = 1
            if options.duration == nil, options.scenarioFile == nil { scenario.load.duration = Self.minutes * 60 }
            try await TestSession.report(.soak, options, scenario) { session, result in
                let run = try await session.trial(session.scenario, label: "soak", seed: session.scenario.load.seed)
                result.runs.append(run)
                result.soak = SoakReport(run)
                guard result.soak == nil, !session.bed.interruption.isRequested else { return }
                result.warnings.insert(
                    "There are no slopes: the run was too short, or its driver was not started by this test.", at: 0)
            }
        }
    }
}

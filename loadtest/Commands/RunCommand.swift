import ArgumentParser
import CommandInterface

/// `loadtest run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Publishes at a given rate, and tells how long events take and whether all arrive.",
        discussion: """
            Events leave when they are due, whether or not the driver keeps up, and latency counts from then.

            Examples:
              loadtest run --rate 5000 --duration 10s --repeats 1
              loadtest run --scenario loadtest/scenarios/wide.yml --threshold 'e2e.p99<20ms'
              loadtest run --redis redis://localhost:6379/7 --driver spawn:'bundle exec rake resque:work'
            """)

    @OptionGroup var options: ScenarioOptions

    func run() async throws {
        try await Complaint.onFailure {
            let scenario = try options.scenario()
            try await TestSession.run(.run, options, scenario) { session, result in
                let repeats = scenario.load.repeats
                for number in 1...repeats where !session.bed.interruption.isRequested {
                    let label = "repeat \(number) of \(repeats)"
                    let seed = scenario.load.seed + UInt64(number - 1)
                    result.runs.append(try await session.trial(scenario, label: label, seed: seed))
                }
            }
        }
    }
}

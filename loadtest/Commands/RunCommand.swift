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
            try await TestSession.report(.run, options, try options.scenario()) { session, result in
                try await session.repeats(&result)
            }
        }
    }
}

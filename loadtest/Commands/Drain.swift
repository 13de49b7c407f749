import ArgumentParser
import CommandInterface

/// `loadtest drain`
struct Drain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Has a driver drive a backlog: events a second, CPU and memory.",
        discussion: """
            The events wait before the driver starts; the time runs from the first event taken to the last, so that start-up does not
            count. The copies are popped and checked afterwards.

              loadtest drain --events 200000 --match-fanout 5
            """)

    @Option(help: ArgumentHelp("How many events wait.", valueName: "n"))
    var events = 200_000

    @OptionGroup var options: ScenarioOptions

    func validate() throws {
        guard events > 0 else { throw ValidationError("--events must be at least 1, not \(events).") }
        guard [options.rate, options.ramp, options.steps, options.duration, options.warmup].allSatisfy({ $0 == nil })
        else {
            throw ValidationError(
                "drain has no use for --rate, --ramp, --steps, --duration and --warmup; see --events.")
        }
    }

    func run() async throws {
        try await Complaint.onFailure {
            try await TestSession.report(.drain, options, try options.scenario()) { session, result in
                try await session.repeats(&result, backlog: events)
            }
        }
    }
}

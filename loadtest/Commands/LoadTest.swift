import ArgumentParser

/// `loadtest`, the command.
@main
struct LoadTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loadtest",
        abstract: "Finds out what a driver of resque-bus events carries, and how long events take.",
        subcommands: [RunCommand.self, Calibrate.self, Capture.self, Compare.self, Report.self])
}

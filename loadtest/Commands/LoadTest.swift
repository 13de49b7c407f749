import ArgumentParser
import CommandInterface

/// `loadtest`, the command.
@main
struct LoadTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loadtest",
        abstract: "Finds out what a driver of resque-bus events carries, and how long events take.",
        discussion: """
            loadtest run --rate 5000       how long events take at 5 000 a second, on a private Redis
            loadtest saturate              how many events a second this machine carries
            loadtest compare A B           is B better, the same, or worse?

            Exit codes: 0 done, 1 failed, 2 a threshold was missed, 3 copies lost, doubled or misrouted, 4 the run is invalid, \
            64 wrong usage, 69 Redis cannot be reached or cannot work for now, 78 somebody must change something about Redis \
            first, 130 interrupted. When Redis goes away in the middle of a test, that test has failed.
            """,
        version: "loadtest \(Version.current)",
        subcommands: [
            RunCommand.self, Saturate.self, Drain.self, Soak.self, Compare.self, Calibrate.self, Capture.self,
            Report.self,
        ])

    static func main() async { await runProgram() }
}

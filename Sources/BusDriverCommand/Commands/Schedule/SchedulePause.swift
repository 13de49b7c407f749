import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver schedule pause`
struct SchedulePause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Keeps schedules from firing until they are resumed.",
        discussion: """
            It outlasts restarts of schedulers. What is missed meanwhile is not made up.

            Example:
              busdriver schedule pause nightly
            """)

    @Argument(help: "Which schedules.")
    var names: [String]

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let known = try await session.knownSchedules()
            _ = try known.named(names)
            try await session.schedules.pause(names)
            for name in names {
                if output.json {
                    StandardOutput.write(["name": .string(name), "paused": .bool(true)])
                } else {
                    StandardOutput.write("\(TextTable.oneLine(name)) paused\n")
                }
            }
            known.tellWhoLeads(rubysPart: "Ruby knows no pause and fires it all the same")
        }
    }
}

import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver schedule resume`
struct ScheduleResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Lets schedules fire again.",
        discussion: """
            They go on with the next time after now.

            Example:
              busdriver schedule resume nightly
            """)

    @Argument(help: "Which schedules.")
    var names: [String]

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let known = try await session.knownSchedules()
            // Also what was removed in the meantime.
            _ = try known.named(names.filter { !known.paused.contains(ExactString($0)) })
            try await session.schedules.resume(names)
            for name in names {
                if output.json {
                    StandardOutput.write(["name": .string(name), "paused": .bool(false)])
                } else {
                    StandardOutput.write("\(TextTable.oneLine(name)) resumed\n")
                }
            }
            known.tellWhoLeads(rubysPart: "Ruby knows no pause and has fired it all the while")
        }
    }
}

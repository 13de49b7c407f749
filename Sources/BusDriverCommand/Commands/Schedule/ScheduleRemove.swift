import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver schedule remove`
struct ScheduleRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes schedules from Redis, for good.",
        discussion: """
            As Ruby's remove_schedule. What a scheduler has from its file or its code can be paused, not removed.

            Example:
              busdriver schedule remove nightly
            """)

    @Argument(help: "Which schedules.")
    var names: [String]

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let known = try await session.knownSchedules()
            for schedule in try known.named(names) { try schedule.checkRemoval() }
            for name in names {
                let isRemoved = try await session.schedules.remove(name)
                if output.json {
                    StandardOutput.write(["name": .string(name), "removed": .bool(isRemoved)])
                } else {
                    let outcome = isRemoved ? "removed" : "is gone: somebody else removed it"
                    StandardOutput.write("\(TextTable.oneLine(name)) \(outcome)\n")
                }
            }
        }
    }
}

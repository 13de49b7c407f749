import ArgumentParser
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
            let known = try await KnownSchedules(session)
            for schedule in try known.named(names) { try Self.check(schedule) }
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

    private static func check(_ schedule: KnownSchedule) throws(Complaint) {
        let remedy =
            switch schedule.source {
            case .redis: String?.none
            case .file: "the scheduler's file; edit the file"
            case .code: "the code of the scheduler's program; change it there"
            }
        guard let remedy else { return }
        throw Complaint(
            "\(schedule.name) comes from \(remedy), or stop it here: busdriver schedule pause '\(schedule.name)'.")
    }
}

import ArgumentParser
import BusCalendar
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver schedule run`
struct ScheduleRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Pushes the jobs of schedules to their queues now.",
        discussion: """
            As resque-web's Queue now. When they fire next does not change, and no scheduler is needed.

            Example:
              busdriver schedule run nightly
            """)

    @Argument(help: "Which schedules.")
    var names: [String]

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let entries = try await session.knownSchedules().named(names).map { try $0.runnable() }
            let queues = Queues(connection: session.connection, bus: session.keys)
            for entry in entries {
                try await queues.push([entry.element], to: entry.queue)
                if output.json {
                    StandardOutput.write(["name": .string(entry.name), "queue": .string(entry.queue)])
                } else {
                    StandardOutput.write(
                        "\(TextTable.oneLine(entry.name)) pushed to \(TextTable.oneLine(entry.queue))\n")
                }
            }
        }
    }
}

import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver delayed remove`
struct DelayedRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes jobs that wait, for good.",
        discussion: """
            With --class, --args and --queue together this is Ruby's remove_delayed_in_queue; otherwise every job that waits is
            looked at.

            Example:
              busdriver delayed remove --class Emailer --args '[42,"welcome"]' --queue emails
              busdriver delayed remove --queue emails --at 2026-12-24T18:00:00Z
            """)

    @OptionGroup var selection: DelayedSelection
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let delayed = DelayedQueue(connection: session.connection, bus: session.keys)
            let count = try await delayed.remove(selection.criteria)
            if output.json {
                StandardOutput.write(["removed": .integer(count)])
            } else {
                StandardOutput.write("removed \(count) jobs\n")
            }
        }
    }
}

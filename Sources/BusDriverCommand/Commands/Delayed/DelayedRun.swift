import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver delayed run`
struct DelayedRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Pushes jobs that wait to their queues now.",
        discussion: """
            What is no job, or names no queue, goes on waiting.

            Example:
              busdriver delayed run --class Emailer --args '[42,"welcome"]' --queue emails
              busdriver delayed run --at 1795240800
            """)

    @OptionGroup var selection: DelayedSelection
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let delayed = DelayedQueue(connection: session.connection, bus: session.keys)
            let count = try await delayed.run(selection.criteria)
            if output.json {
                StandardOutput.write(["pushed": .integer(count)])
            } else {
                StandardOutput.write("pushed \(count) jobs\n")
            }
        }
    }
}

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
            let count =
                if let job = selection.exactJob {
                    try await delayed.run(job.payload, on: job.queue)
                } else {
                    try await delayed.run(at: selection.at, where: selection.matches)
                }
            if output.json {
                StandardOutput.write(["pushed": .integer(count)])
            } else {
                StandardOutput.write("pushed \(count) jobs\n")
            }
        }
    }
}

import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver delayed count`
struct DelayedCount: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Counts everything that waits.",
        discussion: """
            Example:
              busdriver delayed count
              busdriver delayed count --json | jq .jobs
            """)

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let delayed = DelayedQueue(connection: session.connection, bus: session.keys)
            let jobs = try await delayed.count()
            let times = try await delayed.timeCount()
            if output.json {
                StandardOutput.write(["jobs": .integer(jobs), "times": .integer(times)])
            } else {
                StandardOutput.write("\(jobs) jobs at \(times) times\n")
            }
        }
    }
}

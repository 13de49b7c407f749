import ArgumentParser
import BusOperations
import BusWire
import CommandInterface

/// `busdriver failed clear`
struct FailedClear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Removes every entry for good.",
        discussion: """
            Example:
              busdriver failed list --limit 100000 --json > failed.jsonl && busdriver failed clear
            """)

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let count = try await FailureLists(connection: session.connection, bus: session.keys).clear()
            if output.json {
                StandardOutput.write(["removed": .integer(count)])
            } else {
                StandardOutput.write("removed \(count) entries\n")
            }
        }
    }
}

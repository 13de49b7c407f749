import ArgumentParser
import BusOperations
import BusWire
import CommandInterface
import RedisConnection

/// `busdriver failed remove`
struct FailedRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes entries for good.",
        discussion: """
            Example:
              busdriver failed remove 3f2a91 77c0de
              busdriver failed remove --retried
            """)

    @OptionGroup var selection: FailureSelection
    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let failures = FailureLists(connection: session.connection, bus: session.keys)
            try await selection.visit(in: failures) { entries throws(RedisError) in
                for (entry, isRemoved) in zip(entries, try await failures.remove(entries)) {
                    if output.json {
                        StandardOutput.write(["id": .string(entry.id), "removed": .bool(isRemoved)])
                    } else {
                        StandardOutput.write("\(entry.id) \(isRemoved ? "removed" : "was gone already")\n")
                    }
                }
                return 0
            }
        }
    }
}

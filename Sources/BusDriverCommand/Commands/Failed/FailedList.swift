import ArgumentParser
import BusOperations
import BusWire
import CommandInterface
import RedisConnection

/// `busdriver failed list`
struct FailedList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what failed, the newest last.",
        discussion: """
            Example:
              busdriver failed list --limit 100
              busdriver failed list --from 0 --limit 10 --json
              busdriver failed list --class Emailer --no-retried
            """)

    @Option(help: "How many entries.")
    var limit = 20

    @Option(help: "The place of the first, 0 for the oldest. Default: the newest entries.")
    var from: Int?

    @OptionGroup var filter: FailureFilter

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit > 0, from ?? 0 >= 0 else {
            throw ValidationError("--limit must be at least 1, and --from at least 0.")
        }
        guard from == nil || !filter.criteria.isSet else {
            throw ValidationError("--from counts all entries; leave it out where only some are meant.")
        }
    }

    func run() async throws {
        try await redis.withSession { session in
            let failures = FailureLists(connection: session.connection, bus: session.keys)
            let count = try await failures.count()
            let entries =
                if filter.criteria.isSet {
                    try await failures.newest(limit, matching: filter.criteria)
                } else if let from {
                    try await failures.entries(from: from, count: limit)
                } else {
                    try await failures.newest(limit)
                }
            if output.json {
                for entry in entries { StandardOutput.write(entry.summary) }
                return
            }
            guard !entries.isEmpty else {
                return StandardOutput.write(count == 0 ? try await Self.nothing(failures) : "No such entries.\n")
            }
            var table = TextTable(
                ("ID", .left), ("FAILED AT", .left), ("QUEUE", .left), ("CLASS", .left), ("ERROR", .left))
            for entry in entries {
                let error = entry.json == nil ? "(not JSON)" : "\(entry.exception): \(entry.error)"
                let retried = entry.retriedAt == nil ? "" : " (retried)"
                table.add(
                    entry.shortID, entry.failedAt, entry.queue, entry.className,
                    String(error.prefix(100)) + retried)
            }
            StandardOutput.write(table.text)
            if count > entries.count { StandardOutput.write("\(entries.count) of \(count) entries\n") }
        }
    }

    private static func nothing(_ failures: FailureLists) async throws(RedisError) -> String {
        let (waiting, isAll) = try await failures.waitingForRetry()
        guard waiting > 0 else { return "Nothing failed.\n" }
        let number = (isAll ? "" : "At least ") + (waiting == 1 ? "1 job waits" : "\(waiting) jobs wait")
        return "Nothing failed for good. \(number) for a retry.\n"
    }
}

import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface

/// `busdriver delayed list`
struct DelayedList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the next times and how many jobs wait for each; or the jobs of one time.",
        discussion: """
            Example:
              busdriver delayed list --limit 100
              busdriver delayed list --after 2026-12-01T00:00:00Z
              busdriver delayed list --at 1795240800 --json
            """)

    @Option(
        help: "Show the jobs of this time: epoch seconds or ISO 8601 with a zone.", transform: TimeText.parse)
    var at: Int?

    @Option(help: "Only times later than this one, written as for --at.", transform: TimeText.parse)
    var after: Int?

    @Option(help: "With --at, how many jobs to pass over.")
    var from = 0

    @Option(help: "How many times, or jobs.")
    var limit = 20

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit > 0, from >= 0 else {
            throw ValidationError("--limit must be at least 1, and --from at least 0.")
        }
        guard at == nil || after == nil else { throw ValidationError("Give either --at or --after.") }
        guard at != nil || from == 0 else { throw ValidationError("--from counts jobs; it needs --at.") }
    }

    func run() async throws {
        try await redis.withSession { session in
            let delayed = DelayedQueue(connection: session.connection, bus: session.keys)
            if let at {
                show(try await delayed.jobs(at: at, from: from, count: limit))
            } else {
                show(try await delayed.dueTimes(after: after, count: limit))
            }
        }
    }

    private func show(_ times: [DelayedQueue.DueTime]) {
        guard !output.json else {
            for time in times {
                StandardOutput.write([
                    "time": .integer(time.time), "at": .string(TimeText.text(time.time)), "jobs": .integer(time.count),
                ])
            }
            return
        }
        guard !times.isEmpty else { return StandardOutput.write("Nothing waits.\n") }
        var table = TextTable(("AT", .left), ("EPOCH", .right), ("JOBS", .right))
        for time in times { table.add(TimeText.text(time.time), String(time.time), String(time.count)) }
        StandardOutput.write(table.text)
    }

    private func show(_ jobs: [DelayedRecord]) {
        guard !output.json else {
            for job in jobs { StandardOutput.write(job.summary) }
            return
        }
        guard !jobs.isEmpty else { return StandardOutput.write("Nothing waits for that time.\n") }
        var table = TextTable(("QUEUE", .left), ("CLASS", .left), ("ARGUMENTS", .left))
        for job in jobs {
            let text =
                job.payload.map { JSONValue.array($0.arguments).text } ?? String(decoding: job.bytes, as: UTF8.self)
            table.add(job.queue ?? "", job.payload?.className ?? "(no job)", String(text.prefix(100)))
        }
        StandardOutput.write(table.text)
    }
}

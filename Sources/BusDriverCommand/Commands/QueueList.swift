import ArgumentParser
import BusOperations
import BusWire
import CommandInterface

/// `busdriver queues`
struct QueueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "Lists every queue and how many jobs wait on it.",
        discussion: """
            Example:
              busdriver queues
              busdriver queues --json | jq 'select(.jobs > 1000)'
            """)

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let rows = try await QueueOverview(connection: session.connection, bus: session.keys).rows
            if output.json {
                for row in rows { StandardOutput.write(row.json) }
            } else if rows.isEmpty {
                StandardOutput.write("No queues yet.\n")
            } else if rows.allSatisfy({ $0.failed == nil }) {
                var table = TextTable(("QUEUE", .left), ("JOBS", .right))
                for row in rows { table.add(row.queue, jobs(row)) }
                StandardOutput.write(table.text)
            } else {
                var table = TextTable(("QUEUE", .left), ("JOBS", .right), ("FAILED", .right))
                for row in rows { table.add(row.queue, jobs(row), String(row.failed ?? 0)) }
                StandardOutput.write(table.text)
            }
        }
    }

    private func jobs(_ row: QueueOverview.Row) -> String { row.jobs.map(String.init) ?? "not a list" }
}

import ArgumentParser
import BusStore
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
            let queues = try await Queues(connection: session.connection, bus: session.keys).all()
            if output.json {
                for queue in queues { StandardOutput.write(Self.json(queue)) }
            } else if queues.isEmpty {
                StandardOutput.write("No queues yet.\n")
            } else {
                var table = TextTable(("QUEUE", .left), ("JOBS", .right))
                for queue in queues { table.add(queue.name, queue.length.map(String.init) ?? "not a list") }
                StandardOutput.write(table.text)
            }
        }
    }

    private static func json(_ queue: Queues.Queue) -> JSONValue {
        ["queue": .string(queue.name), "jobs": queue.length.map { .integer($0) } ?? nil]
    }
}

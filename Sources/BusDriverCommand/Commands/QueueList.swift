import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface
import RedisConnection

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
            let rows = Self.rows(queues, try await Self.failures(session))
            if output.json {
                for row in rows { StandardOutput.write(row.json) }
            } else if rows.isEmpty {
                StandardOutput.write("No queues yet.\n")
            } else if rows.allSatisfy({ $0.failed == nil }) {
                var table = TextTable(("QUEUE", .left), ("JOBS", .right))
                for row in rows { table.add(row.queue, row.jobsText) }
                StandardOutput.write(table.text)
            } else {
                var table = TextTable(("QUEUE", .left), ("JOBS", .right), ("FAILED", .right))
                for row in rows { table.add(row.queue, row.jobsText, String(row.failed ?? 0)) }
                StandardOutput.write(table.text)
            }
        }
    }

    /// None where one of the lists is no list: `busdriver failed` says so.
    private static func failures(_ session: Session) async throws(RedisError) -> [FailureLists.List] {
        do throws(RedisError) {
            return try await FailureLists(connection: session.connection, bus: session.keys).lists()
        } catch {
            guard error.isRefusedForGood else { throw error }
            return []
        }
    }

    private struct Row {
        let queue: String
        /// Nil when another type of value is where the list should be.
        let jobs: Int?
        /// Nil where RedisMultiQueue keeps none for this queue.
        let failed: Int?

        var jobsText: String { jobs.map(String.init) ?? "not a list" }

        var json: JSONValue {
            var members = [JSONMember("queue", .string(queue)), JSONMember("jobs", jobs.map { .integer($0) } ?? nil)]
            if let failed { members.append(JSONMember("failed", .integer(failed))) }
            return .object(members)
        }
    }

    /// By name, also queues of which there are only failures.
    private static func rows(_ queues: [Queues.Queue], _ failures: [FailureLists.List]) -> [Row] {
        var failed: [String: Int] = [:]
        for list in failures { if let queue = list.queue { failed[queue] = list.length } }
        var rows = queues.map { Row(queue: $0.name, jobs: $0.length, failed: failed.removeValue(forKey: $0.name)) }
        rows += failed.map { Row(queue: $0.key, jobs: 0, failed: $0.value) }
        return rows.sorted { $0.queue < $1.queue }
    }
}

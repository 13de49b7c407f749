package import BusProtocol
package import BusWire
package import RedisConnection

/// Every queue beside what has failed of it.
package struct QueueOverview: Sendable {
    /// One queue.
    package struct Row: Sendable, Hashable {
        package let queue: String
        /// Nil when another type of value is where the list should be.
        package let jobs: Int?
        /// Nil where RedisMultiQueue keeps none for this queue.
        package let failed: Int?

        /// As a JSON object; without a member for failures that nobody keeps by queue.
        package var json: JSONValue {
            var members = [JSONMember("queue", .string(queue)), JSONMember("jobs", jobs.map { .integer($0) } ?? nil)]
            if let failed { members.append(JSONMember("failed", .integer(failed))) }
            return .object(members)
        }
    }

    /// By name, also queues of which there are only failures.
    package let rows: [Row]

    /// Reads them, in a few round trips.
    package init(connection: any RedisClient, bus: BusKeys) async throws(RedisError) {
        let queues = try await Queues(connection: connection, bus: bus).all()
        self.init(queues, failures: try await Self.failures(connection, bus))
    }

    init(_ queues: [Queues.Queue], failures: [FailureLists.List]) {
        var failed: [String: Int] = [:]
        for list in failures { if let queue = list.queue { failed[queue] = list.length } }
        var rows = queues.map { Row(queue: $0.name, jobs: $0.length, failed: failed.removeValue(forKey: $0.name)) }
        rows += failed.map { Row(queue: $0.key, jobs: 0, failed: $0.value) }
        self.rows = rows.sorted { $0.queue < $1.queue }
    }

    /// None where one of the lists is no list: who asks for failures is told.
    private static func failures(
        _ connection: any RedisClient, _ bus: BusKeys
    ) async throws(RedisError) -> [FailureLists.List] {
        do throws(RedisError) {
            return try await FailureLists(connection: connection, bus: bus).lists()
        } catch {
            guard error.isRefusedForGood else { throw error }
            return []
        }
    }
}

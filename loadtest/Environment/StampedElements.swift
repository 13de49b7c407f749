import BusOperations
import BusProtocol
import BusWire
import RedisConnection

/// Finds a test's own events among others, by their stamps, and takes them out.
struct StampedElements: Sendable {
    private let connection: any RedisClient
    private let stamps: [EventStamp]

    private static let pageSize = 512

    init(connection: any RedisClient, stamps: [EventStamp]) {
        self.connection = connection
        self.stamps = stamps
    }

    /// Removes them from a list; looks again until there are none, for others may pop in between.
    func remove(from list: String) async throws(RedisError) {
        guard !stamps.isEmpty else { return }
        while try await sweep(list) {}
    }

    /// Removes them from the list of failures.
    func removeFailures(_ bus: BusKeys) async throws(RedisError) {
        guard !stamps.isEmpty else { return }
        let failures = FailureLists(connection: connection, bus: bus)
        try await failures.visit { (page) async throws(RedisError) in
            let ours = page.filter { entry in stamps.contains { $0.sequence(in: entry) != nil } }
            return page.count - (try await failures.remove(ours).count { $0 })
        }
    }

    /// - Returns: whether anything was removed.
    private func sweep(_ list: String) async throws(RedisError) -> Bool {
        var start = 0
        var isChanged = false
        while true {
            let page = try await connection.call("LRANGE", list, String(start), String(start + Self.pageSize - 1))
            guard page.count > 0 else { return isChanged }
            var removal = RedisPipeline()
            page.forEachElement { element in
                guard isStamped(element) else {
                    start += 1
                    return
                }
                removal.begin(argumentCount: 4)
                removal.argument("LREM")
                removal.argument(list)
                removal.argument(1)
                removal.argument(bytes: element)
            }
            guard !removal.isEmpty else { continue }
            _ = try await connection.sendChecked(removal)
            isChanged = true
        }
    }

    private func isStamped(_ bytes: UnsafeRawBufferPointer) -> Bool {
        stamps.contains { $0.sequence(in: bytes) != nil }
    }
}

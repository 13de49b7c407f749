import BusOperations
import BusProtocol
import BusWire
import RedisConnection

/// The events of one run that never became copies, by their stamps.
struct Leftovers: Sendable {
    /// On the incoming list, or still in the hands of a driver of ours that died.
    private(set) var waiting: Set<Int> = []
    /// In `failed`.
    private(set) var failed: Set<Int> = []

    private static let page = 500

    /// - Parameter incoming: the list's name below the namespace.
    /// - Throws: `RedisError`.
    init(_ connection: RedisConnection, keys: BusKeys, incoming: String, stamp: EventStamp) async throws(RedisError) {
        waiting = try await Self.sequences(in: keys.queue(incoming), connection, stamp)
        for list in try await Self.inFlightLists(connection, keys) {
            waiting.formUnion(try await Self.sequences(in: list, connection, stamp))
        }
        failed = try await Self.failedSequences(connection, keys, stamp)
    }

    private static func inFlightLists(
        _ connection: RedisConnection, _ keys: BusKeys
    ) async throws(RedisError) -> Set<String> {
        var lists: Set<String> = []
        try await connection.scanKeys(beginningWith: keys.own("inf:")) { page in
            lists.formUnion(page)
            return true
        }
        return lists
    }

    private static func failedSequences(
        _ connection: RedisConnection, _ keys: BusKeys, _ stamp: EventStamp
    ) async throws(RedisError) -> Set<Int> {
        var found: Set<Int> = []
        try await FailureLists(connection: connection, bus: keys).visit { page in
            found.formUnion(page.compactMap { stamp.sequence(in: $0) })
            return page.count
        }
        return found
    }

    private static func sequences(
        in list: String, _ connection: RedisConnection, _ stamp: EventStamp
    ) async throws(RedisError) -> Set<Int> {
        var found: Set<Int> = []
        var start = 0
        while true {
            let elements = try await connection.call("LRANGE", list, String(start), String(start + page - 1))
            elements.forEachElement { element in
                if let sequence = stamp.sequence(in: element) { found.insert(sequence) }
            }
            guard elements.count == page else { return found }
            start += page
        }
    }
}

package import BusProtocol
package import BusWire
package import RedisConnection

/// Looks for an event and for all that it has led to, in logs and in Redis.
package struct EventTrace: Sendable {
    /// What was found by now.
    package private(set) var timeline: Timeline

    private let id: String

    /// The most events that are searched for: each generation takes a walk through Redis.
    package static let mostEvents = 1000

    private static let kinship = ByteSearch(for: #""bus_parent_id""#)

    /// - Parameter id: the event's `bus_id`.
    package init(id: String) {
        self.id = id
        timeline = Timeline(id: id)
    }

    /// Adds what a line of a log says.
    ///
    /// - Parameters:
    ///   - line: an event as a JSON object.
    ///   - file: what to call the log.
    /// - Returns: false for a line that names the event and is not JSON.
    package mutating func read(_ line: [UInt8], of file: String) -> Bool {
        let isMeant = String(decoding: line, as: UTF8.self).contains(id)
        guard isMeant || line.withUnsafeBytes(Self.kinship.isFound) else { return true }
        guard let event = (try? JSONValue.parse(line))?.members else { return !isMeant }
        timeline.add(event, loggedIn: file)
        return true
    }

    /// Looks through Redis for the event and those that it has caused, and again for what these have caused, until
    /// nothing new is found.
    ///
    /// - Returns: false when it has led to more than ``mostEvents``, so that what the last of them caused is missing.
    package mutating func search(connection: any RedisClient, bus: BusKeys) async throws(RedisError) -> Bool {
        var searched: Set<ExactString> = []
        var next = [id] + timeline.descendants
        while !next.isEmpty {
            guard searched.count + next.count <= Self.mostEvents else { return false }
            searched.formUnion(next.map(ExactString.init))
            var timeline = timeline
            try await EventSearch(connection: connection, bus: bus, ids: next).visit { timeline.add($0) }
            self.timeline = timeline
            next = timeline.descendants.filter { !searched.contains(ExactString($0)) }
        }
        return true
    }
}

package import BusProtocol
package import BusWire
package import RedisConnection

/// A place where an event was found, and the event as it is there.
package struct EventSighting: Sendable {
    /// Where it is.
    package enum Place: Sendable, Hashable {
        /// It waits on this queue.
        case queue(String)
        /// A driver has claimed it; the key of the list.
        case inFlight(String)
        /// A rider has claimed it; the key of the list.
        case reserved(String)
        /// It waits until this epoch second.
        case delayed(Int)
        /// It is an entry of `failed`, which is named by this id.
        case failed(String)
        /// A run has failed, and a retry waits for the scheduler.
        case retrying
    }

    package let place: Place
    /// The event's attributes.
    package let attributes: [JSONMember]
    /// The entry of `failed`, or the failure that led to a retry.
    package let failure: FailureRecord?
}

/// Looks through everything in Redis for events and for those that they have caused.
///
/// Reads a page at a time, so Redis is never held up. An event that moves from one place to another meanwhile may be
/// seen in both, or in neither.
package struct EventSearch: Sendable {
    private let connection: any RedisClient
    private let bus: BusKeys
    private let ids: Set<ExactString>
    /// Find the ids as they stand in an element; none when one may be escaped there, or when to parse is faster.
    private let searches: [ByteSearch]

    private static let pageSize = 128
    private static let mostSearches = 16

    /// - Parameters:
    ///   - connection: used for a round trip per page.
    ///   - bus: the namespace.
    ///   - ids: the events' `bus_id`.
    package init(connection: any RedisClient, bus: BusKeys, ids: [String]) {
        self.connection = connection
        self.bus = bus
        self.ids = Set(ids.map(ExactString.init))
        // Characters that JSON never escapes need no parser to be found.
        let arePlain = ids.allSatisfy { id in
            !id.isEmpty
                && id.unicodeScalars.allSatisfy { (" "..."~").contains($0) && !#""\/"#.unicodeScalars.contains($0) }
        }
        searches = arePlain && ids.count <= Self.mostSearches ? ids.map { ByteSearch(for: $0) } : []
    }

    /// Calls `body` for every place where one of the events is, or an event whose `bus_parent_id` names one.
    package func visit(_ body: (EventSighting) -> Void) async throws(RedisError) {
        for queue in try await connection.call("SMEMBERS", bus.queues).elements.compactMap(\.string).sorted() {
            try await visit(list: bus.queue(queue), at: .queue(queue), body)
        }
        for prefix in [bus.own("inf:"), bus.own("fix:")] {
            for key in try await keys(beginningWith: prefix) { try await visit(list: key, at: .inFlight(key), body) }
        }
        for key in try await keys(beginningWith: bus.own("reserved:")) {
            try await visit(list: key, at: .reserved(key), body)
        }
        try await visitDelayed(body)
        try await FailureLists(connection: connection, bus: bus).visit { page throws(RedisError) in
            for entry in page {
                if let sighting = sighting(in: entry, at: .failed(entry.id)) { body(sighting) }
            }
            return page.count
        }
        for key in try await keys(beginningWith: bus.failedRetriesPrefix) {
            guard let bytes = try await connection.call("GET", key).bytes else { continue }
            if let sighting = sighting(in: FailureRecord(index: 0, bytes: bytes), at: .retrying) { body(sighting) }
        }
    }

    private func visitDelayed(_ body: (EventSighting) -> Void) async throws(RedisError) {
        var start = 0
        while true {
            let page = try await connection.call(
                "ZRANGE", bus.delayedSchedule, String(start), String(start + Self.pageSize - 1))
            for time in page.elements.compactMap(\.integer) {
                try await visit(list: bus.delayed(time), at: .delayed(time), body)
            }
            guard page.count == Self.pageSize else { return }
            start += page.count
        }
    }

    /// From the tail to the head, since lists are popped at the head: nothing is passed over.
    private func visit(
        list: String, at place: EventSighting.Place, _ body: (EventSighting) -> Void
    ) async throws(RedisError) {
        var seen: Set<[UInt8]> = []
        var read = 0
        while true {
            var pipeline = RedisPipeline()
            pipeline.append("LRANGE", list, String(-read - Self.pageSize), String(-read - 1))
            // A key of another type holds no event.
            let page = try await connection.send(pipeline)[0]
            guard page.count > 0 else { return }
            read += page.count
            var found: [[UInt8]] = []
            page.forEachElement { element in
                if searches.isEmpty || searches.contains(where: { $0.isFound(in: element) }) {
                    found.append(Array(element))
                }
            }
            for element in found.reversed() where seen.insert(element).inserted {
                guard let event = JobPayload(parsing: element)?.event, isMeant(event) else { continue }
                body(EventSighting(place: place, attributes: event, failure: nil))
            }
        }
    }

    private func sighting(in entry: FailureRecord, at place: EventSighting.Place) -> EventSighting? {
        guard let event = entry.job.flatMap({ JobPayload(parsing: $0) })?.event, isMeant(event) else { return nil }
        return EventSighting(place: place, attributes: event, failure: entry)
    }

    private func isMeant(_ event: [JSONMember]) -> Bool {
        event.contains { member in
            (member.key == "bus_id" || member.key == "bus_parent_id")
                && member.value.string.map { ids.contains(ExactString($0)) } == true
        }
    }

    private func keys(beginningWith prefix: String) async throws(RedisError) -> [String] {
        var found: Set<String> = []
        try await connection.scanKeys(beginningWith: prefix) { keys in
            found.formUnion(keys)
            return true
        }
        return found.sorted()
    }
}

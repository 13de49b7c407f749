package import BusWire

/// What is known of one event, in the order of time. A value: what was found goes in, entries come out.
package struct Timeline: Sendable {
    /// One thing that happened, or the place where the event is now.
    package struct Entry: Hashable, Sendable {
        /// Epoch seconds; nil for what is the case now.
        package let time: Int?
        package let kind: Kind
        /// A sentence.
        package let text: String
        /// How many events lie between: 0 for the event itself and for those that it caused, 1 for what these caused.
        package let depth: Int

        /// In the order in which they come at one time.
        package enum Kind: String, Comparable, Sendable {
            case published, driven, executed, failed, caused, waiting

            private static let order: [Kind] = [.published, .driven, .executed, .failed, .caused, .waiting]

            package static func < (left: Kind, right: Kind) -> Bool {
                (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
            }
        }

        /// As a JSON object.
        package var json: JSONValue {
            [
                "time": time.map { .integer($0) } ?? .null, "kind": .string(kind.rawValue), "text": .string(text),
            ]
        }
    }

    private let id: String
    private var found: Set<Entry> = []
    private var lineage = Lineage()
    /// Where descendants were found.
    private var sightings: [EventSighting] = []

    /// - Parameter id: the event's `bus_id`.
    package init(id: String) { self.id = id }

    /// The earliest first; what is the case now comes last.
    package var entries: [Entry] {
        var all = found
        let descendants = lineage.descendants(of: id)
        for descendant in descendants {
            let parent = descendant.depth == 0 ? "" : "\(descendant.parent) "
            all.insert(
                Entry(
                    time: descendant.event.publishedAt, kind: .caused, text: "\(parent)caused \(descendant.event.name)",
                    depth: descendant.depth))
        }
        let depths = Dictionary(descendants.map { ($0.event, $0.depth) }) { min($0, $1) }
        for sighting in sightings {
            let event = JSONValue.object(sighting.attributes)
            guard let offspring = Offspring(event), let depth = depths[offspring] else { continue }
            let cause = depth == 0 ? "it" : event["bus_parent_id"]?.plainText ?? ""
            all.insert(Self.place(sighting, of: "the event \(offspring.name) that \(cause) caused", depth: depth))
        }
        return all.sorted {
            ($0.time ?? .max, $0.kind, $0.depth, $0.text) < ($1.time ?? .max, $1.kind, $1.depth, $1.text)
        }
    }

    /// The ids of the events that it has led to, as far as they are known by now.
    package var descendants: [String] { lineage.descendants(of: id).compactMap(\.event.id) }

    /// Adds an event that a log tells of. One that neither is the event nor was caused by any is passed over.
    package mutating func add(_ event: [JSONMember], loggedIn file: String) {
        let event = JSONValue.object(event)
        guard isEvent(event) else { return lineage.add(event) }
        addHistory(of: event)
        guard event["bus_published_at"]?.epoch == nil, event["bus_driven_at"]?.epoch == nil else {
            return
        }
        add(nil, .executed, "logged in \(file)")
    }

    /// Adds what was found in Redis.
    package mutating func add(_ sighting: EventSighting) {
        let event = JSONValue.object(sighting.attributes)
        guard isEvent(event) else {
            lineage.add(event)
            return sightings.append(sighting)
        }
        addHistory(of: event)
        found.insert(Self.place(sighting, of: Self.copy(event), depth: 0))
    }

    /// Where an event is.
    private static func place(_ sighting: EventSighting, of subject: String, depth: Int) -> Entry {
        let reason = sighting.failure.map { "\($0.exception): \($0.error.prefix(200))" } ?? ""
        func waiting(_ text: String) -> Entry {
            Entry(time: nil, kind: .waiting, text: "\(subject) \(text)", depth: depth)
        }
        func failed(_ text: String) -> Entry {
            Entry(
                time: failureTime(sighting.failure), kind: .failed, text: "\(subject) failed with \(reason)\(text)",
                depth: depth)
        }
        return switch sighting.place {
        case .queue(let queue): waiting("waits on the queue \(queue)")
        case .inFlight(let key): waiting("is in the hands of a driver (\(key))")
        case .reserved(let key): waiting("is in the hands of a rider (\(key))")
        case .delayed(let time): waiting("waits for the scheduler until \(CivilTime(epoch: time).isoText)")
        case .failed(let id):
            failed(
                (sighting.failure?.retriedAt.map { " (retried at \($0))" } ?? "") + "; busdriver failed show \(id)")
        case .retrying: failed(", and will be retried")
        }
    }

    // MARK: - What an event says of itself

    private mutating func addHistory(of event: JSONValue) {
        if let time = event["bus_published_at"]?.epoch {
            let host = event["bus_app_hostname"]?.string.map { " on \($0)" } ?? ""
            let parent = event["bus_parent_id"]?.string.map { ", caused by \($0)" } ?? ""
            add(time, .published, "published as \(event["bus_event_type"]?.plainText ?? "null")\(host)\(parent)")
        }
        // A watcher's copy has lost its name; it was driven all the same.
        let rider = Self.rider(event)
        if let time = event["bus_driven_at"]?.epoch {
            let queue = event["bus_rider_queue"]?.string.map { " (queue \($0))" } ?? ""
            add(time, .driven, rider.map { "driven to \($0)\(queue)" } ?? "driven")
        }
        if let time = event["bus_executed_at"]?.epoch { add(time, .executed, "run by \(rider ?? "a rider")") }
    }

    private mutating func add(_ time: Int?, _ kind: Entry.Kind, _ text: String) {
        found.insert(Entry(time: time, kind: kind, text: text, depth: 0))
    }

    private func isEvent(_ event: JSONValue) -> Bool { event["bus_id"]?.string?.isExactly(id) == true }

    private static func rider(_ event: JSONValue) -> String? {
        guard let application = event["bus_rider_app_key"]?.string else { return nil }
        return application + (event["bus_rider_sub_key"]?.string.map { "/\($0)" } ?? "")
    }

    private static func copy(_ event: JSONValue) -> String { rider(event).map { "the copy for \($0)" } ?? "it" }

    /// `2026/11/21 05:37:31 UTC`, or without a zone in entries that wait for a retry (contract §8).
    private static func failureTime(_ failure: FailureRecord?) -> Int? {
        guard let words = failure?.failedAt.split(separator: " "), words.count >= 2 else { return nil }
        guard words.count == 2 || words[2] == "UTC" else { return nil }
        return try? ISOTime.epoch("\(words[0].replacing("/", with: "-"))T\(words[1])Z")
    }
}

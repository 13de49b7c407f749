import BusWire

/// An event that another has caused.
struct Offspring: Hashable, Sendable {
    private let exactID: ExactString?
    private let type: String
    /// Epoch seconds.
    let publishedAt: Int?

    /// Nil for an event that no other has caused.
    init?(_ event: JSONValue) {
        guard event["bus_parent_id"]?.string != nil else { return nil }
        exactID = event["bus_id"]?.string.map(ExactString.init)
        type = event["bus_event_type"]?.plainText ?? "null"
        publishedAt = event["bus_published_at"]?.epoch
    }

    /// Its `bus_id`.
    var id: String? { exactID?.text }

    /// Its type and its id.
    var name: String { "\(type) \(id ?? "")" }
}

/// Which events have caused which, as their `bus_parent_id` tells.
struct Lineage: Sendable {
    private var children: [ExactString: Set<Offspring>] = [:]

    /// Adds an event; one that no other has caused is passed over.
    mutating func add(_ event: JSONValue) {
        guard let parent = event["bus_parent_id"]?.string, let offspring = Offspring(event) else { return }
        children[ExactString(parent), default: []].insert(offspring)
    }

    /// The events that this one has led to, generation after generation.
    func descendants(of id: String) -> [(event: Offspring, parent: String, depth: Int)] {
        var found: [(event: Offspring, parent: String, depth: Int)] = []
        var visited: Set<ExactString> = [ExactString(id)]
        var generation = [id]
        var depth = 0
        while !generation.isEmpty {
            var next: [String] = []
            for parent in generation {
                for child in children[ExactString(parent)] ?? [] {
                    if let id = child.id {
                        guard visited.insert(ExactString(id)).inserted else { continue }
                        next.append(id)
                    }
                    found.append((child, parent, depth))
                }
            }
            generation = next
            depth += 1
        }
        return found
    }
}

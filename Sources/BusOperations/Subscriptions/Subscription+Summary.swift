package import BusWire

extension Subscription {
    /// As a JSON object in a list, with ``FilterRemarks/members``.
    package var summary: JSONValue {
        let line = [
            JSONMember("application", .string(appKey)), JSONMember("key", .string(key)),
            JSONMember("queue", .string(queue)), JSONMember("class", .string(className)),
            JSONMember("filters", .object(filters.map { JSONMember($0.name, .string($0.pattern)) })),
        ]
        return .object(line + FilterRemarks(filters).members)
    }
}

import BusWire

/// The attributes of an event: names and JSON values, in the order written.
///
/// ```swift
/// var attributes: EventAttributes = ["user_id": 42, "tags": ["new", "vip"]]
/// attributes["name"] = "Ann"
/// ```
///
/// The bus adds attributes of its own, whose names begin with `bus_`. Where you give one of these yourself, yours wins
/// (contract §2.3), but for `bus_class_proxy`.
public struct EventAttributes: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    var members: [JSONMember]

    /// No attributes.
    public init() {
        members = []
    }

    /// In the order written; of a name that occurs twice the last value stays, at the first place.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }

    /// In the order given; of a name that occurs twice the last value stays, at the first place.
    public init(_ elements: some Sequence<(String, JSONValue)>) {
        members = []
        for (name, value) in elements { self[name] = value }
    }

    package init(members: [JSONMember]) {
        self.members = members
    }

    /// The value of an attribute; nil where there is none. `.null` is a value, nil removes the attribute.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.key == name }?.value }
        set {
            let place = members.firstIndex { $0.key == name }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(JSONMember(name, value))
            case (nil, nil): break
            }
        }
    }

    /// The names, in order.
    public var names: [String] { members.map(\.key) }

    /// Whether there are none.
    public var isEmpty: Bool { members.isEmpty }

    /// The attributes as one JSON object.
    public var json: JSONValue { .object(members) }

    /// `bus_id`, which names the event wherever it goes.
    public var id: String? { self["bus_id"]?.string }

    /// `bus_event_type`.
    public var type: String? { self["bus_event_type"]?.string }
}

extension EventAttributes {
    /// The attributes with `bus_parent_id`, unless they have one or are the parent itself, published again.
    func naming(_ parent: Event?) -> EventAttributes {
        guard let parentID = parent?.id, self["bus_parent_id"] == nil, id != parentID else { return self }
        return EventAttributes(members: [JSONMember("bus_parent_id", .string(parentID))] + members)
    }
}

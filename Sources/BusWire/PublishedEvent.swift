/// An event as `publish` and `publish_at` make it: the caller's attributes and the bus's own (contract §2.3).
package struct PublishedEvent: Sendable {
    /// `bus_event_type`, unless the attributes say otherwise. Null is allowed, as in Ruby.
    package var type: JSONValue
    /// The caller's attributes; they win over the bus's own, but for `bus_class_proxy`.
    package var attributes: [JSONMember]
    /// `bus_context`; left out when nil.
    package var context: JSONValue?
    /// `bus_locale`; left out when nil.
    package var locale: String?
    /// `bus_timezone`; left out when nil.
    package var timeZone: String?

    /// - Parameter attributes: no name twice.
    package init(
        type: JSONValue, attributes: [JSONMember] = [], context: JSONValue? = nil, locale: String? = nil,
        timeZone: String? = nil
    ) {
        self.type = type
        self.attributes = attributes
        self.context = context
        self.locale = locale
        self.timeZone = timeZone
    }

    /// All attributes but `bus_class_proxy`, in Ruby's order; an override stands where the overridden stood. This is
    /// what a callback before publishing gets to see and to change.
    /// - Parameters:
    ///   - now: epoch seconds.
    ///   - uuid: a new lower-case UUID, for `bus_id`.
    ///   - hostname: for `bus_app_hostname`.
    package func completed(now: Int, uuid: String, hostname: String) -> [JSONMember] {
        var own: [JSONMember] = [
            JSONMember("bus_published_at", .integer(now)),
            JSONMember("bus_event_type", type),
            JSONMember("bus_id", .string(Self.identifier(now: now, uuid: uuid))),
            JSONMember("bus_app_hostname", .string(hostname)),
        ]
        if let context { own.append(JSONMember("bus_context", context)) }
        if let locale { own.append(JSONMember("bus_locale", .string(locale))) }
        if let timeZone { own.append(JSONMember("bus_timezone", .string(timeZone))) }
        return attributes.merged(over: own)
    }

    /// `bus_id`: the epoch second and a UUID.
    static func identifier(now: Int, uuid: String) -> String { "\(now)-\(uuid)" }

    /// The element to push to the incoming list.
    /// - Parameter completed: from ``completed(now:uuid:hostname:)``.
    /// - Throws: ``JSONEncodingError`` for a number beyond Double.
    package static func element(of completed: [JSONMember]) throws(JSONEncodingError) -> [UInt8] {
        try element(of: completed, proxy: "QueueBus::Driver", queue: nil)
    }

    /// The element that publishes an event at a later time: without `bus_published_at` (unless the caller gave one),
    /// with `bus_delayed_until`, to be run by `QueueBus::Publisher`.
    /// - Parameters:
    ///   - completed: from ``completed(now:uuid:hostname:)``.
    ///   - keepsPublishedAt: whether the caller's attributes had `bus_published_at`, neither null nor false.
    ///   - time: epoch seconds; an event's own `bus_delayed_until` wins unless it is null or false.
    ///   - queue: the list to push it to then. Nil when the time has passed and it is pushed at once, for such an
    ///     element has no member `queue`. With a queue, the text is what `delayed:<epoch>` and `timestamps:<text>`
    ///     use.
    /// - Throws: ``JSONEncodingError`` for a number beyond Double.
    package static func delayedElement(
        of completed: [JSONMember], keepsPublishedAt: Bool, until time: Int, queue: String?
    ) throws(JSONEncodingError) -> [UInt8] {
        var event = JSONValue.object(completed)
        switch event["bus_delayed_until"] {
        case nil, .null, .bool(false): event = event.setting("bus_delayed_until", to: .integer(time))
        default: break
        }
        let members = (event.members ?? []).filter { keepsPublishedAt || !$0.key.isExactly("bus_published_at") }
        return try element(of: members, proxy: "QueueBus::Publisher", queue: queue)
    }

    private static func element(
        of members: [JSONMember], proxy: String, queue: String?
    ) throws(JSONEncodingError) -> [UInt8] {
        let inner = try JSONValue.object(members).setting("bus_class_proxy", to: .string(proxy)).encoded()
        var output: [UInt8] = []
        output.reserveCapacity(inner.count + inner.count / 4 + 64)
        output.append(#"{"class":"QueueBus::Worker","args":[""#)
        JSONEscape.append(inner, to: &output)
        output.append(#""]"#)
        if let queue {
            output.append(#","queue":"#)
            queue.encodeJSON(into: &output)
        }
        output.append(.closeBrace)
        return output
    }
}

extension [JSONMember] {
    /// Ruby's `own.merge(self)`: overridden members keep their place, new ones follow.
    fileprivate func merged(over own: [JSONMember]) -> [JSONMember] {
        var places: [ExactString: Int] = [:]
        for (place, member) in own.enumerated() { places[ExactString(member.key)] = place }
        var result = own
        for member in self {
            if let place = places[ExactString(member.key)] {
                result[place].value = member.value
            } else {
                result.append(member)
            }
        }
        return result
    }
}

import BusWire

/// An event in the hands of a handler.
public struct Event: Sendable {
    @TaskLocal static var handled: Event?

    /// The event whose handler this code runs in; nil outside of handlers. Child tasks see it, detached tasks do not.
    public static var current: Event? { handled }

    /// All attributes: the publisher's, those of the bus, `bus_driven_at` and `bus_rider_*` of the driver, and
    /// `bus_executed_at` (contract §2.3; not for a ``Subscriber``, as in Ruby).
    public let attributes: EventAttributes
    /// The key of the application that handles it.
    public let application: String
    /// The key of the subscription that it matched.
    public let subscription: String
    /// The queue that it came from.
    public let queue: String
    /// When the handler was called, in epoch seconds.
    let executedAtSecond: Int

    /// The value of an attribute; nil where there is none.
    public subscript(name: String) -> JSONValue? { attributes[name] }

    /// `bus_id`, which names the event wherever it goes.
    public var id: String? { attributes.id }
    /// `bus_event_type`.
    public var type: String? { attributes.type }
    /// `bus_parent_id`: the id of the event whose handler published this one.
    public var parentID: String? { attributes["bus_parent_id"]?.string }
    /// `bus_context`: what the publisher gave to all its events.
    public var context: JSONValue? { attributes["bus_context"] }
    /// `bus_locale`: the language of the publisher's user.
    public var locale: String? { attributes["bus_locale"]?.string }
    /// `bus_timezone`: the time zone of the publisher's user.
    public var timeZone: String? { attributes["bus_timezone"]?.string }

    /// The attributes as a type of the application's. Attributes that the type does not ask for are passed over.
    ///
    /// - Throws: ``ValueMismatch``, which names the attribute. A handler that lets it pass fails for good.
    public func decode<Value: Decodable>(as type: Value.Type = Value.self) throws(ValueMismatch) -> Value {
        try attributes.json.decode(as: type)
    }
}

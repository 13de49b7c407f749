extension [JSONMember] {
    /// The attributes that the arguments of `QueueBus::Worker` hold: one string with the event's JSON (contract §2.1).
    package init(workerArguments arguments: [JSONValue]) throws(Poison) {
        guard arguments.count == 1 else {
            throw .wrongArguments(given: arguments.count, expected: "1", className: "QueueBus::Worker")
        }
        guard let text = arguments[0].string else { throw .innerNotText(arguments[0]) }
        let inner: JSONValue
        do throws(JSONParseError) {
            inner = try JSONValue.parse(text)
        } catch {
            throw .unreadable(error, exception: "QueueBus::Util::DecodeException", what: "the event's JSON")
        }
        guard let attributes = inner.members else { throw .innerNotAnObject(inner) }
        self = attributes
    }
}

/// A job of Resque as queues hold it: a class and its arguments (contract §2.1).
package struct JobPayload: Hashable, Sendable {
    /// The Ruby class, or whatever name the workers of the queue know.
    package var className: String
    /// What `perform` gets.
    package var arguments: [JSONValue]

    package init(className: String, arguments: [JSONValue]) {
        self.className = className
        self.arguments = arguments
    }

    /// Reads an element of a queue. Missing arguments are none, as in Ruby.
    ///
    /// Nil for what is no job: not JSON that Ruby reads, no object, no class, or arguments that are no array.
    package init?(parsing element: [UInt8]) {
        guard let json = try? JSONValue.parse(element), let className = json["class"]?.string else { return nil }
        switch json["args"] {
        case nil, .null: self.init(className: className, arguments: [])
        case .array(let arguments): self.init(className: className, arguments: arguments)
        default: return nil
        }
    }

    /// The element of a queue, byte for byte as Ruby writes it: `Resque.dequeue` finds it by these bytes.
    ///
    /// - Throws: ``JSONEncodingError`` for a number beyond Double.
    package func encoded() throws(JSONEncodingError) -> [UInt8] {
        try JSONValue.object(members).encoded()
    }

    /// The element that waits in `delayed:<epoch>`, with the queue that it goes to (contract §7). Resque-scheduler
    /// finds it by these bytes.
    ///
    /// - Throws: ``JSONEncodingError`` for a number beyond Double.
    package func encoded(waitingFor queue: String) throws(JSONEncodingError) -> [UInt8] {
        try JSONValue.object(members + [JSONMember("queue", .string(queue))]).encoded()
    }

    private var members: [JSONMember] {
        [JSONMember("class", .string(className)), JSONMember("args", .array(arguments))]
    }
}

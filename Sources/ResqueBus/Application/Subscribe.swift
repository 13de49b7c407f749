import BusWire

/// Events that an application wants, and what it does with each.
///
/// ```swift
/// Subscribe("user_created") { event in print(event["name"] ?? "somebody") }
/// Subscribe(
///     "big_order", queue: "critical",
///     where: ["bus_event_type": "order_placed", "amount": .regex("^\\d{4,}$")]
/// ) {
///     (order: Order) in try await review(order)
/// }
/// ```
///
/// A handler may ask for the event as a `Decodable` type, also together with the ``Event`` itself. An event that does
/// not decode goes to `failed`, naming the attribute, and is not tried again. An event may come more than once, so
/// handlers must bear repetition.
public struct Subscribe: Sendable, ConfigurableHandler {
    /// What a handler is.
    public typealias Handler = @Sendable (Event) async throws -> Void

    /// The name of the subscription, unique in its application.
    public let key: String
    public var options = HandlerOptions()
    let queue: BusQueue?
    let filters: [(name: String, pattern: FilterPattern)]
    let location: SourceLocation
    let handler: Handler

    /// - Parameters:
    ///   - key: the name of the subscription; without `filters` also the type of the events it wants.
    ///   - queue: default: the application's queue `default`.
    ///   - filters: what an event's attributes must be. Default: `bus_event_type` is `key`.
    ///   - handler: called for each event; what it throws fails the job.
    public init(
        _ key: String, queue: BusQueue? = nil, where filters: KeyValuePairs<String, FilterPattern>? = nil,
        fileID: String = #fileID, line: Int = #line, handler: @escaping Handler
    ) {
        self.init(
            key: key, queue: queue,
            filters: filters.map { $0.map { ($0.key, $0.value) } } ?? [("bus_event_type", .text(key))],
            location: SourceLocation(fileID: fileID, line: line), handler: handler)
    }

    /// With the event as a type of the application's.
    public init<Value: Decodable & Sendable>(
        _ key: String, queue: BusQueue? = nil, where filters: KeyValuePairs<String, FilterPattern>? = nil,
        fileID: String = #fileID, line: Int = #line, handler: @escaping @Sendable (Value) async throws -> Void
    ) {
        self.init(key, queue: queue, where: filters, fileID: fileID, line: line) { event in
            try await handler(try event.decode())
        }
    }

    /// With the event as a type of the application's, and as it is.
    public init<Value: Decodable & Sendable>(
        _ key: String, queue: BusQueue? = nil, where filters: KeyValuePairs<String, FilterPattern>? = nil,
        fileID: String = #fileID, line: Int = #line, handler: @escaping @Sendable (Value, Event) async throws -> Void
    ) {
        self.init(key, queue: queue, where: filters, fileID: fileID, line: line) { event in
            try await handler(try event.decode(), event)
        }
    }

    /// All events whose type has a match of a regular expression, in Ruby's syntax.
    ///
    /// The key is the text that Ruby gives to it, `(?-mix:^user_)` (contract §3).
    public init(
        regex: String, queue: BusQueue? = nil, fileID: String = #fileID, line: Int = #line, handler: @escaping Handler
    ) {
        let pattern = FilterPattern.regex(regex)
        self.init(
            key: pattern.stored, queue: queue, filters: [("bus_event_type", pattern)],
            location: SourceLocation(fileID: fileID, line: line), handler: handler)
    }

    init(
        key: String, queue: BusQueue?, filters: [(name: String, pattern: FilterPattern)], location: SourceLocation,
        handler: @escaping Handler
    ) {
        self.key = key
        self.queue = queue
        self.filters = filters
        self.location = location
        self.handler = handler
    }
}

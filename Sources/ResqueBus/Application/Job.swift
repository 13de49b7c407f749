import BusWire

/// A plain Resque job that an application runs: one that was enqueued by its class, not by an event.
///
/// ```swift
/// Job("Emailer", queue: "emails") { (address: String, count: Int) in try await send(count, to: address) }
/// Job("Importer", queue: "imports") { arguments in try await load(arguments[0]) }
/// ```
///
/// A job may run more than once, so handlers must bear repetition.
public struct Job: Sendable, ConfigurableHandler {
    /// What a handler is.
    public typealias Handler = @Sendable (JobArguments) async throws -> Void

    /// The class that enqueued elements name, without leading `::`.
    public let className: String
    /// The queue that the application works on for it; exactly this name. It may come from any other queue too.
    public let queue: String
    public var options = HandlerOptions()
    let location: SourceLocation
    let handler: Handler

    /// - Parameters:
    ///   - className: the job's class, as a Ruby program names it.
    ///   - queue: exactly this queue.
    ///   - handler: called for each job; what it throws fails the job.
    public init(
        _ className: String, queue: String, fileID: String = #fileID, line: Int = #line, handler: @escaping Handler
    ) {
        self.className = RubyConstant.name(spelled: className)
        self.queue = queue
        location = SourceLocation(fileID: fileID, line: line)
        self.handler = handler
    }

    /// With its only argument as a type of Swift's. An argument of an optional type may be missing; a job whose
    /// arguments do not fit goes to `failed` and is not tried again.
    public init<Value: Decodable & Sendable>(
        _ className: String, queue: String, fileID: String = #fileID, line: Int = #line,
        handler: @escaping @Sendable (Value) async throws -> Void
    ) {
        self.init(className, queue: queue, fileID: fileID, line: line) { (arguments: JobArguments) in
            try await handler(try arguments.decodeAll(as: Value.self))
        }
    }

    // Not one initialiser with a parameter pack: Swift 6.3 crashes on the closures that such a one is given.

    /// With its two arguments as types of Swift's, likewise.
    public init<First: Decodable & Sendable, Second: Decodable & Sendable>(
        _ className: String, queue: String, fileID: String = #fileID, line: Int = #line,
        handler: @escaping @Sendable (First, Second) async throws -> Void
    ) {
        self.init(className, queue: queue, fileID: fileID, line: line) { (arguments: JobArguments) in
            let (first, second) = try arguments.decodeAll(as: First.self, Second.self)
            try await handler(first, second)
        }
    }

    /// With its three arguments as types of Swift's, likewise. For more there is ``JobArguments/decodeAll(as:)``.
    public init<First: Decodable & Sendable, Second: Decodable & Sendable, Third: Decodable & Sendable>(
        _ className: String, queue: String, fileID: String = #fileID, line: Int = #line,
        handler: @escaping @Sendable (First, Second, Third) async throws -> Void
    ) {
        self.init(className, queue: queue, fileID: fileID, line: line) { (arguments: JobArguments) in
            let (first, second, third) = try arguments.decodeAll(as: First.self, Second.self, Third.self)
            try await handler(first, second, third)
        }
    }
}

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
        self.className = JobElement.canonicalName(of: className)
        self.queue = queue
        location = SourceLocation(fileID: fileID, line: line)
        self.handler = handler
    }

    /// With each argument as a type of Swift's. Arguments of an optional type may be missing; a job whose arguments do not
    /// fit goes to `failed` and is not tried again.
    public init<each Value: Decodable & Sendable>(
        _ className: String, queue: String, fileID: String = #fileID, line: Int = #line,
        handler: @escaping @Sendable (repeat each Value) async throws -> Void
    ) {
        self.init(className, queue: queue, fileID: fileID, line: line) { (arguments: JobArguments) in
            let decoded = try arguments.decodeAll(as: repeat (each Value).self)
            try await handler(repeat each decoded)
        }
    }
}

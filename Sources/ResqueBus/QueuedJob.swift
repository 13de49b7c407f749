import BusWire

/// An element of a queue as it was seen.
public struct QueuedJob: Sendable, Hashable {
    /// The element, byte for byte.
    public let bytes: [UInt8]
    /// The class and the arguments; nil when the element is no job that Ruby would run.
    private let payload: JobPayload?

    package init(bytes: [UInt8]) {
        self.bytes = bytes
        payload = JobPayload(parsing: bytes)
    }

    /// Whether the element is a job: JSON with a class, and with arguments in an array.
    public var isJob: Bool { payload != nil }
    /// The class; empty for what is no job.
    public var className: String { payload?.className ?? "" }
    /// The arguments; none for what is no job.
    public var arguments: [JSONValue] { payload?.arguments ?? [] }
}

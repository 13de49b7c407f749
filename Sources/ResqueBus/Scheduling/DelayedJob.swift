import BusOperations
import BusProtocol
import BusWire
public import Foundation

/// Something that waits for its time, as it was read: a job, an event that is published later, a retry.
public struct DelayedJob: Sendable, Hashable {
    private let record: DelayedRecord

    init(_ record: DelayedRecord) {
        self.record = record
    }

    /// When it goes to its queue, to the second.
    public var time: Date { Date(timeIntervalSince1970: Double(record.time)) }
    /// The element, byte for byte.
    public var bytes: [UInt8] { record.bytes }
    /// Whether it is a job with a queue to go to. A scheduler puts everything else into `failed`.
    public var isJob: Bool { record.payload != nil }
    /// The class; `QueueBus::Worker` for an event, empty for what is no job.
    public var className: String { record.payload?.className ?? "" }
    /// The arguments; none for what is no job.
    public var arguments: [JSONValue] { record.payload?.arguments ?? [] }
    /// The queue that it goes to; empty for what is no job.
    public var queue: String { record.queue ?? "" }
}

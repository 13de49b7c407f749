import BusOperations
import BusProtocol
import BusWire

/// An entry of one of Resque's lists of failures as it was read, whoever wrote it.
public struct FailedJob: Sendable {
    let record: FailureRecord

    init(_ record: FailureRecord) {
        self.record = record
    }

    /// An entry that stands in no list of Redis'.
    package init(place: Int, bytes: [UInt8]) {
        record = FailureRecord(index: place, bytes: bytes)
    }

    /// Its place in the list when it was read, the oldest at 0. Places shift when others remove entries.
    public var place: Int { record.index }
    /// The entry, byte for byte: what names it when it is requeued or removed.
    public var bytes: [UInt8] { record.bytes }
    /// When it failed, as the entry says it: `2026/11/21 05:37:31 UTC`.
    public var failedAt: String { record.failedAt }
    /// The class of the exception.
    public var exception: String { record.exception }
    /// What went wrong.
    public var message: String { record.error }
    /// Where it went wrong, a line for each step.
    public var backtrace: [String] { record.json?["backtrace"]?.elements?.compactMap(\.string) ?? [] }
    /// The worker that had the job in hand.
    public var worker: String { record.worker }
    /// The queue that the job came from, and goes to when it is requeued.
    public var queue: String { record.queue }
    /// The class of the job; empty when the entry does not say it.
    public var className: String { record.className }
    /// The arguments of the job; none when the entry does not say them.
    public var arguments: [JSONValue] { record.json?["payload"]?["args"]?.elements ?? [] }
    /// When it was last requeued, as the entry says it; nil if never.
    public var retriedAt: String? { record.retriedAt }
}

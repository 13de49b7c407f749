/// What is published in a test, and where each event must arrive. A value: the same sequence number is the same event
/// for everybody.
protocol Workload: Sendable {
    /// The subscriptions to write before the test, as records of their applications: hash field and JSON.
    var applications: [WorkloadApplication] { get }
    /// The names of all queues that may get copies, without repetition. Destinations are indices of this.
    var queues: [String] { get }

    /// What is published as number `sequence`.
    func kind(of sequence: Int) -> WorkloadKind
    /// Appends the element of the incoming list that is number `sequence`, with its stamp in it, to `element`.
    func append(_ sequence: Int, stamp: EventStamp, to element: inout [UInt8])
    /// Calls `body` with the queues that must get a copy of event `sequence`, in ascending order; a queue that must get
    /// several stands there as often.
    func withDestinations<Result>(of sequence: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result
}

/// What becomes of an element.
enum WorkloadKind: UInt8, Sendable {
    /// At least one subscription matches.
    case matched
    /// No subscription matches.
    case unmatched
    /// It is no event: a driver that loses nothing puts it into `failed`.
    case malformed
}

/// An application's subscriptions as they stand in Redis.
struct WorkloadApplication: Hashable, Sendable, Codable {
    /// The member of `bus_apps`, normalised.
    var name: String
    /// Hash field to the record's JSON.
    var records: [String: String]
}

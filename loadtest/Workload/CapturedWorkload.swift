import BusMatching
import BusWire
import Glibc

/// Captured events, in their order, round and round.
///
/// What is expected to arrive is what BusDriver's own matcher says, so a driver that judges otherwise shows as one that
/// loses or misroutes copies. Events that were delayed and have fallen due (`QueueBus::Publisher`) arrive like all
/// others, after a driver has published them.
struct CapturedWorkload: Workload {
    let applications: [WorkloadApplication]
    let queues: [String]
    /// How many elements cannot be counted and are therefore not published: heartbeats, events without room for a
    /// stamp, events with more copies than the ledger can tell apart, and events with which a regular expression runs
    /// away.
    let leftOut: Int

    /// What a reader should know about that, in a sentence; nil if nothing is left out.
    var warning: String? {
        leftOut > 0 ? "Elements of the events file that cannot be counted and are not published: \(leftOut)." : nil
    }

    private var elements: [Element] = []
    private var bytes: [UInt8] = []
    private var destinations: [UInt16] = []

    private struct Element: Sendable {
        var kind: WorkloadKind
        /// In `bytes`.
        var text: Range<Int>
        /// From the beginning of the element.
        var stampStart: Int
        /// In `destinations`.
        var destinations: Range<Int>
    }

    /// - Throws: `ScenarioError` where nothing is left to publish.
    init(_ file: CaptureFile) throws(ScenarioError) {
        applications = file.applications
        let subscriptions = file.applications.flatMap { application in
            let fields = application.records.sorted { $0.key < $1.key }.map { (field: $0.key, value: $0.value) }
            return ApplicationRecord(name: application.name, fields: fields).subscriptions
        }
        queues = Set(subscriptions.map(\.queue)).sorted()
        guard queues.count <= Scenario.Shape.mostApplications else {
            throw ScenarioError(
                "The events file has \(queues.count) queues; a test can have \(Scenario.Shape.mostApplications).")
        }
        let places = Dictionary(uniqueKeysWithValues: queues.enumerated().map { ($1, UInt16($0)) })
        let destinationOf = subscriptions.map { places[$0.queue] ?? 0 }
        let index = SubscriptionIndex(subscriptions: subscriptions)
        let (scan, scratch) = (EventScan(), MatchScratch())
        var leftOut = 0
        var prepared: [(kind: WorkloadKind, splice: StampSplice, destinations: [UInt16])] = []
        for element in file.elements {
            switch element.withUnsafeBytes({ scan.scan($0).published }) {
            case .poison: prepared.append((.malformed, StampSplice(beforeMalformed: element), []))
            case .heartbeat, .publisher: leftOut += 1
            case .event:
                guard let splice = StampSplice(intoEvent: element, scan: scan),
                    let matches = Self.matches(of: splice.bytes, index, scan, scratch),
                    matches.count <= DeliveryLedger.mostCopies
                else {
                    leftOut += 1
                    continue
                }
                prepared.append(
                    (matches.isEmpty ? .unmatched : .matched, splice, matches.map { destinationOf[Int($0)] }.sorted()))
            }
        }
        self.leftOut = leftOut
        guard !prepared.isEmpty else { throw ScenarioError("The events file holds no event that can be counted.") }
        for (kind, splice, queues) in prepared {
            elements.append(
                Element(
                    kind: kind, text: bytes.count..<bytes.count + splice.bytes.count, stampStart: splice.stampStart,
                    destinations: destinations.count..<destinations.count + queues.count))
            bytes += splice.bytes
            destinations += queues
        }
    }

    func kind(of sequence: Int) -> WorkloadKind { elements[sequence % elements.count].kind }

    func append(_ sequence: Int, stamp: EventStamp, to element: inout [UInt8]) {
        let captured = elements[sequence % elements.count]
        let start = element.count
        bytes.withUnsafeBufferPointer { element.append(contentsOf: UnsafeBufferPointer(rebasing: $0[captured.text])) }
        element.withUnsafeMutableBytes { stamp.write(sequence, to: $0.baseAddress! + start + captured.stampStart) }
    }

    func withDestinations<Result>(of sequence: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        let range = elements[sequence % elements.count].destinations
        return destinations.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The subscriptions that match an event; nil where a regular expression gives no answer.
    private static func matches(
        of event: [UInt8], _ index: SubscriptionIndex, _ scan: EventScan, _ scratch: MatchScratch
    ) -> [Int32]? {
        event.withUnsafeBytes { bytes in
            _ = scan.scan(bytes)
            scratch.beginBatch()
            index.match(scan, using: scratch)
            return scratch.undecided.isEmpty ? Array(scratch.matches) : nil
        }
    }
}

extension Scenario.Shape {
    /// What is to be published: captured where the shape names a file, else generated.
    ///
    /// - Throws: `ScenarioError`.
    func workload(seed: UInt64) throws(ScenarioError) -> any Workload {
        guard let eventsFile else { return try GeneratedWorkload(self, seed: seed) }
        return try CapturedWorkload(CaptureFile(path: eventsFile))
    }
}

import BusMatching
import BusWire

@testable import LoadTest

/// Judges a workload's elements as the driver does: with its scanner and its matcher.
struct WorkloadJudge {
    let index: SubscriptionIndex
    private let queues: [String]
    private let scan = EventScan()
    private let scratch = MatchScratch()

    init(_ workload: some Workload) {
        queues = workload.queues
        let records = workload.applications.map { application in
            ApplicationRecord(name: application.name, fields: application.records.map { ($0.key, $0.value) })
        }
        precondition(records.allSatisfy(\.faults.isEmpty), "every record can be read")
        index = SubscriptionIndex(subscriptions: records.flatMap(\.subscriptions))
    }

    /// What the element asks for, and the queues that get copies, ascending; a queue stands there once for each copy.
    func judge(_ element: [UInt8]) -> (incoming: Incoming, destinations: [UInt16]) {
        element.withUnsafeBytes { bytes in
            let incoming = scan.scan(bytes)
            guard incoming == .event else { return (incoming, []) }
            scratch.beginBatch()
            index.match(scan, using: scratch)
            precondition(scratch.undecided.isEmpty, "every filter can be judged")
            let matched = scratch.matches.map { UInt16(queues.firstIndex(of: index.subscriptions[Int($0)].queue)!) }
            return (incoming, matched.sorted())
        }
    }
}

extension Workload {
    func element(_ sequence: Int, stamp: EventStamp) -> [UInt8] {
        var element: [UInt8] = []
        append(sequence, stamp: stamp, to: &element)
        return element
    }

    func destinations(of sequence: Int) -> [UInt16] { withDestinations(of: sequence) { Array($0) } }
}

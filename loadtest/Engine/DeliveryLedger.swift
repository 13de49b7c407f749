/// Which copies of which events are due, and when each event was meant to leave: it counts what is lost, doubled,
/// misrouted or out of order. Its memory follows the events under way, not those of the whole test.
struct DeliveryLedger: Sendable {
    /// When an event was due and when it was written, in nanoseconds of one clock, for a copy that arrived as it
    /// should.
    struct Departure: Sendable, Equatable {
        var intended: Int64
        var written: Int64
    }

    /// What a copy turned out to be.
    enum Arrival: Sendable, Equatable {
        case expected(Departure)
        case doubled
        case misrouted
    }

    private struct Block {
        var departures: [Departure] = []
        /// For each event a bit for each destination that has not got its copy yet.
        var missing: [UInt64] = []
        /// How many events of the block miss something.
        var open = 0

        init() {
            departures.reserveCapacity(blockSize)
            missing.reserveCapacity(blockSize)
        }
    }

    private static let blockSize = 8192
    /// An event may have this many copies.
    static let mostCopies = 64

    private let workload: any Workload
    /// By number; nil for one that is complete.
    private var blocks: [Block?] = []
    private var lastOnQueue: [Int]
    /// How many events were published so far; the next one has this number.
    private(set) var published = 0
    private(set) var expectedCopies = 0
    private(set) var arrivedCopies = 0
    private(set) var doubled = 0
    private(set) var misrouted = 0
    private(set) var outOfOrder = 0
    private(set) var malformed = 0

    init(_ workload: any Workload) {
        self.workload = workload
        lastOnQueue = Array(repeating: -1, count: workload.queues.count)
    }

    /// Whether every copy of every event has come.
    var isSettled: Bool { arrivedCopies == expectedCopies }

    /// Notes that the next event leaves.
    mutating func publish(intended: Int64, written: Int64) {
        let (number, offset) = published.quotientAndRemainder(dividingBy: Self.blockSize)
        let copies = workload.withDestinations(of: published) { $0.count }
        if copies == 0, workload.kind(of: published) == .malformed { malformed += 1 }
        published += 1
        expectedCopies += copies
        if offset == 0 { blocks.append(Block()) }
        blocks[number]!.departures.append(Departure(intended: intended, written: written))
        blocks[number]!.missing.append(copies == Self.mostCopies ? .max : 1 << UInt64(copies) - 1)
        if copies > 0 { blocks[number]!.open += 1 }
        if offset == Self.blockSize - 1, blocks[number]!.open == 0 { blocks[number] = nil }
    }

    /// Notes a copy of event `sequence` on the queue with this index.
    mutating func arrive(_ sequence: Int, queue: Int) -> Arrival {
        guard sequence < published else { return misroute() }
        let (number, offset) = sequence.quotientAndRemainder(dividingBy: Self.blockSize)
        let missing = blocks[number]?.missing[offset] ?? 0
        var place: Int?
        var isDestination = false
        workload.withDestinations(of: sequence) { destinations in
            for (index, destination) in destinations.enumerated() where Int(destination) == queue {
                isDestination = true
                if place == nil, missing & 1 << UInt64(index) != 0 { place = index }
            }
        }
        guard isDestination else { return misroute() }
        guard let place else {
            doubled += 1
            return .doubled
        }
        if sequence < lastOnQueue[queue] { outOfOrder += 1 }
        lastOnQueue[queue] = max(lastOnQueue[queue], sequence)
        arrivedCopies += 1
        let departure = blocks[number]!.departures[offset]
        blocks[number]!.missing[offset] = missing & ~(1 << UInt64(place))
        if blocks[number]!.missing[offset] == 0 { close(number) }
        return .expected(departure)
    }

    /// Notes a copy that carries no stamp of this run.
    mutating func misroute() -> Arrival {
        misrouted += 1
        return .misrouted
    }

    private mutating func close(_ number: Int) {
        blocks[number]!.open -= 1
        if blocks[number]!.open == 0, blocks[number]!.departures.count == Self.blockSize { blocks[number] = nil }
    }

    /// The sums of the whole run.
    ///
    /// - Parameters:
    ///   - waiting: the events that are still on the incoming list.
    ///   - failed: the events that are in `failed`.
    func counts(waiting: Set<Int>, failed: Set<Int>) -> Counts {
        let malformedWaiting = waiting.count { workload.kind(of: $0) == .malformed }
        let malformedKept = failed.count { workload.kind(of: $0) == .malformed }
        return Counts(
            published: published, expectedCopies: expectedCopies, arrivedCopies: arrivedCopies,
            lost: missingCopies(exceptOf: waiting.union(failed)), doubled: doubled, misrouted: misrouted,
            outOfOrder: outOfOrder, waiting: waiting.count, malformed: malformed - malformedWaiting,
            malformedKept: malformedKept, failed: failed.count - malformedKept)
    }

    private func missingCopies(exceptOf excused: Set<Int>) -> Int {
        var copies = 0
        for (number, block) in blocks.enumerated() {
            guard let block, block.open > 0 else { continue }
            for (offset, missing) in block.missing.enumerated() where missing != 0 {
                if !excused.contains(number * Self.blockSize + offset) { copies += missing.nonzeroBitCount }
            }
        }
        return copies
    }
}

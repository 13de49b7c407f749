/// What is known of instructions at places of a text: two bits for each pair, in parts that are made when first needed.
///
/// Where the bound is reached, nothing more is remembered, which costs time only.
struct OutcomeMemory: ~Copyable {
    enum Outcome: UInt64 {
        case unknown, failed, succeeded
    }

    /// Pairs of one part, and the words that hold them (32 KiB).
    private static let pairs = 1 << 17
    private static let words = pairs / 32
    /// The most parts: 8 MiB.
    static let mostParts = 256
    private static let mostSlots = 1 << 16
    /// What a new part costs in steps.
    static let partCost = 1_000

    private var slots: [UnsafeMutablePointer<UInt64>?] = []
    private var parts: [UnsafeMutablePointer<UInt64>] = []
    private var points = 0

    deinit {
        for part in parts { part.deallocate() }
    }

    /// Whether anything is remembered now.
    var isOpen: Bool { points > 0 }

    /// Begins to remember for `points` instructions and the places up to `length`; false where they are too many.
    mutating func open(points: Int, length: Int) -> Bool {
        let (pairs, overflow) = points.multipliedReportingOverflow(by: length + 1)
        let count = pairs / Self.pairs + 1
        guard !overflow, count <= Self.mostSlots else { return false }
        slots = Array(repeating: nil, count: count)
        self.points = points
        return true
    }

    /// Forgets everything, and gives the memory back.
    mutating func close() {
        guard isOpen else { return }
        points = 0
        slots = []
        for part in parts { part.deallocate() }
        parts = []
    }

    @inline(__always) subscript(point: Int32, position: Int) -> Outcome {
        let pair = position * points + Int(point)
        guard let part = slots[pair / Self.pairs] else { return .unknown }
        let place = pair % Self.pairs
        return Outcome(rawValue: part[place / 32] >> UInt64(place % 32 * 2) & 3) ?? .unknown
    }

    /// Takes down what has come out; returns what that costs in steps.
    @inline(__always) mutating func note(_ outcome: Outcome, _ point: Int32, _ position: Int) -> Int {
        let pair = position * points + Int(point)
        let place = pair % Self.pairs
        if let part = slots[pair / Self.pairs] {
            part[place / 32] |= outcome.rawValue << UInt64(place % 32 * 2)
            return 0
        }
        guard parts.count < Self.mostParts else { return 0 }
        let part = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.words)
        part.initialize(repeating: 0, count: Self.words)
        part[place / 32] = outcome.rawValue << UInt64(place % 32 * 2)
        parts.append(part)
        slots[pair / Self.pairs] = part
        return Self.partCost
    }
}

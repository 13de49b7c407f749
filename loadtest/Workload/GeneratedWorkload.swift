/// Events and subscriptions made up from a shape and a seed.
///
/// Nothing is stored per event: what number `sequence` is follows from the seed, so that the publisher and the ledger
/// agree. Of the regular expressions every second one has to be run; the others are literals in Ruby's form of
/// `/^name$/`, as applications like to write them.
struct GeneratedWorkload: Workload {
    private let subscriptions: GeneratedSubscriptions
    private let template: EventTemplate
    private let lengths: PayloadLengths
    private let random: SplitMix64
    /// Of 2^32 random numbers, those below stand for malformed elements,
    private let malformedEnd: UInt64
    /// and those from there to below this one for events that nobody wants.
    private let unmatchedEnd: UInt64

    /// The length of the shortest element, in bytes: an event that holds nothing but what it must.
    static let shortest = EventTemplate(longest: 0).minimumLength

    /// - Throws: `ScenarioError` for a shape that cannot be made.
    init(_ shape: Scenario.Shape, seed: UInt64) throws(ScenarioError) {
        try shape.validate()
        subscriptions = GeneratedSubscriptions(shape, seed: seed)
        lengths = PayloadLengths(shape.payload, minimum: Self.shortest)
        template = EventTemplate(longest: lengths.longest + MalformedElement.mostBytesLost)
        random = SplitMix64(seed: seed)
        malformedEnd = Self.end(ofShare: shape.malformed)
        unmatchedEnd = Self.end(ofShare: shape.malformed + shape.unmatched)
    }

    var applications: [WorkloadApplication] { subscriptions.applications }
    var queues: [String] { subscriptions.queues }

    func kind(of sequence: Int) -> WorkloadKind { kind(for: random.output(sequence)) }

    func append(_ sequence: Int, stamp: EventStamp, to element: inout [UInt8]) {
        let word = random.output(sequence)
        let kind = kind(for: word)
        // Another word, because the type and the kind take all bits of the first.
        let more = SplitMix64.mixed(word)
        let length = lengths.length(for: more)
        guard kind != .malformed else {
            let damage = MalformedElement.damage(for: more >> 32)
            template.append(
                type: type(for: word), isWanted: true, sequence: sequence, stamp: stamp,
                length: length + damage.bytesLost, to: &element)
            return damage.apply(to: &element, length: length + damage.bytesLost)
        }
        template.append(
            type: type(for: word), isWanted: kind == .matched, sequence: sequence, stamp: stamp, length: length,
            to: &element)
    }

    func withDestinations<Result>(of sequence: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        let word = random.output(sequence)
        guard kind(for: word) == .matched else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return subscriptions.withDestinations(ofType: type(for: word), body)
    }

    @inline(__always)
    private func kind(for word: UInt64) -> WorkloadKind {
        let chance = word >> 32
        return chance < malformedEnd ? .malformed : chance < unmatchedEnd ? .unmatched : .matched
    }

    @inline(__always)
    private func type(for word: UInt64) -> Int {
        let chance = word & 0xFFFF_FFFF
        return Int(truncatingIfNeeded: (chance &* UInt64(truncatingIfNeeded: subscriptions.types)) >> 32)
    }

    private static func end(ofShare share: Double) -> UInt64 { UInt64((min(share, 1) * 0x1p32).rounded()) }
}

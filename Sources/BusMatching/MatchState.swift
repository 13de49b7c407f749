import RubyRegex

/// The mutable part of a match: plain memory, prepared once per index and told apart from event to event by an epoch,
/// so that nothing has to be cleared.
struct MatchState {
    /// What an event says about an attribute.
    struct Value: BitwiseCopyable {
        /// The event this belongs to; an attribute of another epoch is absent.
        var epoch: UInt32 = 0
        var textStart: UInt32 = 0
        var textCount: UInt32 = 0
        /// The slot of the equal literal, once looked up.
        var literal: UInt32 = Self.notLookedUp
        /// The joined patterns that the text, once scanned, holds or may hold: a run of `hits`.
        var hitsStart: UInt32 = 0
        var hitsCount: UInt32 = 0
        var isScanned = false
        var isNull = false
        /// The text is in the scratch's own buffer, not in the event.
        var isDecoded = false
        var hasLineBreak = false

        static let notLookedUp = UInt32.max
        static let noLiteral = UInt32.max - 1
    }

    /// Judgements are kept with the epoch in one word.
    private static let lastEpoch: UInt32 = 1 << 30 - 1

    var indexNumber: UInt64 = 0
    /// When the scratch last turned to this state.
    var lastTurn: UInt64 = 0
    /// For each set of joined patterns, once it was needed.
    var scanners: [PatternSetScanner?] = []
    var epoch: UInt32 = 0
    var matches = MatchList()
    /// Where texts stand: in the event, or decoded.
    var eventText = UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    var decodedText = UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    var memo = EventTypeMemo()
    /// Patterns that scans of this event have found, or left to a search.
    var hits: [UInt32] = []
    private(set) var presentCount = 0
    private var values = FlatArray(repeating: Value(), count: 0)
    private var present = FlatArray(repeating: UInt32(0), count: 0)
    private var judgements = FlatArray(repeating: UInt32(0), count: 0)

    func deallocate() {
        values.deallocate()
        present.deallocate()
        judgements.deallocate()
        matches.deallocate()
        memo.deallocate()
    }

    mutating func resize(attributes: Int, patterns: Int) {
        values.deallocate()
        present.deallocate()
        judgements.deallocate()
        values = FlatArray(repeating: Value(), count: attributes)
        present = FlatArray(repeating: 0, count: attributes)
        judgements = FlatArray(repeating: 0, count: patterns)
        epoch = 0
        memo.removeAll()
    }

    @inline(__always)
    mutating func begin() {
        if epoch == Self.lastEpoch { resize(attributes: values.count, patterns: judgements.count) }
        epoch &+= 1
        presentCount = 0
        matches.removeAll()
        if !hits.isEmpty { hits.removeAll(keepingCapacity: true) }
    }

    // MARK: Attributes

    /// Notes the value of an attribute; a later one replaces it.
    @inline(__always)
    mutating func note(_ attribute: UInt32, _ value: Value) {
        if values[attribute].epoch != epoch {
            present[presentCount] = attribute
            presentCount &+= 1
        }
        values[attribute] = value
    }

    @inline(__always)
    func presentAttribute(_ place: Int) -> UInt32 { present[place] }

    @inline(__always)
    func isPresent(_ attribute: UInt32) -> Bool { values[attribute].epoch == epoch }

    @inline(__always)
    func hasText(_ attribute: UInt32) -> Bool {
        values[attribute].epoch == epoch && !values[attribute].isNull
    }

    @inline(__always)
    func value(_ attribute: UInt32) -> Value { values[attribute] }

    @inline(__always)
    func setLiteral(_ literal: UInt32, of attribute: UInt32) { values[attribute].literal = literal }

    mutating func setHits(_ run: Range<Int>, of attribute: UInt32) {
        values[attribute].isScanned = true
        values[attribute].hitsStart = UInt32(run.lowerBound)
        values[attribute].hitsCount = UInt32(run.count)
    }

    /// The text of an attribute that has one.
    @inline(__always)
    func text(_ value: Value) -> UnsafeBufferPointer<UInt8> {
        let base = value.isDecoded ? decodedText : eventText
        return UnsafeBufferPointer(
            start: (base + Int(value.textStart)).assumingMemoryBound(to: UInt8.self), count: Int(value.textCount))
    }

    // MARK: Judgements of patterns

    /// Nil also for what is only possible.
    @inline(__always)
    func judgement(of pattern: UInt32) -> Judgement? {
        let word = judgements[pattern]
        return word >> 2 == epoch ? Judgement(rawValue: UInt8(truncatingIfNeeded: word & 3)) : nil
    }

    @inline(__always)
    func keep(_ judgement: Judgement, of pattern: UInt32) {
        judgements[pattern] = epoch << 2 | UInt32(judgement.rawValue)
    }

    /// A word that is none of the judgements.
    private static let possible: UInt32 = 3

    /// Notes that a search may find the pattern, unless it is judged.
    @inline(__always)
    mutating func keepPossible(_ pattern: UInt32) {
        if judgement(of: pattern) == nil { judgements[pattern] = epoch << 2 | Self.possible }
    }

    /// Whether only a search can tell that the pattern is not there.
    @inline(__always)
    func isPossible(_ pattern: UInt32) -> Bool { judgements[pattern] == epoch << 2 | Self.possible }
}

/// The matching subscriptions of an event, in a buffer that only ever grows.
struct MatchList {
    private var base: UnsafeMutablePointer<Int32> = .allocate(capacity: 64)
    private var capacity = 64
    private var count = 0
    private var isAscending = true

    var elements: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: base, count: count) }

    func deallocate() { base.deallocate() }

    @inline(__always)
    mutating func removeAll() {
        count = 0
        isAscending = true
    }

    @inline(__always)
    mutating func append(_ subscription: UInt32) {
        let element = Int32(bitPattern: subscription)
        if count == capacity { grow() }
        if count > 0, base[count &- 1] >= element { isAscending = false }
        base[count] = element
        count &+= 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }

    /// Ascending, each once: subscriptions are found through several attributes, and through equal lines of one.
    @inline(__always)
    mutating func finish() {
        if !isAscending { sortAndDeduplicate() }
    }

    /// Shell sort: in place, and an insertion sort for the few that there usually are.
    @inline(never)
    private mutating func sortAndDeduplicate() {
        var gap = 1
        while gap < count / 3 { gap = gap * 3 + 1 }
        while gap > 0 {
            for index in gap..<max(gap, count) {
                let element = base[index]
                var hole = index
                while hole >= gap, base[hole - gap] > element {
                    base[hole] = base[hole - gap]
                    hole -= gap
                }
                base[hole] = element
            }
            gap /= 3
        }
        var kept = 1
        for index in 1..<count where base[index] != base[kept - 1] {
            base[kept] = base[index]
            kept += 1
        }
        count = kept
        isAscending = true
    }
}

import RubyRegex

/// What matching needs to write to: one per thread, reused from event to event.
///
/// Not `Sendable`; everything it hands out is valid until the next match. It may be used with several indices in turn,
/// as the segments of a registry are: what it has prepared for the last few is kept, so that going from one to the
/// other costs next to nothing.
package final class MatchScratch {
    /// A subscription whose filters all hold but for a regular expression that gave no answer in time.
    package struct Undecided: Hashable, Sendable {
        /// Into ``SubscriptionIndex/subscriptions``.
        package let subscription: Int
        /// The filter as stored.
        package let filter: String
        package let reason: UndecidedReason
    }

    /// The subscriptions that match, as ascending indices into ``SubscriptionIndex/subscriptions``.
    package var matches: UnsafeBufferPointer<Int32> { state.pointee.matches.elements }

    /// The subscriptions that could not be judged, ascending. Almost always empty.
    @exclusivity(unchecked) package internal(set) var undecided: [Undecided] = []

    /// The last event needs more steps than are left here, under ``RegexLimits/Exhaustion/postponed``: neither
    /// ``matches`` nor ``undecided`` is complete.
    package var needsMoreTime: Bool { regexGuard.needsMoreTime }

    /// What the match in progress knows. Reached by pointer, so that no access to a class property is checked; nor is
    /// that to others that each event touches, for no method is entered twice.
    @exclusivity(unchecked) private(set) var state: UnsafeMutablePointer<MatchState>
    /// The states of the indices used last, the current one among them.
    private var states: [UnsafeMutablePointer<MatchState>] = []
    /// How often another index was turned to.
    private var turns: UInt64 = 0
    /// How many indices can be used in turn without preparing a state anew.
    private static let mostInTurn = 32
    let regexGuard: RegexGuard
    /// What a scan has found.
    @exclusivity(unchecked) var found: [Int32] = []
    /// Bytes that all scanners of an index together may take for states, divided by the number of indices in use; 32
    /// MiB.
    private static let statesMemory = 32 << 20
    /// Texts that do not stand verbatim in the event.
    @exclusivity(unchecked) var decoded: [UInt8] = []
    /// For attributes of this event whose text, which is then a decoded one, has line breaks.
    var literalsOnLines: [UInt32: Set<UInt32>] = [:]
    /// Why patterns of this event are undecided.
    @exclusivity(unchecked) var reasons: [UInt32: UndecidedReason] = [:]

    /// - Parameters:
    ///   - limits: what regular expressions may cost.
    ///   - now: monotonic nanoseconds from any origin; the system's clock unless told.
    package init(limits: RegexLimits = RegexLimits(), now: (@Sendable () -> Int)? = nil) {
        state = .allocate(capacity: 1)
        state.initialize(to: MatchState())
        states = [state]
        regexGuard = RegexGuard(limits: limits, now: now ?? Self.systemClock())
    }

    deinit {
        for state in states { Self.free(state) }
    }

    /// For how many indices there is something prepared.
    package var preparedCount: Int { states.count }

    /// Begins a batch of events: slow regular expressions get a fresh budget.
    package func beginBatch() { regexGuard.beginBatch() }

    /// Gives back the memory that long texts of the last event took. Its matches are forgotten.
    package func endBatch() {
        decoded = []
        literalsOnLines = [:]
        state.pointee.begin()
    }

    /// The filters (as stored) that have been quarantined since the last call. Each deserves one warning.
    package func takeNewlyQuarantined() -> [String] { regexGuard.takeNewlyQuarantined() }

    /// Quarantines filters (as stored) that another thread's scratch has quarantined.
    package func quarantine(_ filters: [String]) { regexGuard.quarantine(filters) }

    /// Makes room for an event of `index`.
    ///
    /// - Parameter continuing: the event was matched with another index before, which counts against its budget.
    @inline(__always)
    func begin(_ index: SubscriptionIndex, continuing: Bool) {
        if state.pointee.indexNumber != index.number { adopt(index) }
        state.pointee.begin()
        if !continuing { regexGuard.beginEvent() }
        if !reasons.isEmpty {
            reasons = [:]
            undecided = []
        }
        if !decoded.isEmpty {
            decoded.removeAll(keepingCapacity: decoded.count < 1 << 16)
            literalsOnLines = [:]
        }
    }

    /// Turns to another index. Those that were not used for long are not in force any more.
    @inline(never)
    private func adopt(_ index: SubscriptionIndex) {
        turns += 1
        if let known = states.first(where: { $0.pointee.indexNumber == index.number }) {
            state = known
        } else {
            forgetOldStates()
            state = .allocate(capacity: 1)
            state.initialize(to: MatchState())
            state.pointee.resize(attributes: index.tables.attributes.count, patterns: index.tables.patterns.count)
            state.pointee.indexNumber = index.number
            state.pointee.scanners = Array(repeating: nil, count: index.joined.count)
            states.append(state)
        }
        state.pointee.lastTurn = turns
    }

    private func forgetOldStates() {
        let firstRecent = states.partition { [turns] in turns - $0.pointee.lastTurn <= Self.mostInTurn }
        for state in states[..<firstRecent] { Self.free(state) }
        states.removeFirst(firstRecent)
    }

    private static func free(_ state: UnsafeMutablePointer<MatchState>) {
        state.pointee.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// What scans for a set of joined patterns.
    /// - Precondition: `index` is the one in use.
    @inline(__always)
    func scanner(_ place: Int, of index: SubscriptionIndex) -> PatternSetScanner {
        state.pointee.scanners[place] ?? makeScanner(place, of: index)
    }

    @inline(never)
    private func makeScanner(_ place: Int, of index: SubscriptionIndex) -> PatternSetScanner {
        let share = Self.statesMemory / (index.joined.count * states.count)
        let scanner = PatternSetScanner(index.joined[place].set, memory: min(PatternSetScanner.defaultMemory, share))
        state.pointee.scanners[place] = scanner
        return scanner
    }

    private static func systemClock() -> @Sendable () -> Int {
        let origin = ContinuousClock.now
        return {
            let (seconds, attoseconds) = (ContinuousClock.now - origin).components
            return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        }
    }
}

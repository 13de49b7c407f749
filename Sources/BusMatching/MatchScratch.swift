/// What matching needs to write to: one per thread, reused from event to event.
///
/// Not `Sendable`; everything it hands out is valid until the next event. It may be used with one index after another and
/// keeps the last one alive.
public final class MatchScratch {
    /// A subscription whose filters all hold but for a regular expression that gave no answer in time.
    public struct Undecided: Hashable, Sendable {
        /// Into ``SubscriptionIndex/subscriptions``.
        public let subscription: Int
        /// The filter as stored.
        public let filter: String
        public let reason: UndecidedReason
    }

    /// The subscriptions that match, as ascending indices into ``SubscriptionIndex/subscriptions``.
    public var matches: UnsafeBufferPointer<Int32> { state.pointee.matches.elements }

    /// The subscriptions that could not be judged, ascending. Almost always empty.
    public internal(set) var undecided: [Undecided] = []

    /// What the match in progress knows. Reached by pointer, so that no access to a class property is checked.
    let state: UnsafeMutablePointer<MatchState>
    let regexGuard: RegexGuard
    /// Texts that do not stand verbatim in the event.
    var decoded: [UInt8] = []
    /// For attributes of this event whose text, which is then a decoded one, has line breaks.
    var literalsOnLines: [UInt32: Set<UInt32>] = [:]
    /// Why patterns of this event are undecided.
    var reasons: [UInt32: UndecidedReason] = [:]
    /// Kept alive so that its number stays its own.
    private var index: SubscriptionIndex?

    /// - Parameters:
    ///   - limits: what regular expressions may cost.
    ///   - now: monotonic nanoseconds from any origin; the system's clock unless told.
    public init(limits: RegexLimits = RegexLimits(), now: (@Sendable () -> Int)? = nil) {
        state = .allocate(capacity: 1)
        state.initialize(to: MatchState())
        regexGuard = RegexGuard(limits: limits, now: now ?? Self.systemClock())
    }

    deinit {
        state.pointee.deallocate()
        state.deallocate()
    }

    /// Begins a batch of events: slow regular expressions get a fresh budget.
    public func beginBatch() { regexGuard.beginBatch() }

    /// Gives back the memory that long texts of the last event took. Its matches are forgotten.
    public func endBatch() {
        decoded = []
        literalsOnLines = [:]
        state.pointee.begin()
    }

    /// The filters (as stored) that have been quarantined since the last call. Each deserves one warning.
    public func takeNewlyQuarantined() -> [String] { regexGuard.takeNewlyQuarantined() }

    /// Makes room for an event of `index`.
    @inline(__always)
    func begin(_ index: SubscriptionIndex) {
        if state.pointee.indexNumber != index.number { adopt(index) }
        state.pointee.begin()
        if !reasons.isEmpty {
            reasons = [:]
            undecided = []
        }
        if !decoded.isEmpty {
            decoded.removeAll(keepingCapacity: decoded.count < 1 << 16)
            literalsOnLines = [:]
        }
    }

    @inline(never)
    private func adopt(_ index: SubscriptionIndex) {
        self.index = index
        state.pointee.resize(attributes: index.tables.attributes.count, patterns: index.tables.patterns.count)
        state.pointee.indexNumber = index.number
        regexGuard.adopt(index)
    }

    private static func systemClock() -> @Sendable () -> Int {
        let origin = ContinuousClock.now
        return {
            let (seconds, attoseconds) = (ContinuousClock.now - origin).components
            return Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        }
    }
}

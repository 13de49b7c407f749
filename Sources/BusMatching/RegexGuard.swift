import BusWire
import RubyRegex

/// Runs regular expressions so that none can hold up a thread.
///
/// What automata decide together is bounded by the event. A pattern that is judged alone begins with few steps, which
/// is enough for almost all. What needs more takes it from the event's and the batch's budget. Once those are spent,
/// and while a pattern is in quarantine, there is no more than the few steps: what is quick to judge is still judged.
final class RegexGuard {
    private struct Record {
        var strikes = 0
        var quarantinedUntil = Int.min
        /// The last batch in which it went on without an answer when the budget was spent.
        var tiresomeBatch = -1
    }

    /// Patterns to remember before those are forgotten that are not in quarantine.
    private static let mostOffenders = 1024

    private let limits: RegexLimits
    /// Monotonic nanoseconds.
    private let now: @Sendable () -> Int
    private let judge = PatternJudge()
    /// Patterns that have exceeded their limit, by filter; they outlive an index.
    private var offenders: [ExactString: Record] = [:]
    private var batch = 0
    // No method is entered twice: what each event touches needs no check of exclusive access.
    @exclusivity(unchecked) private var spentInBatch = 0
    @exclusivity(unchecked) private var spentOnEvent = 0
    /// Of an event's steps, those that scans for many patterns have taken where they are counted apart.
    @exclusivity(unchecked) private var scannedOnEvent = 0
    private var newlyQuarantined: [String] = []
    /// A search of this event needs more than there is here; what is asked after that gets no answer.
    @exclusivity(unchecked) private(set) var needsMoreTime = false

    init(limits: RegexLimits, now: @escaping @Sendable () -> Int) {
        self.limits = limits
        self.now = now
    }

    func beginBatch() {
        batch += 1
        spentInBatch = 0
    }

    @inline(__always)
    func beginEvent() {
        spentOnEvent = 0
        scannedOnEvent = 0
        needsMoreTime = false
    }

    // MARK: - Quarantine

    func takeNewlyQuarantined() -> [String] {
        defer { newlyQuarantined = [] }
        return newlyQuarantined
    }

    /// Puts filters into quarantine that another thread has found to deserve it.
    func quarantine(_ filters: [String]) {
        for filter in filters { offenders[ExactString(filter)] = Record(quarantinedUntil: now() + limits.quarantine) }
    }

    private func strike(_ filter: ExactString) {
        note(filter) { record in
            record.strikes += 1
            guard record.strikes >= limits.strikes else { return }
            record = Record(quarantinedUntil: now() + limits.quarantine)
            newlyQuarantined.append(filter.text)
        }
    }

    private func note(_ filter: ExactString, _ change: (inout Record) -> Void) {
        // Whoever goes on changing patterns does not fill the memory.
        if offenders.count >= Self.mostOffenders {
            let time = now()
            offenders = offenders.filter { $0.value.quarantinedUntil > time }
        }
        change(&offenders[filter, default: Record()])
    }

    // MARK: - Judging

    /// Scans a text for many patterns at once.
    ///
    /// What a scan takes depends on all patterns and on the length of the text, so it is nobody's fault: it does not
    /// count against the steps of single patterns, and none gets a strike.
    /// - Returns: false when the steps did not suffice for some patterns, which have to be judged alone.
    func scan(
        _ scanner: PatternSetScanner, _ text: UnsafeBufferPointer<UInt8>, into found: inout [Int32]
    ) -> Bool {
        if needsMoreTime { return true }
        let isPostponing = limits.onExhaustion == .postponed
        let allowed = max(0, isPostponing ? left(of: limits.perEvent) : limits.perEvent - scannedOnEvent)
        var steps = allowed
        let isDecided = scanner.scan(text, steps: &steps, limit: limits.perPattern, into: &found)
        if isPostponing {
            spend(allowed - steps)
            needsMoreTime = !isDecided
        } else {
            scannedOnEvent += allowed - steps
        }
        return isDecided
    }

    /// Judges one pattern; with `undecided` comes the reason.
    @inline(never)
    func judge(
        _ pattern: RubyPattern, filter: ExactString, on text: UnsafeBufferPointer<UInt8>
    ) -> (judgement: Judgement, reason: UndecidedReason) {
        if needsMoreTime { return (.undecided, .budgetSpent) }
        let record = offenders.isEmpty ? nil : offenders[filter]
        if let record, record.quarantinedUntil > now() {
            let little = limits.little + PatternJudge.preparation(of: pattern)
            let judgement = search(pattern, text, steps: min(little, left(of: limits.perEvent / 2)))
            return (judgement ?? .undecided, .quarantined)
        }
        let strikes = record?.strikes ?? 0
        let share = limits.perPattern >> strikes
        // Patterns with strikes leave half of the event's steps to the others.
        let left = left(of: strikes > 0 ? limits.perEvent / 2 : limits.perEvent)
        if limits.onExhaustion == .postponed {
            if let judgement = search(pattern, text, steps: min(share, left)) { return (judgement, .budgetSpent) }
            needsMoreTime = true
            return (.undecided, .budgetSpent)
        }
        let isTiresome = record?.tiresomeBatch == batch
        let first = isTiresome ? limits.little : limits.always
        if let judgement = search(pattern, text, steps: first) { return (judgement, .limitExceeded) }
        guard !isTiresome, left > first else { return (.undecided, .budgetSpent) }
        if let judgement = search(pattern, text, steps: min(share, left)) { return (judgement, .limitExceeded) }
        if left >= share {
            strike(filter)
            return (.undecided, .limitExceeded)
        }
        note(filter) { $0.tiresomeBatch = batch }
        return (.undecided, .budgetSpent)
    }

    /// What is left of an event's steps, and of the batch's.
    private func left(of perEvent: Int) -> Int { min(perEvent - spentOnEvent, limits.perBatch - spentInBatch) }

    private func spend(_ steps: Int) {
        spentOnEvent += steps
        spentInBatch += steps
    }

    private func search(_ pattern: RubyPattern, _ text: UnsafeBufferPointer<UInt8>, steps: Int) -> Judgement? {
        if steps <= 0 { return nil }
        var left = steps
        let outcome = judge.judge(pattern, on: text, steps: &left)
        spend(steps - left)
        switch outcome {
        case .matched: return .yes
        case .unmatched: return .no
        case .outOfSteps: return nil
        }
    }
}

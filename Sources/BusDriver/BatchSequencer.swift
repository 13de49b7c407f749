/// Decides what the driver's two connections do next: the order of claims and commits of protocol §2.2, as a pure
/// value.
///
/// Batches are numbered; lanes (connections) alternate. Two rules keep order and safety: one claim and one `EXEC`
/// unanswered at most, and batch k+1 is committed only after `EXEC` k was answered.
struct BatchSequencer {
    /// What a lane is busy with.
    enum Phase: Equatable {
        case idle
        /// A claim of this batch is unanswered.
        case claiming(Int)
        /// The batch is in hand; `ready` once its copies are written and the subscriptions they rest on are known to be
        /// fresh.
        case holding(Int, ready: Bool)
        /// An `EXEC` is unanswered, and behind it perhaps the claim of batch `next`.
        case committing(Int, next: Int?)
        /// Something else is unanswered: a compare-and-set, or setting an oversized event aside.
        case busy
    }

    /// What to do.
    enum Action: Equatable {
        case claim(lane: Int, sequence: Int)
        case commit(lane: Int, sequence: Int, next: Int?)
        /// Nothing to drive: wait for an event.
        case wait
        /// Nothing in hand and no wish for more.
        case rest
    }

    /// Why the driver must start afresh.
    enum Failure: Equatable {
        /// Reconnect and claim `low` again.
        case reset
        /// The driver was recovered: register a new id.
        case fenced
        /// Redis' history was rolled back: recover the own id, then register a new one.
        case rolledBack
    }

    private(set) var lanes: [Phase] = [.idle, .idle]
    /// The lowest batch that is not known to be committed.
    private(set) var low: Int
    /// Whether the incoming list is believed to hold events.
    private(set) var more = true
    /// Nothing is claimed beside what is in hand: an event that is suspected of killing drivers travels alone.
    private var alone = false

    init(low: Int) { self.low = low }

    /// No batch is in hand and nothing is unanswered.
    var isIdle: Bool { lanes == [.idle, .idle] }

    /// The batches that are claimed and not known to be committed.
    var inFlight: [Int] {
        lanes.compactMap {
            switch $0 {
            case .holding(let sequence, _), .committing(let sequence, _): sequence
            default: nil
            }
        }.sorted()
    }

    /// The batches in flight, and those whose claim or commit is unanswered: Redis may have executed it.
    var perhapsInFlight: [Int] {
        lanes.flatMap { phase -> [Int] in
            switch phase {
            case .idle, .busy: []
            case .claiming(let sequence), .holding(let sequence, _): [sequence]
            case .committing(let sequence, let next): [sequence] + (next.map { [$0] } ?? [])
            }
        }.sorted()
    }

    // MARK: - What to do

    /// The next thing to do, or nil when an answer must come first. Call it until it says nil, `wait` or `rest`.
    ///
    /// - Parameter claims: whether new events are wanted; not while paused, nor while stopping.
    mutating func next(claims: Bool) -> Action? {
        if let commit = nextCommit(claims: claims) { return commit }
        if claims, more, let claim = nextClaim() { return claim }
        guard isIdle else { return nil }
        if !claims { return .rest }
        return more ? nil : .wait
    }

    private mutating func nextCommit(claims: Bool) -> Action? {
        guard !lanes.contains(where: \.isCommitting),
            let lane = lanes.firstIndex(of: .holding(low, ready: true))
        else { return nil }
        let next: Int? =
            switch lanes[1 - lane] {
            case .holding: low + 2
            case .idle: low + 1
            default: nil
            }
        lanes[lane] = .committing(low, next: claims ? next : nil)
        return .commit(lane: lane, sequence: low, next: claims ? next : nil)
    }

    private mutating func nextClaim() -> Action? {
        guard !alone, !lanes.contains(where: \.isClaiming), let lane = lanes.firstIndex(of: .idle) else { return nil }
        let sequence = low + inFlight.count
        lanes[lane] = .claiming(sequence)
        return .claim(lane: lane, sequence: sequence)
    }

    // MARK: - What was answered

    /// A claim was answered.
    ///
    /// - Parameters:
    ///   - held: events that were read behind the WATCH.
    ///   - more: events were left in the list.
    ///   - suspect: the only event of the batch is suspected of killing drivers.
    mutating func claimed(lane: Int, held: Int, more: Bool, suspect: Bool) {
        guard case .claiming(let sequence) = lanes[lane] else { return }
        lanes[lane] = held > 0 ? .holding(sequence, ready: false) : .idle
        self.more = more
        alone = suspect
    }

    /// A claim was answered: what comes next cannot be in hand beside another batch.
    mutating func postponed(lane: Int) {
        lanes[lane] = .idle
        more = true
        alone = !isIdle
    }

    /// A replayed claim was answered: its batch is in hand again, or, when nothing is left of it, done.
    ///
    /// - Parameters:
    ///   - held: events that were read behind the WATCH.
    ///   - suspect: the only event of the batch is suspected of killing drivers.
    mutating func replayed(lane: Int, held: Int, suspect: Bool) -> Failure? {
        guard case .claiming(let sequence) = lanes[lane] else { return .reset }
        more = true
        alone = held > 0 && suspect
        if held > 0 {
            lanes[lane] = .holding(sequence, ready: false)
            return nil
        }
        guard sequence == low else { return .reset }
        low += 1
        lanes[lane] = .idle
        return nil
    }

    /// The batch on this lane may be committed.
    mutating func ready(lane: Int) {
        if case .holding(let sequence, _) = lanes[lane] { lanes[lane] = .holding(sequence, ready: true) }
    }

    /// `EXEC` took effect.
    mutating func committed(lane: Int) {
        guard case .committing(let sequence, let next) = lanes[lane] else { return }
        low = sequence + 1
        lanes[lane] = next.map { .claiming($0) } ?? .idle
        alone = false
    }

    /// The doorbell rang: there is an event. True if it may be handed over by compare-and-set, on the first lane.
    mutating func rang(claims: Bool) -> Bool {
        guard claims, isIdle else { return false }
        lanes[0] = .busy
        return true
    }

    /// The claim of the lowest batch found something to do before anything can be claimed.
    mutating func interrupted(lane: Int) {
        lanes[lane] = .busy
        alone = true
    }

    /// What made the lane busy is done, or given up before it was sent.
    ///
    /// - Parameter usesNumber: it was done in place of the lowest batch.
    mutating func finished(lane: Int, more: Bool, usesNumber: Bool = false) {
        lanes[lane] = .idle
        self.more = more
        alone = false
        if usesNumber { low += 1 }
    }

    /// There may be events to claim.
    mutating func expectMore() { more = true }
}

extension BatchSequencer.Phase {
    fileprivate var isCommitting: Bool {
        if case .committing = self { true } else { false }
    }

    fileprivate var isClaiming: Bool {
        switch self {
        case .claiming: true
        case .committing(_, let next): next != nil
        default: false
        }
    }
}

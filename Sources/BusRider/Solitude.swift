/// A job that was in hand at two crashes runs alone, so that a third one proves it guilty, and never a neighbour. A
/// pure value.
struct Solitude {
    /// At so many recoveries a job is set aside.
    static let mostRecoveries = 3
    /// Jobs in hand that take longer are no longer waited for. They are safe: of the jobs that were in hand at two
    /// crashes there is still only this one.
    static let patience = Duration.seconds(10)

    private enum State {
        case none
        case wanted(since: ContinuousClock.Instant)
        case kept(batch: Int)
    }

    private var state = State.none

    /// The next job must run alone: nothing else is claimed before.
    mutating func want(at now: ContinuousClock.Instant) {
        if case .none = state { state = .wanted(since: now) }
    }

    /// It runs, the only job of its batch.
    mutating func begin(batch: Int) { state = .kept(batch: batch) }

    /// A settlement is made.
    mutating func settled(isReserved: (_ batch: Int) -> Bool) {
        if case .kept(let batch) = state, !isReserved(batch) { state = .none }
    }

    /// Whether a claim may be made, and whether it may ask for a job that must run alone.
    mutating func claim(handsAreEmpty: Bool, at now: ContinuousClock.Instant) -> (isAllowed: Bool, isAlone: Bool) {
        switch state {
        case .none: return (true, handsAreEmpty)
        case .wanted(let since):
            guard handsAreEmpty || now - since >= Self.patience else { return (false, false) }
            state = .none
            return (true, true)
        case .kept: return (false, false)
        }
    }
}

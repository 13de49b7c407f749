extension FiringSequence {
    /// The next firings after a time, ascending; fewer than asked for where there are no more.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - time: milliseconds since 1970.
    ///   - state: what Redis has noted. Without it, or when it is of another timing, the schedule counts as first seen
    ///     at `time`.
    package func upcoming(_ count: Int, after time: Int, state: FiringState?) -> [Int] {
        var noted = firstState(seenAt: time)
        if let state, state.follows(timing) {
            noted = state
            noted.last = max(time, state.last)
        }
        let sequence = ending(at: noted.end)
        let count = min(count, noted.firingsLeft(of: timing))
        var last = noted.last
        var firings: [Int] = []
        while firings.count < count, let firing = sequence.first(after: last, anchor: noted.anchor) {
            firings.append(firing)
            last = firing
        }
        return firings
    }

    /// The last firing, or the last that was passed over; nil when there was none since the schedule was first seen.
    package func lastFiring(in state: FiringState) -> Int? {
        guard state.follows(timing), first(after: state.last - 1, anchor: state.anchor) == state.last else {
            return nil
        }
        return state.last
    }
}

extension SlotSequence {
    /// The next slots after a time, ascending; fewer than asked for where there are no more.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - time: milliseconds since 1970.
    ///   - state: what Redis has noted. Without it, or when it is of another timing, the schedule counts as first seen
    ///     at `time`.
    public func upcoming(_ count: Int, after time: Int, state: SlotState?) -> [Int] {
        let noted = state.flatMap(followed)
        let anchor = noted.map(\.anchor) ?? anchor(seenAt: time)
        var last = noted.map { max(time, $0.last) } ?? min(time, anchor.map { $0 - 1 } ?? time)
        var slots: [Int] = []
        while slots.count < count, let slot = first(after: last, anchor: anchor) {
            slots.append(slot)
            last = slot
        }
        return slots
    }

    /// The slot that has fired last, or was passed over; nil when there was none since the schedule was first seen.
    public func lastSlot(in state: SlotState) -> Int? {
        guard let noted = followed(state), first(after: noted.last - 1, anchor: noted.anchor) == noted.last else {
            return nil
        }
        return noted.last
    }

    /// The state, if it is one of this timing.
    private func followed(_ state: SlotState) -> SlotState? {
        state.fingerprint == timing.fingerprint && (isCron || state.anchor != nil) ? state : nil
    }
}

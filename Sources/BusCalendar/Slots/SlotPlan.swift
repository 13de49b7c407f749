/// What a scheduler does about one schedule at one moment. It decides, and touches nothing.
///
/// All times are milliseconds since 1970 of Redis' clock.
package struct SlotPlan: Hashable, Sendable {
    /// What an operator should hear.
    package enum Remark: Hashable, Sendable {
        /// The clock went back by so many milliseconds; the schedule is silent until it has caught up.
        case silent(Int)
        /// The last slot lay so many milliseconds in the future, though the clock never was there; slots count from
        /// now on.
        case clamped(Int)
        /// What another scheduler has noted as the time of the last firing lies in the future, or is no time.
        case incredible
        /// Redis holds this of the schedule, which no scheduler has noted; slots count from now on.
        case unbelieved(String)
    }

    /// The state to be written before anything fires; nil if it stands as it is.
    package private(set) var note: SlotState?
    /// The slots that fire now, ascending.
    package private(set) var due: [Int] = []
    /// When to plan again: at once if it is not later than now. Nil if there is no further slot.
    package private(set) var next: Int?
    package private(set) var remark: Remark?

    /// The most slots that fire at once under `CatchUp.all`.
    package static let batch = 100
    /// How late, in milliseconds, a slot still fires under `CatchUp.skip`.
    package static let tolerance = 10_000
    /// How far back, in milliseconds, a clock may go unmentioned.
    private static let mentionedLag = 120_000
    /// How far ahead, in milliseconds, the last slot may be of any time that the clock has shown.
    private static let plausibleLead = 60_000

    /// - Parameters:
    ///   - slots: of the schedule.
    ///   - state: what Redis has; nil if it has nothing that can be read.
    ///   - enqueued: when the schedule has fired last, by the note that Ruby's schedulers write as well; nil if that is not
    ///     there, or was heeded before. Whichever is later counts, this or `state`.
    ///   - now: the present.
    ///   - seen: the latest time that this leader has seen on the clock and believes; nil when it has just taken
    ///     over. It tells a clock that went back after the last slot had fired from a last slot that never can have
    ///     fired.
    ///   - catchUp: what becomes of missed slots.
    ///   - isPaused: whether slots pass without firing, late or not. They are noted, so that none of them is missed
    ///     when the schedule is resumed.
    package init(
        slots: SlotSequence, state: SlotState?, enqueued: Int? = nil, now: Int, seen: Int?, catchUp: CatchUp,
        isPaused: Bool = false
    ) {
        guard var state, state.follows(slots.timing) else {
            begin(slots, enqueued: enqueued, now: now)
            return
        }
        let slots = slots.ending(at: state.end)
        if state.last > max(now, seen ?? now) + Self.plausibleLead {
            remark = .clamped(state.last - now)
            if let anchor = state.anchor, anchor > slots.anchor(seenAt: now) ?? anchor {
                begin(slots, enqueued: enqueued, now: now, fired: state.fired)
                return
            }
            state.last = now
            note = state
        }
        if let fired = fired(slots, enqueued: enqueued, now: now, anchor: state.anchor), fired > state.last {
            state = state.following(fired)
            note = state
        }
        let firingsLeft = state.firingsLeft(of: slots.timing)
        guard firingsLeft > 0 else { return }
        guard state.last <= now else {
            if state.last - now > Self.mentionedLag { remark = .silent(state.last - now) }
            next = slots.first(after: state.last, anchor: state.anchor)
            return
        }
        guard let slot = slots.first(after: state.last, anchor: state.anchor) else { return }
        guard slot <= now else {
            next = slot
            return
        }
        if catchUp == .all, !isPaused {
            fireAll(of: slots, from: slot, now: now, anchor: state.anchor, most: min(firingsLeft, Self.batch))
            if due.count == firingsLeft { next = nil }
            return
        }
        let (latest, following) = Self.latest(of: slots, from: slot, now: now, anchor: state.anchor)
        if isPaused || (catchUp == .skip && now - latest > Self.tolerance) {
            state.last = latest
            note = state
            next = following
        } else {
            due = [latest]
            next = firingsLeft > 1 ? following : nil
        }
    }

    /// The last slot that another scheduler has fired.
    private mutating func fired(_ slots: SlotSequence, enqueued: Int?, now: Int, anchor: Int?) -> Int? {
        guard let enqueued else { return nil }
        switch slots.testimony(of: enqueued, now: now, anchor: anchor) {
        case .fired(let slot): return slot
        case .none: return nil
        case .incredible:
            remark = remark ?? .incredible
            return nil
        }
    }

    /// What was before a schedule was first seen, or before its timing changed, does not fire; nor does the slot that another
    /// scheduler, whose clock is ahead, has just fired.
    private mutating func begin(_ slots: SlotSequence, enqueued: Int?, now: Int, fired firings: Int? = nil) {
        var state = slots.firstState(seenAt: now)
        if let firings { state.fired = firings }
        let slots = slots.ending(at: state.end)
        if slots.isCron, let fired = fired(slots, enqueued: enqueued, now: now, anchor: state.anchor) {
            state.last = max(fired, state.last)
        }
        note = state
        next = state.firingsLeft(of: slots.timing) > 0 ? slots.first(after: state.last, anchor: state.anchor) : nil
    }

    private mutating func fireAll(of slots: SlotSequence, from slot: Int, now: Int, anchor: Int?, most: Int) {
        next = slot
        while let slot = next, slot <= now, due.count < most {
            due.append(slot)
            next = slots.first(after: slot, anchor: anchor)
        }
    }

    /// The last slot that is due, and the one after it. `slot` is the first that is due, and mostly the only one.
    private static func latest(
        of slots: SlotSequence, from slot: Int, now: Int, anchor: Int?
    ) -> (slot: Int, following: Int?) {
        let following = slots.first(after: slot, anchor: anchor)
        guard let following, following <= now else { return (slot, following) }
        let latest = max(following, slots.last(atOrBefore: now, anchor: anchor) ?? following)
        return (latest, slots.first(after: latest, anchor: anchor))
    }
}

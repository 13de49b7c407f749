/// What a scheduler does about one schedule at one moment. It decides, and touches nothing.
///
/// All times are milliseconds since 1970 of Redis' clock.
package struct FiringPlan: Hashable, Sendable {
    /// What an operator should hear.
    package enum Remark: Hashable, Sendable {
        /// The clock went back by so many milliseconds; the schedule is silent until it has caught up.
        case silent(Int)
        /// The last firing lay so many milliseconds in the future, though the clock never was there; firings count
        /// from now on.
        case clamped(Int)
        /// What another scheduler has noted as the time of the last firing lies in the future, or is no time.
        case incredible
        /// Redis holds this of the schedule, which no scheduler has noted; firings count from now on.
        case unbelieved(String)
    }

    /// The state to note before any job is pushed; nil if it stands as it is.
    package private(set) var note: FiringState?
    /// The firings that are due now, ascending.
    package private(set) var due: [Int] = []
    /// When to plan again: at once if it is not later than now. Nil if there is no further firing.
    package private(set) var next: Int?
    package private(set) var remark: Remark?

    /// The most firings at once under `CatchUp.all`.
    package static let batch = 100
    /// How late, in milliseconds, a firing may be under `CatchUp.skip`.
    package static let tolerance = 10_000
    /// How far back, in milliseconds, a clock may go unmentioned.
    private static let mentionedLag = 120_000
    /// How far ahead, in milliseconds, the last firing may be of any time that the clock has shown.
    private static let plausibleLead = 60_000

    /// - Parameters:
    ///   - firings: of the schedule.
    ///   - state: what Redis has; nil if it has nothing that can be read.
    ///   - enqueued: when the schedule has fired last, by the note that Ruby's schedulers write as well; nil if that is
    ///     not there, or was heeded before. The later of this and `state` counts.
    ///   - now: the present.
    ///   - seen: the latest time that this leader has seen on the clock and believes; nil when it has just taken
    ///     over. It tells whether the clock went back after the last firing, or what is noted as the last firing never
    ///     can have taken place.
    ///   - catchUp: what becomes of missed firings.
    ///   - isPaused: whether firings are passed over, late or not. They are noted, so that none counts as missed when
    ///     the schedule is resumed.
    package init(
        firings: FiringSequence, state: FiringState?, enqueued: Int? = nil, now: Int, seen: Int?, catchUp: CatchUp,
        isPaused: Bool = false
    ) {
        guard var state, state.follows(firings.timing) else {
            begin(firings, enqueued: enqueued, now: now)
            return
        }
        let firings = firings.ending(at: state.end)
        if state.last > max(now, seen ?? now) + Self.plausibleLead {
            remark = .clamped(state.last - now)
            if let anchor = state.anchor, anchor > firings.anchor(seenAt: now) ?? anchor {
                begin(firings, enqueued: enqueued, now: now, fired: state.fired)
                return
            }
            state.last = now
            note = state
        }
        if let fired = fired(firings, enqueued: enqueued, now: now, anchor: state.anchor), fired > state.last {
            state = state.following(fired)
            note = state
        }
        let firingsLeft = state.firingsLeft(of: firings.timing)
        guard firingsLeft > 0 else { return }
        guard state.last <= now else {
            if state.last - now > Self.mentionedLag { remark = .silent(state.last - now) }
            next = firings.first(after: state.last, anchor: state.anchor)
            return
        }
        guard let firing = firings.first(after: state.last, anchor: state.anchor) else { return }
        guard firing <= now else {
            next = firing
            return
        }
        if catchUp == .all, !isPaused {
            fireAll(of: firings, from: firing, now: now, anchor: state.anchor, most: min(firingsLeft, Self.batch))
            if due.count == firingsLeft { next = nil }
            return
        }
        let (latest, following) = Self.latest(of: firings, from: firing, now: now, anchor: state.anchor)
        if isPaused || (catchUp == .skip && now - latest > Self.tolerance) {
            state.last = latest
            note = state
            next = following
        } else {
            due = [latest]
            next = firingsLeft > 1 ? following : nil
        }
    }

    /// The last firing whose job another scheduler has pushed; nil if none is known.
    private mutating func fired(_ firings: FiringSequence, enqueued: Int?, now: Int, anchor: Int?) -> Int? {
        guard let enqueued else { return nil }
        switch firings.testimony(of: enqueued, now: now, anchor: anchor) {
        case .fired(let firing): return firing
        case .none: return nil
        case .incredible:
            remark = remark ?? .incredible
            return nil
        }
    }

    /// Counts from now on, since the schedule is first seen or its timing changed: nothing of the past fires. Nor does
    /// anything fire again that another scheduler, whose clock is ahead, has just fired.
    private mutating func begin(_ firings: FiringSequence, enqueued: Int?, now: Int, fired count: Int? = nil) {
        var state = firings.firstState(seenAt: now)
        if let count { state.fired = count }
        let firings = firings.ending(at: state.end)
        if firings.isCron, let fired = fired(firings, enqueued: enqueued, now: now, anchor: state.anchor) {
            state.last = max(fired, state.last)
        }
        note = state
        next = state.firingsLeft(of: firings.timing) > 0 ? firings.first(after: state.last, anchor: state.anchor) : nil
    }

    private mutating func fireAll(of firings: FiringSequence, from first: Int, now: Int, anchor: Int?, most: Int) {
        next = first
        while let firing = next, firing <= now, due.count < most {
            due.append(firing)
            next = firings.first(after: firing, anchor: anchor)
        }
    }

    /// The last firing that is due, and the one after it. `first` is the first that is due, and mostly the only one.
    private static func latest(
        of firings: FiringSequence, from first: Int, now: Int, anchor: Int?
    ) -> (latest: Int, following: Int?) {
        let following = firings.first(after: first, anchor: anchor)
        guard let following, following <= now else { return (first, following) }
        let latest = max(following, firings.last(atOrBefore: now, anchor: anchor) ?? following)
        return (latest, firings.first(after: latest, anchor: anchor))
    }
}

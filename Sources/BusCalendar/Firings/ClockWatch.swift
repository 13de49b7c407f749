/// Tells what Redis' clock can be believed, by a clock that never jumps.
package struct ClockWatch: Sendable {
    /// How far the clock moved against the monotonic one between two looks.
    package enum Jump: Hashable, Sendable {
        case forward(Int)
        case back(Int)
    }

    /// A difference, in milliseconds, that is no jump: clocks are disciplined, and answers take their time.
    private static let unmentioned = 1000
    /// How long, in milliseconds, a jump forward is doubted: a clock that was set wrongly is set right by then.
    private static let doubt = 600_000

    /// The latest time that was believed, for `FiringPlan`; nil before the first look.
    package private(set) var believed: Int?
    /// What to add to the monotonic clock; at the last look, and the one that is believed.
    private var offset = 0
    private var believedOffset = 0
    /// When, on the monotonic clock, the last jump was.
    private var jumped = 0

    package init() {}

    /// Takes a look at both clocks.
    ///
    /// - Parameters:
    ///   - now: milliseconds of Redis' clock.
    ///   - monotonic: milliseconds of the local clock that only runs forward.
    /// - Returns: a jump of more than a second since the last look.
    package mutating func look(now: Int, monotonic: Int) -> Jump? {
        let present = now - monotonic
        guard let believed else {
            (self.believed, offset, believedOffset, jumped) = (now, present, present, monotonic)
            return nil
        }
        let change = present - offset
        offset = present
        if abs(change) > Self.unmentioned { jumped = monotonic }
        if abs(present - believedOffset) <= Self.unmentioned || monotonic - jumped >= Self.doubt {
            believedOffset = present
        }
        self.believed = max(believed, min(now, monotonic + believedOffset))
        guard abs(change) > Self.unmentioned else { return nil }
        return change > 0 ? .forward(change) : .back(-change)
    }
}

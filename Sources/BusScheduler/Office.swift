import BusProtocol

/// What a scheduler needs only while it leads, made anew each time. Used on the loop's thread only.
final class Office {
    let registry: ScheduleRegistry
    let promoter: Promoter
    let heartbeat: BusHeartbeat
    var firings: FiringCommands
    var roster = Roster(own: [], from: .code, in: nil)
    /// The names under which schedules have fired that this leader does not know.
    var strangers: [String] = []

    /// When, in milliseconds since 1970, the first delayed job falls due; nil when none waits.
    var firstDue: Int?
    /// There is more to promote than the last step has moved.
    var isPromoting = false
    var pace: Pace
    /// Not before this the next step of promotion begins.
    var nextPromotion = MonotonicInstant.past
    /// When to move entries on that wait for `failed` to be a list: at the start those that others have left.
    var failureMove = MonotonicInstant.past
    /// Not before this the first due time is read again.
    var nextLook = MonotonicInstant.past
    /// When it is read although nothing was announced.
    var precaution = MonotonicInstant.past
    /// Redis refused to show the schedules: when to try again.
    var schedulesRetry = MonotonicInstant.past
    /// When to renew the lock.
    var renewal = MonotonicInstant.past
    /// When to look for delayed jobs that the schedule does not know.
    var orphanSearch = MonotonicInstant.past

    init(registry: ScheduleRegistry, promoter: Promoter, pace: Pace, heartbeat: BusHeartbeat, firings: FiringCommands) {
        self.registry = registry
        self.promoter = promoter
        self.pace = pace
        self.heartbeat = heartbeat
        self.firings = firings
    }
}

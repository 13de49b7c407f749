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
    /// Not before this, in nanoseconds of the monotonic clock, the next step of promotion begins.
    var nextPromotion: UInt64 = 0
    /// When to move entries on that wait for `failed` to be a list, in nanoseconds of the monotonic clock: at the start
    /// those that others have left.
    var failureMove: UInt64 = 0
    /// Not before this, in nanoseconds of the monotonic clock, the first due time is read again.
    var nextLook: UInt64 = 0
    /// When, in nanoseconds of the monotonic clock, it is read although nothing was announced.
    var precaution: UInt64 = 0
    /// Redis refused to show the schedules: when to try again, in nanoseconds of the monotonic clock.
    var schedulesRetry: UInt64 = 0
    /// When to renew the lock, in nanoseconds of the monotonic clock.
    var renewal: UInt64 = 0
    /// When to look for delayed jobs that the schedule does not know, in nanoseconds of the monotonic clock.
    var orphanSearch: UInt64 = 0

    init(registry: ScheduleRegistry, promoter: Promoter, pace: Pace, heartbeat: BusHeartbeat, firings: FiringCommands) {
        self.registry = registry
        self.promoter = promoter
        self.pace = pace
        self.heartbeat = heartbeat
        self.firings = firings
    }
}

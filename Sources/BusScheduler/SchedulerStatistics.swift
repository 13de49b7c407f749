/// What a scheduler has done since it started. Counts only ever grow.
public struct SchedulerStatistics: Sendable, Equatable {
    /// Delayed jobs that were moved to their queues.
    public var promoted = 0
    /// Delayed items that went to `failed`.
    public var failed = 0
    /// Slots of schedules that fired.
    public var fired = 0
    /// Minutes for which the bus heartbeat was published.
    public var heartbeats = 0
    /// Times the scheduler had to connect anew.
    public var reconnects = 0
    /// Times it became the leader.
    public var elections = 0
    /// It leads now.
    public var isLeading = false
    /// Schedules that it fires, or would fire if it led.
    public var schedules = 0
}

/// What a scheduler has done since it started. Counts only ever grow.
package struct SchedulerStatistics: Sendable, Equatable {
    /// Delayed jobs that were moved to their queues.
    package var promoted = 0
    /// Delayed items that went to `failed`.
    package var failed = 0
    /// Firings of schedules.
    package var fired = 0
    /// Minutes for which the bus heartbeat was published.
    package var heartbeats = 0
    /// Times the scheduler had to connect anew.
    package var reconnects = 0
    /// Times it became the leader.
    package var elections = 0
    /// It leads now.
    package var isLeading = false
    /// Schedules that it fires, or would fire if it led.
    package var schedules = 0
}

/// What a rider has done since it started. Counts only ever grow.
package struct RiderStatistics: Sendable, Equatable {
    /// Jobs that are done: those that succeeded, and those that failed for good.
    package var processed = 0
    /// Runs that failed.
    package var failed = 0
    /// Failed runs that are tried again.
    package var retried = 0
    /// Jobs that went back to their queues without having been run to an end.
    package var givenBack = 0
    /// Batches claimed.
    package var claims = 0
    /// Settlements made.
    package var settlements = 0
    /// Times the rider had to connect anew.
    package var reconnects = 0
    /// Times the rider found itself recovered by another.
    package var fenced = 0
    /// Jobs of dead riders that were given back.
    package var recovered = 0
}

/// What a rider has done since it started. Counts only ever grow.
public struct RiderStatistics: Sendable, Equatable {
    /// Jobs that are done: those that succeeded, and those that failed for good.
    public var processed = 0
    /// Runs that failed.
    public var failed = 0
    /// Failed runs that are tried again.
    public var retried = 0
    /// Jobs that went back to their queues without having been run to an end.
    public var givenBack = 0
    /// Batches claimed.
    public var claims = 0
    /// Settlements made.
    public var settlements = 0
    /// Times the rider had to connect anew.
    public var reconnects = 0
    /// Times the rider found itself recovered by another.
    public var fenced = 0
    /// Jobs of dead riders that were given back.
    public var recovered = 0
}

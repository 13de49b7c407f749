/// What a driver has done since it started. Counts only ever grow.
public struct DriverStatistics: Sendable, Equatable {
    /// Events taken off the incoming list for good.
    public var events = 0
    /// Copies put on subscribers' queues.
    public var copies = 0
    /// Events that no subscription matched.
    public var unmatched = 0
    /// Entries written to `failed`.
    public var failed = 0
    /// Batches committed.
    public var batches = 0
    /// Events handed over by compare-and-set while idle.
    public var swaps = 0
    /// Times the driver had to connect anew.
    public var reconnects = 0
    /// Times the driver found itself recovered by another.
    public var fenced = 0
    /// Events of dead drivers that were given back.
    public var recovered = 0
    /// Times the subscriptions were read.
    public var loads = 0
    /// Subscriptions in force.
    public var subscriptions = 0
    /// Subscription records that cannot be used.
    public var broken = 0
}

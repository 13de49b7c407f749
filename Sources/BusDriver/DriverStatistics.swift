/// What a driver has done since it started. Counts only ever grow.
package struct DriverStatistics: Sendable, Equatable {
    /// Events taken off the incoming list for good.
    package var events = 0
    /// Copies put on subscribers' queues.
    package var copies = 0
    /// Events that no subscription matched.
    package var unmatched = 0
    /// Entries written to `failed`.
    package var failed = 0
    /// Batches committed.
    package var batches = 0
    /// Events handed over by compare-and-set while idle.
    package var swaps = 0
    /// Times the driver had to connect anew.
    package var reconnects = 0
    /// Times the driver found itself recovered by another.
    package var fenced = 0
    /// Events of dead drivers that were given back.
    package var recovered = 0
    /// Times the subscriptions were read.
    package var loads = 0
    /// Subscriptions in force.
    package var subscriptions = 0
    /// Subscription records that cannot be used.
    package var broken = 0
}

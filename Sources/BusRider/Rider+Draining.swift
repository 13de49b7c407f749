import BusProtocol
import LibevExecutor

/// A rider that works off what is there, and then ends: it does not wait for a Redis that cannot be used.
extension Rider {
    /// This is a drain that has not begun: nothing is in hand that it should wait for.
    var cannotBegin: Bool { configuration.drains && !hasClaimed && !isStopping && isAtRest }

    /// A drain waits for one lease, in which it has what is in hand to itself.
    func limitPatience() {
        guard configuration.drains, !isStopping, !isLosingPatience else { return }
        isLosingPatience = true
        executor.schedule(after: configuration.lease) { [progress] in
            self.assumeIsolated { rider in
                rider.isLosingPatience = false
                if rider.trouble != nil, rider.progress == progress { rider.abandon() }
            }
        }
    }

    /// Grows with whatever Redis lets this rider do.
    private var progress: Int { statistics.claims + statistics.settlements }

    /// The keys of the lists that may hold jobs which this rider has taken and not, for all it knows, settled.
    ///
    /// While it works these come and go; after the connection was lost they wait for recovery.
    public var inFlight: [String] {
        guard let keys else { return [] }
        let batches = reserved.queues.keys.sorted() + (isClaiming ? [claimed + 1] : [])
        return batches.map(keys.reserved)
    }
}

/// Counts what a driver does. Confined to the driver.
final class DriverTally {
    private(set) var statistics = DriverStatistics()

    /// A batch was committed.
    func committed(_ draft: BatchDraft) { draft.tally(into: &statistics) }

    /// An event was handed over by compare-and-set.
    func swapped(_ draft: BatchDraft) {
        draft.tally(into: &statistics)
        statistics.swaps += 1
    }

    /// What a kept batch owed is paid.
    func mended(_ draft: BatchDraft) { draft.tallyMending(into: &statistics) }

    /// An event that is too large was set aside.
    func setAside() {
        statistics.events += 1
        statistics.failed += 1
    }

    /// Events of a dead driver were given back.
    func recovered(_ events: Int) { statistics.recovered += events }

    /// Another driver has recovered this one.
    func fenced() { statistics.fenced += 1 }

    /// Subscriptions were read, and these are in force.
    func loaded(_ compiled: CompiledSubscriptions) {
        statistics.loads += 1
        statistics.subscriptions = compiled.count
        statistics.broken = compiled.problemCount
    }
}

/// How much regular expressions may cost that no automaton can judge; see ``MatchScratch``.
///
/// Steps are those of the machine, some 10 ns each.
package struct RegexLimits: Sendable {
    /// What happens to a search that needs more.
    package enum Exhaustion: Sendable {
        /// Its subscription stays undecided, and the pattern gets a strike where the search has had its full share.
        case undecided
        /// The match is given up as a whole, to be made again with more patience: ``MatchScratch/needsMoreTime``.
        case postponed
    }

    /// Steps for one pattern on one event; 200 000 unless told, 2 ms. Each strike halves it.
    package var perPattern = 200_000
    /// Steps for all patterns on one event; 2 000 000 unless told. Patterns with strikes may not take the second half.
    package var perEvent = 2_000_000
    /// Steps for all patterns and events of one batch; 6 000 000 unless told, 60 ms.
    package var perBatch = 6_000_000
    /// Steps that a pattern gets on each event whatever others have taken; 2 000 unless told, 20 µs.
    package var always = 2_000
    /// Steps for a pattern in quarantine, or one that has gone on without an answer in a batch whose steps are spent.
    package var little = 200
    /// Searches that exceed their share before a pattern is quarantined; 3 unless told.
    package var strikes = 3
    /// How long a quarantine lasts, in nanoseconds; 60 s unless told.
    package var quarantine = 60_000_000_000
    package var onExhaustion = Exhaustion.undecided

    /// The defaults, for a thread that may take its time.
    package init() {}

    /// For a loop that others wait for: 3 ms a batch.
    package static let onLoop = {
        var limits = RegexLimits()
        (limits.perPattern, limits.perEvent, limits.perBatch) = (20_000, 300_000, 300_000)
        limits.onExhaustion = .postponed
        return limits
    }()
}

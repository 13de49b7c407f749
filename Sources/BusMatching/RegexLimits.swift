/// How much regular expressions may cost that no automaton can judge; see ``MatchScratch``.
///
/// Steps are those of the machine, some 10 ns each.
public struct RegexLimits: Sendable {
    /// What happens to a search that needs more.
    public enum Exhaustion: Sendable {
        /// Its subscription stays undecided, and the pattern gets a strike where the search has had its full share.
        case undecided
        /// The match is given up as a whole, to be made again with more patience: ``MatchScratch/needsMoreTime``.
        case postponed
    }

    /// Steps for one pattern on one event; 200 000 unless told, 2 ms. Each strike halves it.
    public var perPattern = 200_000
    /// Steps for all patterns on one event; 2 000 000 unless told. Patterns with strikes may not take the second half.
    public var perEvent = 2_000_000
    /// Steps for all patterns and events of one batch; 6 000 000 unless told, 60 ms.
    public var perBatch = 6_000_000
    /// Steps that a pattern gets on each event whatever others have taken; 2 000 unless told, 20 µs.
    public var always = 2_000
    /// Steps for a pattern in quarantine, or one that has gone on without an answer in a batch whose steps are spent.
    public var little = 200
    /// Searches that exceed their share before a pattern is quarantined; 3 unless told.
    public var strikes = 3
    /// How long a quarantine lasts, in nanoseconds; 60 s unless told.
    public var quarantine = 60_000_000_000
    public var onExhaustion = Exhaustion.undecided

    /// The defaults, for a thread that may take its time.
    public init() {}

    /// For a loop that others wait for: 3 ms a batch.
    public static let onLoop = {
        var limits = RegexLimits()
        (limits.perPattern, limits.perEvent, limits.perBatch) = (20_000, 300_000, 300_000)
        limits.onExhaustion = .postponed
        return limits
    }()
}

import RubyRegex

/// The flat form of an index: records of numbers that refer to each other by position.
///
/// Built by ``IndexBuilder``, read by ``SubscriptionIndex``, freed once by the latter.
struct IndexTables {
    /// An attribute that at least one subscription mentions.
    struct Attribute: BitwiseCopyable {
        var nameHash: UInt32
        var nameStart: UInt32
        var nameCount: UInt32
        /// The longest literal; a longer value without line breaks equals none.
        var longestLiteral: UInt32
        /// Patterns that lead to subscriptions and that no scan looks for: a run of `lonePatterns`.
        var loneStart: UInt32
        var loneCount: UInt32
        /// What the text is scanned by: a run of `SubscriptionIndex.joined`.
        var joinedStart: UInt32
        var joinedCount: UInt32
        /// Some joined pattern leads to subscriptions.
        var leadsByScan: Bool
        /// Subscriptions that need the attribute to be there and have nothing more selective: a run of `candidates`.
        var presenceStart: UInt32
        var presenceCount: UInt32
        /// Some literal of the attribute leads to subscriptions.
        var leadsByLiteral: Bool
        /// Some filter looks at the text, not only at whether there is one.
        var needsText: Bool
        /// Some filter may look at the text of an array or an object behind its first byte, which is `[` or `{`.
        var needsInspection: Bool
        /// Every event has it, with one of few values, so what is found in them is worth remembering.
        var isEventType: Bool
    }

    /// A distinct text that an attribute is compared with, at its place in an open-addressing table.
    struct Literal: BitwiseCopyable {
        /// The attribute's number plus one; 0 in a free slot.
        var owner: UInt32
        var textStart: UInt32
        var textCount: UInt32
        /// How many subscriptions are filed under this literal.
        var candidatesCount: UInt32
        /// The first and the last eight bytes of the text: up to sixteen are compared without fetching the text.
        var ends: TextEnds
        /// The candidate itself when it is the only one, so that it need not be fetched.
        var loneCandidate: Candidate
        /// Where the run of several candidates begins.
        var candidatesStart: UInt32 {
            get { loneCandidate.firstCheck }
            set { loneCandidate = Candidate(subscription: 0, firstCheck: newValue, isDecided: false) }
        }

        static let free = Literal(
            owner: 0, textStart: 0, textCount: 0, candidatesCount: 0, ends: TextEnds(head: 0, tail: 0),
            loneCandidate: Candidate(subscription: 0, firstCheck: 0, isDecided: false))
    }

    /// A filter that is more than one comparison. The same filter on the same attribute is one pattern.
    struct Pattern: BitwiseCopyable {
        enum Kind: UInt8, BitwiseCopyable {
            case anything, fragments
            /// A regular expression that an automaton decides.
            case automaton
            /// A regular expression that takes a search within a budget; an automaton may say no.
            case budgeted
            /// A regular expression that nobody decides.
            case unjudgeable
            /// A regular expression that does not compile: only the filter's own text satisfies it.
            case ownText
        }

        var kind: Kind
        /// It is a member of a set in `SubscriptionIndex.joined`.
        var isJoined: Bool
        /// What a missing attribute, whose text is "", gives.
        var onMissing: Judgement
        var attribute: UInt32
        /// The filter as stored: an equal text satisfies it before anything else is tried.
        var textStart: UInt32
        var textCount: UInt32
        /// A run of `fragments`: one has to occur.
        var fragmentsStart: UInt32
        var fragmentsCount: UInt32
        /// Into `SubscriptionIndex.regexes`, for a regular expression.
        var regex: UInt32
        /// Subscriptions led by this pattern: a run of `candidates`.
        var candidatesStart: UInt32
        var candidatesCount: UInt32
    }

    struct FragmentText: BitwiseCopyable {
        var textStart: UInt32
        var textCount: UInt32
        var start: Fragment.Boundary
        var end: Fragment.Boundary
    }

    /// One filter of one subscription.
    struct Check: BitwiseCopyable {
        enum Kind: UInt8, BitwiseCopyable {
            case special, literal, pattern
        }

        var attribute: UInt32
        /// The accepted states, the slot in `literals`, or the number of the pattern.
        var operand: UInt32
        var kind: Kind
        /// The last filter of its subscription.
        var isLast = false
    }

    /// A subscription to look at, and whether finding it already decides.
    struct Candidate: BitwiseCopyable {
        private let bits: UInt32
        /// Its filters are in `checks` from here on.
        let firstCheck: UInt32

        init(subscription: Int, firstCheck: UInt32, isDecided: Bool) {
            bits = UInt32(subscription) << 1 | (isDecided ? 1 : 0)
            self.firstCheck = firstCheck
        }

        var subscription: UInt32 { bits >> 1 }
        /// The filter that led here is the only one.
        var isDecided: Bool { bits & 1 != 0 }
    }

    let attributes: FlatArray<Attribute>
    /// Open addressing by name hash: the attribute's number plus one, 0 when free.
    let attributeSlots: FlatArray<UInt32>
    let literals: FlatArray<Literal>
    let literalSeed: UInt64
    let patterns: FlatArray<Pattern>
    /// The patterns that subscriptions are filed under and that no scan looks for, attribute by attribute.
    let lonePatterns: FlatArray<UInt32>
    let fragments: FlatArray<FragmentText>
    let candidates: FlatArray<Candidate>
    /// All checks, subscription by subscription; the first of each is the one it is filed under.
    let checks: FlatArray<Check>
    /// Subscriptions that only an exhaustive look can find: those with nothing but `nil`, `blank` and `.*`.
    let residual: FlatArray<Candidate>
    /// Patterns that subscriptions are filed under and that a missing attribute satisfies, or may.
    let leadingWhenMissing: FlatArray<UInt32>
    /// Names, literals, filters and fragments.
    let text: FlatArray<UInt8>

    func deallocate() {
        attributes.deallocate()
        attributeSlots.deallocate()
        literals.deallocate()
        patterns.deallocate()
        lonePatterns.deallocate()
        fragments.deallocate()
        candidates.deallocate()
        checks.deallocate()
        residual.deallocate()
        leadingWhenMissing.deallocate()
        text.deallocate()
    }

    /// Bytes taken by everything but the texts.
    var overheadBytes: Int {
        attributes.byteCount + attributeSlots.byteCount + literals.byteCount + patterns.byteCount
            + lonePatterns.byteCount + fragments.byteCount + candidates.byteCount + checks.byteCount
            + residual.byteCount + leadingWhenMissing.byteCount
    }
}

/// The outcome of a filter, or of a subscription.
enum Judgement: UInt8, BitwiseCopyable {
    case no, yes
    /// A regular expression gave up.
    case undecided
}

/// A pattern after parsing: what it means, with nothing left of how it was written.
///
/// Names and relative numbers are resolved, options have become part of what they change, letters under `i` have become
/// sets and alternations, `{n}?` and its kin are plain bounds. Automaton and machine therefore know one language.
///
/// Nodes stand in one array, each behind its children (post-order), so that a pass from the bottom up is a loop and no
/// pattern is nested too deeply for a stack. A ``Node/call(_:)`` alone may point to a node that stands behind it.
struct SyntaxTree: Sendable {
    typealias Index = Int32

    /// A run of `children`.
    struct Children: Hashable, Sendable {
        var first: Int32
        var count: Int32
    }

    enum Greed: UInt8, Hashable, Sendable {
        case greedy, lazy, possessive
    }

    /// A condition on a place in the text; it consumes nothing.
    enum Assertion: UInt8, Hashable, Sendable {
        /// `^` and `$`: only `\n` ends a line.
        case lineStart, lineEnd
        /// `\A` (and `\G`, since a search begins at the beginning) and `\z`.
        case textStart, textEnd
        /// `\Z`: the end, or before a line break that ends the text.
        case textEndOrLastLineBreak
        /// `\b` and `\B` as Unicode has words.
        case wordBoundary, noWordBoundary
        /// `\b` and `\B` under the option `a`.
        case asciiWordBoundary, noASCIIWordBoundary
    }

    /// A repetition without an upper bound.
    static let unbounded = Int32.max

    enum Node: Hashable, Sendable {
        /// Matches at every place, and consumes nothing. `\K` is this too: it only moves where a match is said to
        /// begin.
        case empty
        /// Matches nowhere.
        case never
        /// These code points one after the other: a run of `scalars`.
        case text(Children)
        /// One code point of `sets[…]`.
        case set(Int32)
        case assertion(Assertion)
        case sequence(Children)
        /// Tried from left to right.
        case alternation(Children)
        /// `minimum <= maximum`; `maximum` may be ``unbounded``.
        case repetition(Index, minimum: Int32, maximum: Int32, Greed)
        /// A repetition that ends with an iteration that consumes nothing, also before the minimum.
        case counted(Index, minimum: Int32, maximum: Int32, isLazy: Bool)
        /// Only for groups that a back-reference, a condition or a call refers to, or that decide whether an iteration
        /// has consumed nothing; others are their bodies.
        case capture(number: Int32, Index)
        case lookAhead(Index, isNegative: Bool)
        /// The body matches `length` code points before here; where it ends is not asked. A look-behind whose
        /// alternatives differ in length has become several.
        case lookBehind(Index, length: Int32, isNegative: Bool)
        /// `(?>…)`: once matched, other ways to match it are forgotten.
        case atomic(Index)
        /// The text that one of the groups (a run of `children`, tried from the last to the first) last matched.
        /// `level` is relative to the depth of calls; nil means any.
        case backReference(groups: Children, ignoresCase: Bool, level: Int32?)
        /// `\g<…>`: the ``capture(number:_:)`` with this number, or the whole pattern for 0.
        case call(Int32)
        /// `(?(1)yes|no)`: whether one of the groups (a run of `children`) has matched.
        case conditional(groups: Children, yes: Index, no: Index)
        /// `(?~…)`: a text that holds no match of the body, as long as possible at first.
        case absence(Index)
        /// `\X`: an extended grapheme cluster.
        case graphemeCluster
    }

    var nodes: [Node] = []
    /// What nodes refer to by ``Children``.
    var children: [Int32] = []
    /// Code points that ``Node/text(_:)`` refers to.
    var scalars: [UInt32] = []
    /// The distinct sets.
    var sets: [CodePointSet] = []
    /// The last node.
    var root: Index { Index(nodes.count - 1) }
    /// Whether a look-behind may end elsewhere than where it stands.
    var mayEndElsewhere = false
    /// The highest number of a group.
    var captureCount: Int32 = 0

    /// The numbers in a run.
    func children(_ run: Children) -> ArraySlice<Int32> {
        children[Int(run.first)..<Int(run.first) + Int(run.count)]
    }
}

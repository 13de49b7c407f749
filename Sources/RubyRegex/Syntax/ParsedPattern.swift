/// A pattern as it is written: what ``PatternParser`` reads, and what Ruby's rules about the shape of a pattern look
/// at.
///
/// Nodes stand in one array, each behind its children. ``SyntaxTree`` is made of it when all of it is known to be
/// valid.
struct ParsedPattern {
    typealias Index = SyntaxTree.Index
    typealias Children = SyntaxTree.Children

    enum Node {
        case empty
        /// `\K`.
        case keep
        /// A run of ``scalars``.
        case text(Children, Folding)
        case set(Int32)
        /// `.` and `\w`: a set that takes one byte of Ruby's program.
        case namedSet(Int32, isDot: Bool)
        case assertion(SyntaxTree.Assertion)
        case sequence(Children)
        case alternation(Children)
        case repetition(Index, minimum: Int32, maximum: Int32, isLazy: Bool)
        case capture(number: Int32, Index)
        /// `(?i:…)`. What the options do has gone into the body.
        case options(Index)
        case lookAhead(Index, isNegative: Bool)
        case lookBehind(Index, isNegative: Bool)
        case atomic(Index)
        case absence(Index)
        /// The body is the `yes`, if it is no alternation.
        case conditional(Reference, Index)
        case backReference(groups: Children, ReferenceStyle)
        /// An index into ``calls``.
        case call(Int32)
        case graphemeCluster
    }

    /// How a text is compared.
    enum Folding: UInt8 {
        case exact
        /// Under `i`.
        case folded
        /// Under `i` in a look-behind, where each code point of the fold stands for one of the text.
        case foldedBehind
        /// A fold that a class under `i` stands for, and the same in a look-behind.
        case classFold, classFoldBehind
    }

    struct Reference {
        var group: Int32
        var isByNumber: Bool
    }

    struct ReferenceStyle {
        var isByNumber: Bool
        var ignoresCase: Bool
        /// Whether this stands in one of the groups.
        var isOpen: Bool
        var level: Int32?
    }

    struct Call {
        enum Target {
            /// 0 is the whole pattern.
            case number(Int32)
            /// A name that may be defined later.
            case name(ArraySlice<Unicode.Scalar>)
        }
        var target: Target
        /// The innermost group around it, 0 where there is none.
        var caller: Int32
    }

    struct Group {
        /// The innermost group around it.
        var parent: Int32
        var isNamed: Bool
        /// Its node, once it is complete.
        var node: Index = -1
    }

    var nodes: [Node] = []
    /// What nodes refer to by `Children`.
    var children: [Int32] = []
    var scalars: [UInt32] = []
    var sets = InternedSets()
    /// By number; the first is the whole pattern.
    var groups = [Group(parent: 0, isNamed: false)]
    var names: [ArraySlice<Unicode.Scalar>: [Int32]] = [:]
    var calls: [Call] = []
    /// Where a `\R` stands, if there is one.
    var lineBreak: Index?
    var hasLookBehind = false
    /// Whether something is repeated that is more than a letter or a set.
    var repeatsGroup = false
    var hasReference = false

    var root: Index { Index(nodes.count - 1) }
    var hasNames: Bool { !names.isEmpty }

    mutating func add(_ node: Node) -> Index {
        nodes.append(node)
        return Index(nodes.count - 1)
    }

    /// Keeps indices of nodes or numbers of groups.
    mutating func list(_ members: some Collection<Int32>) -> Children {
        let first = Int32(children.count)
        children += members
        return Children(first: first, count: Int32(members.count))
    }

    func members(_ run: Children) -> ArraySlice<Int32> { children[Int(run.first)..<Int(run.first + run.count)] }
    func text(_ run: Children) -> ArraySlice<UInt32> { scalars[Int(run.first)..<Int(run.first + run.count)] }

    /// Calls `body` with each child.
    func forEachChild(of node: Node, _ body: (Index) -> Void) {
        switch node {
        case .empty, .keep, .text, .set, .namedSet, .assertion, .backReference, .call, .graphemeCluster: return
        case .sequence(let run), .alternation(let run):
            for child in members(run) { body(child) }
        case .repetition(let child, _, _, _), .capture(_, let child), .options(let child), .lookAhead(let child, _),
            .lookBehind(let child, _), .atomic(let child), .absence(let child), .conditional(_, let child):
            body(child)
        }
    }
}

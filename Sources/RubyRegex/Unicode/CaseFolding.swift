/// One to three code points.
struct FoldedScalars: Hashable, Sendable, RandomAccessCollection {
    private var scalars: (UInt32, UInt32, UInt32)
    let count: Int

    init(_ first: UInt32) {
        scalars = (first, 0, 0)
        count = 1
    }

    init(_ first: UInt32, _ second: UInt32) {
        scalars = (first, second, 0)
        count = 2
    }

    init(_ first: UInt32, _ second: UInt32, _ third: UInt32) {
        scalars = (first, second, third)
        count = 3
    }

    var startIndex: Int { 0 }
    var endIndex: Int { count }

    subscript(position: Int) -> UInt32 {
        precondition(position >= 0 && position < count)
        return position == 0 ? scalars.0 : position == 1 ? scalars.1 : scalars.2
    }

    static func == (left: FoldedScalars, right: FoldedScalars) -> Bool {
        left.count == right.count && left.scalars == right.scalars
    }

    func hash(into hasher: inout Hasher) {
        for scalar in self { hasher.combine(scalar) }
    }
}

/// What the option `i` makes equal.
enum CaseFolding {
    /// Something that may stand in a text where the pattern has the next `consumed` (1–3) code points.
    struct Item: Hashable, Sendable {
        var consumed: Int
        var replacement: FoldedScalars
    }

    /// The full fold of one code point, as a text and a back-reference are folded while they are compared: `ß` is `ss`.
    static func fold(_ codePoint: UInt32) -> FoldedScalars {
        preconditionFailure("follows within the hour")
    }

    /// All that may stand for the beginning of `next`, the code points that follow in a pattern (three are looked at),
    /// without `next` itself, in Ruby's order.
    static func forEachItem(_ next: ArraySlice<UInt32>, _ body: (Item) -> Void) {
        preconditionFailure("follows within the hour")
    }

    /// The code points whose full fold is `folded`, that is what may be read from a text where a folded pattern goes on
    /// with these one to three code points.
    static func unfold(_ folded: FoldedScalars) -> CodePointSet {
        preconditionFailure("follows within the hour")
    }
}

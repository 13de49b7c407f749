/// What has been found out about a pattern's classes, so that many of the same cost little.
struct ClassCache {
    /// How many ranges may be inserted into the classes of a pattern; one under `i` counts for four.
    private static let mostWork = 200_000
    /// What a class, and one within, costs besides.
    static let workOfClass = 50
    static let workOfNestedClass = 15

    struct Property: Hashable {
        var property: UnicodeProperty
        var isNegated: Bool
        var ignoresCase: Bool
    }

    private struct Brackets {
        var source: ArraySlice<Unicode.Scalar>
        var options: PatternOptions
        var node: ClassNode
    }

    /// Outside of brackets.
    var properties: [Property: ClassNode] = [:]
    private var recent: [Brackets] = []
    private var work = 0
    private var lastClose: Int?
    private var posix: (range: ClosedRange<Int>, mayBe: Bool)?

    /// Takes brackets that read like some that have just been read.
    mutating func skip(
        from source: [Unicode.Scalar], at position: inout Int, _ options: PatternOptions
    ) -> ClassNode? {
        for known in recent where known.options == options && source[position...].starts(with: known.source) {
            position += known.source.count
            return known.node
        }
        return nil
    }

    mutating func keep(_ node: ClassNode, for source: ArraySlice<Unicode.Scalar>, _ options: PatternOptions) {
        if recent.count == 4 { recent.removeFirst() }
        recent.append(Brackets(source: source, options: options, node: node))
    }

    mutating func charge(_ ranges: Int, ignoringCase: Bool) throws(PatternError) {
        work += ignoringCase ? 4 * ranges : ranges
        guard work <= Self.mostWork else { throw .tooLarge("the classes of the pattern are too large") }
    }

    /// Where the last `]` of the pattern stands.
    mutating func lastClose(in source: [Unicode.Scalar]) -> Int {
        if let lastClose { return lastClose }
        let place = source.lastIndex(of: "]") ?? -1
        lastClose = place
        return place
    }

    /// Whether `:]` comes before a `]` that is not escaped. One look holds for all places before what it found.
    mutating func mayBePosix(at start: Int, in source: [Unicode.Scalar]) -> Bool {
        if let posix, posix.range.contains(start) { return posix.mayBe }
        var place = start
        var mayBe = false
        while place < source.count, source[place] != "]" {
            if source[place] == ":", place + 1 < source.count, source[place + 1] == "]" {
                mayBe = true
                break
            }
            place += source[place] == "\\" ? 2 : 1
        }
        posix = (start...max(start, place), mayBe)
        return mayBe
    }
}

/// What stands in brackets, and what a property is outside of them, until it is read to the end.
///
/// Under the option `i` Ruby closes a class when all of it has been read, set operations and nested classes included, and
/// before a leading `^` takes effect:
/// * All that has the same full fold as a member comes in: `[k-m]` gains `K` and the Kelvin sign.
/// * But never a code point from U+0080 to U+00FF: `[äx]` does not match `Ä`, and `[^äx]` does. A class of one code point
///   alone is no class, but that code point in a text: `[ä]` matches `Ä`.
/// * From ASCII to beyond it, or back, only what was written out, a property or a bracket class brings others in. What
///   came by `\w`, `[:word:]`, `[:ascii:]`, `\p{ASCII}` and by bracket classes under `a` does not: `[\wß]` does not match
///   the Kelvin sign.
/// * A member that folds to several code points lets all stand there that folds to the same, if the class has no `^`:
///   `[ßx]` matches `ss`, `Sſ` and `ẞ`, and so does `[ẞx]` with `ß`. What begins with `^` never matches more than one.
struct BracketClass: Sendable {
    /// What a class means in the end.
    enum Meaning: Hashable, Sendable {
        /// The class is the same as this code point in a text, also under `i`.
        case scalar(UInt32)
        /// One code point of the set, or else a text whose fold is one of `folds` (two or three code points, under `i`
        /// alone); see ``CaseFolding/pattern(folding:)``.
        case set(CodePointSet, folds: [FoldedScalars])
    }

    private enum Part: Hashable {
        case bracket(PosixBracket, isNegated: Bool, crosses: Bool, isASCII: Bool)
        case property(UnicodeProperty, isNegated: Bool)
    }

    /// Where inverted sets end: they hold numbers beyond all code points. That is why Ruby does not see that a class is of
    /// one code point where an inner `^` has made it so.
    private static let end = CodePointSet.highest + 1

    private let ignoresCase: Bool
    private var isNegated = false
    private var members = CodePointSetBuilder()
    /// The members that bring others in across the border of ASCII.
    private var crossing = CodePointSetBuilder()
    /// What has been inserted and need not be again.
    private var parts: Set<Part> = []

    init(ignoringCase: Bool) { ignoresCase = ignoringCase }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        members.insert(range)
        if ignoresCase { crossing.insert(range) }
    }

    /// `\w`, `\D` … in brackets.
    ///
    /// - Parameter isUnicode: under the option `u`.
    mutating func insert(_ type: CharacterType, isNegated: Bool, isUnicode: Bool) {
        insert(
            .bracket(type.bracket, isNegated: isNegated, crosses: type != .word, isASCII: !isUnicode))
    }

    /// `[:alpha:]` and `[:^alpha:]`.
    ///
    /// - Parameter isASCII: under the option `a`.
    mutating func insert(_ bracket: PosixBracket, isNegated: Bool, isASCII: Bool) {
        let crosses = !isASCII && bracket != .word && bracket != .ascii
        insert(.bracket(bracket, isNegated: isNegated, crosses: crosses, isASCII: isASCII))
    }

    /// `\p{…}` and `\P{…}` in brackets.
    mutating func insert(_ property: UnicodeProperty, isNegated: Bool) {
        insert(.property(property, isNegated: isNegated))
    }

    private mutating func insert(_ part: Part) {
        guard parts.insert(part).inserted else { return }
        var codePoints: CodePointSet
        let crosses: Bool
        switch part {
        case .bracket(let bracket, let isNegated, let isCrossing, let isASCII):
            codePoints = bracket.codePoints(isASCII: isASCII)
            if isNegated { codePoints = codePoints.inverted(to: Self.end) }
            crosses = isCrossing
        case .property(let property, let isNegated):
            codePoints = property.codePoints
            if isNegated { codePoints = codePoints.inverted(to: Self.end) }
            crosses = !property.isASCII
        }
        members.formUnion(codePoints)
        if ignoresCase, crosses { crossing.formUnion(codePoints) }
    }

    /// Brackets in brackets.
    mutating func formUnion(_ nested: BracketClass) {
        members.formUnion(nested.effective(nested.members))
        if ignoresCase { crossing.formUnion(nested.effective(nested.crossing)) }
    }

    /// `&&`: what stands to the right of it.
    mutating func formIntersection(_ other: BracketClass) {
        members = CodePointSetBuilder(members.codePoints.intersection(other.members.codePoints))
        crossing = CodePointSetBuilder(crossing.codePoints.intersection(other.crossing.codePoints))
        parts = []
    }

    /// `[^…]`; once, when all else has been read.
    mutating func negate() { isNegated = true }

    private func effective(_ builder: CodePointSetBuilder) -> CodePointSet {
        isNegated ? builder.codePoints.inverted(to: Self.end) : builder.codePoints
    }

    var meaning: Meaning {
        let codePoints = members.codePoints
        if !isNegated, let only = codePoints.onlyMember, only <= CodePointSet.highest { return .scalar(only) }
        guard ignoresCase else { return .set(effective(members).clamped, folds: []) }
        let crossing = crossing.codePoints
        let closed = CaseFolding.close(codePoints) { crossing.contains($0) }
        return isNegated
            ? .set(closed.codePoints.clamped.inverted, folds: [])
            : .set(closed.codePoints.clamped, folds: closed.folds)
    }

    /// `\p{…}` and `\P{…}` outside of brackets.
    static func meaning(of property: UnicodeProperty, isNegated: Bool, ignoringCase: Bool) -> Meaning {
        var codePoints = property.codePoints
        var folds: [FoldedScalars] = []
        if ignoringCase, !property.isASCII {
            (codePoints, folds) = CaseFolding.close(codePoints) { _ in true }
        }
        return isNegated ? .set(codePoints.inverted, folds: []) : .set(codePoints, folds: folds)
    }
}

extension CodePointSet {
    fileprivate var clamped: CodePointSet {
        (ranges.last?.upperBound ?? 0) > Self.highest ? intersection(.all) : self
    }
}

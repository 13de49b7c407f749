/// What stands in brackets, and what a property is outside of them, until it is read to the end.
///
/// Under the option `i` Ruby closes a class when all of it has been read, set operations and nested classes included,
/// and before a leading `^` takes effect:
/// * All that has the same full fold as a member comes in: `[k-m]` gains `K` and the Kelvin sign.
/// * But never a code point from U+0080 to U+00FF: `[äx]` does not match `Ä`, and `[^äx]` does. A class of one code
///   point alone is no class, but that code point in a text: `[ä]` matches `Ä`.
/// * From ASCII to beyond it, or back, only what was written out, a property or a bracket class brings others in. What
///   came by `\w`, `[:word:]`, `[:ascii:]`, `\p{ASCII}` and by bracket classes under `a` does not: `[\wß]` does not
///   match the Kelvin sign.
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

    private let ignoresCase: Bool
    private var isNegated = false
    private var members = ClassMembers()
    /// The members that bring others in across the border of ASCII.
    private var crossing = ClassMembers()
    /// What has been inserted and need not be again.
    private var parts: Set<Part> = []

    init(ignoringCase: Bool) { ignoresCase = ignoringCase }

    /// A code point, or a range of them.
    mutating func insert(_ range: ClosedRange<UInt32>) {
        members.insert(range)
        if ignoresCase { crossing.insert(range) }
    }

    /// `\w`, `\D` … in brackets.
    ///
    /// - Parameter isUnicode: under the option `u`.
    mutating func insert(_ type: CharacterType, isNegated: Bool, isUnicode: Bool) {
        insert(.bracket(type.bracket, isNegated: isNegated, crosses: type != .word, isASCII: !isUnicode))
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
        switch part {
        case .bracket(let bracket, let isNegated, let crosses, let isASCII):
            insert(bracket.codePoints(isASCII: false), isNegated: isNegated, isASCII: isASCII, crosses: crosses)
        case .property(let property, let isNegated):
            insert(property.codePoints, isNegated: isNegated, isASCII: false, crosses: !property.isASCII)
        }
    }

    private mutating func insert(_ codePoints: CodePointSet, isNegated: Bool, isASCII: Bool, crosses: Bool) {
        members.formUnion(codePoints, isNegated: isNegated, isASCII: isASCII)
        if ignoresCase, crosses { crossing.formUnion(codePoints, isNegated: isNegated, isASCII: isASCII) }
    }

    /// Brackets in brackets.
    mutating func formUnion(_ nested: BracketClass) {
        members.formUnion(nested.members, isNegated: nested.isNegated)
        if ignoresCase { crossing.formUnion(nested.crossing, isNegated: nested.isNegated) }
    }

    /// `&&`: what stands to the right of it, up to the next.
    mutating func formIntersection(_ other: BracketClass) {
        members.formIntersection(other.members)
        crossing.formIntersection(other.crossing)
        parts = []
    }

    /// `[^…]`; once, when all else has been read.
    mutating func negate() { isNegated = true }

    /// When all has been read: what is asked now is answered at the cost of a look.
    mutating func settle() {
        members.settle()
        crossing.settle()
    }

    /// How much the option `i` has to look at.
    var casedCount: Int { ignoresCase ? CaseFoldIndex.shared.casedCount(in: members.listed) : 0 }

    var meaning: Meaning {
        if !isNegated, let only = members.onlyMember { return .scalar(only) }
        guard ignoresCase else { return Self.meaning(of: members, folds: [], isNegated: isNegated) }
        let crossing = crossing.listed
        let gains = CaseFolding.gains(of: members.listed) { crossing.contains($0) }
        var members = members
        for codePoint in gains.codePoints { members.insertFolded(codePoint) }
        return Self.meaning(of: members, folds: gains.folds, isNegated: isNegated)
    }

    /// `\p{…}` and `\P{…}` outside of brackets.
    static func meaning(of property: UnicodeProperty, isNegated: Bool, ignoringCase: Bool) -> Meaning {
        let codePoints = property.codePoints
        guard ignoringCase, !property.isASCII else {
            return .set(isNegated ? codePoints.inverted : codePoints, folds: [])
        }
        let gains = CaseFolding.gains(of: codePoints) { _ in true }
        var members = ClassMembers(codePoints)
        for codePoint in gains.codePoints { members.insertFolded(codePoint) }
        return meaning(of: members, folds: gains.folds, isNegated: isNegated)
    }

    private static func meaning(of members: ClassMembers, folds: [FoldedScalars], isNegated: Bool) -> Meaning {
        isNegated ? .set(members.matched.inverted, folds: []) : .set(members.matched, folds: folds)
    }
}

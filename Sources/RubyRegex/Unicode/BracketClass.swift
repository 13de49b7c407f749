/// What stands in brackets, and what a property is outside of them, until the option `i` has been applied.
struct BracketClass: Sendable {
    /// What a class means in the end.
    enum Meaning: Hashable, Sendable {
        /// The class is the same as this code point in a text: it joins with its neighbours, also under `i`.
        case scalar(UInt32)
        /// One code point of the set, or else one of the alternatives: code points of these sets, one after the other
        /// (two or three, under `i` alone: `[ßx]` matches `sS`).
        case set(CodePointSet, alternatives: [[CodePointSet]])
    }

    init() {}

    mutating func insert(_ range: ClosedRange<UInt32>) { preconditionFailure("follows within the hour") }

    /// `\w`, `\D` … in brackets.
    mutating func insert(_ type: CharacterType, isNegated: Bool, isUnicode: Bool) {
        preconditionFailure("follows within the hour")
    }

    /// `[:alpha:]` and `[:^alpha:]`.
    mutating func insert(_ bracket: PosixBracket, isNegated: Bool, isASCII: Bool) {
        preconditionFailure("follows within the hour")
    }

    /// `\p{…}` and `\P{…}` in brackets; false where Ruby knows no such property.
    mutating func insertProperty(named name: some Sequence<UInt8>, isNegated: Bool) -> Bool {
        preconditionFailure("follows within the hour")
    }

    /// Brackets in brackets.
    mutating func formUnion(_ nested: BracketClass) { preconditionFailure("follows within the hour") }

    /// `&&`.
    mutating func formIntersection(_ other: BracketClass) { preconditionFailure("follows within the hour") }

    /// `[^…]`; once, when all else has been read.
    mutating func negate() { preconditionFailure("follows within the hour") }

    func meaning(ignoringCase: Bool) -> Meaning { preconditionFailure("follows within the hour") }

    /// `\p{…}` and `\P{…}` outside of brackets; nil where Ruby knows no such property.
    static func property(named name: some Sequence<UInt8>, isNegated: Bool, ignoringCase: Bool) -> Meaning? {
        preconditionFailure("follows within the hour")
    }
}

/// What `\b` and `\B` ask of the code points before and behind a place.
enum WordCharacter {
    private static let table = CodePointTable([(CharacterType.word.codePoints(isUnicode: true), 1)])

    /// As Unicode has words: Ruby's default, and what `\w` is under `u`.
    ///
    /// - Precondition: `codePoint <= CodePointSet.highest`
    static func isWord(_ codePoint: UInt32) -> Bool { table[codePoint] != 0 }

    /// As ASCII has them: under the option `a`.
    static func isASCIIWord(_ codePoint: UInt32) -> Bool { codePoint < 0x80 && table[codePoint] != 0 }
}

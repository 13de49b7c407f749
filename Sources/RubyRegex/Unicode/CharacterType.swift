/// `[:alpha:]` and its kin, which stand in brackets alone.
enum PosixBracket: UInt8, CaseIterable, Sendable {
    case alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word, xdigit

    /// - Parameter name: what stands between the colons, without `^`; only lower case is known.
    init?(name: some Collection<UInt8>) {
        preconditionFailure("follows within the hour")
    }

    /// - Parameter isASCII: under the option `a`. Otherwise Unicode decides, by default and under `d` and `u` alike.
    func set(isASCII: Bool) -> CodePointSet {
        preconditionFailure("follows within the hour")
    }
}

/// `\w`, `\d`, `\s` and `\h`.
enum CharacterType: UInt8, CaseIterable, Sendable {
    case word, digit, space, hexDigit

    /// - Parameter isUnicode: under the option `u`. By default, and under `a` and `d`, only ASCII counts.
    func set(isUnicode: Bool) -> CodePointSet {
        preconditionFailure("follows within the hour")
    }
}

/// What `\b` and `\B` ask of each code point of a text.
enum WordCharacter {
    /// As Unicode has words: Ruby's default.
    static func isWord(_ codePoint: UInt32) -> Bool {
        preconditionFailure("follows within the hour")
    }

    /// As ASCII has them: under the option `a`.
    static func isASCIIWord(_ codePoint: UInt32) -> Bool {
        preconditionFailure("follows within the hour")
    }
}

/// `[:alpha:]` and its kin, which stand in brackets alone.
enum PosixBracket: UInt8, CaseIterable, Sendable {
    case alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word, xdigit

    /// - Parameter name: what stands between the colons, without `^`; only lower case is known.
    init?(named name: some Collection<UInt8>) {
        guard let known = Self.allCases.first(where: { $0.name.utf8.elementsEqual(name) }) else { return nil }
        self = known
    }

    private var name: String { "\(self)" }
}

extension PosixBracket {
    /// - Parameter isASCII: under the option `a`. Otherwise Unicode decides, by default and under `d` and `u` alike.
    func codePoints(isASCII: Bool) -> CodePointSet {
        (isASCII ? Self.asciiSets : Self.unicodeSets)[Int(rawValue)]
    }

    private static let unicodeSets = allCases.map { bracket in
        // `\p{Punct}` is narrower: it lacks $ + < = > ^ ` | ~.
        let property = bracket == .punct ? "xposixpunct" : bracket.name
        return UnicodeProperty(named: property.utf8)?.codePoints ?? CodePointSet()
    }

    private static let asciiSets = unicodeSets.map { $0.intersection(CodePointSet(ranges: [0...0x7F])) }
}

/// `\w`, `\d`, `\s` and `\h`.
enum CharacterType: UInt8, CaseIterable, Sendable {
    case word, digit, space, hexDigit

    /// What the type means outside of brackets, and `\w` for `\b`.
    ///
    /// Ruby has more words here than in brackets: ² ³ ¹ ¼ ½ ¾ are among `\w`, but not among `[\w]`.
    ///
    /// - Parameter isUnicode: under the option `u`. By default, and under `a` and `d`, only ASCII counts.
    func codePoints(isUnicode: Bool) -> CodePointSet {
        self == .word && isUnicode ? Self.unicodeWords : bracket.codePoints(isASCII: !isUnicode)
    }

    /// What the type means in brackets.
    var bracket: PosixBracket {
        switch self {
        case .word: .word
        case .digit: .digit
        case .space: .space
        case .hexDigit: .xdigit
        }
    }

    private static let unicodeWords = CodePointSet(unordered: [0xB2...0xB3, 0xB9...0xB9, 0xBC...0xBE])
        .union(PosixBracket.word.codePoints(isASCII: false))
}

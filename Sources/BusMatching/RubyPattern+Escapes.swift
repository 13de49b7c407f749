/// What stands in brackets or behind a backslash.
extension RubyPattern {
    // MARK: Character classes

    mutating func characterClass() throws(RubyRegex.SyntaxError) {
        copy()
        if next == UInt8(ascii: "^") { copy() }
        // A `]` in first place is a literal when another one follows.
        if next == UInt8(ascii: "]"), closingBracketFollows() { copy() }
        var range = RangeState.empty
        while let byte = next {
            switch byte {
            case UInt8(ascii: "]"):
                return copy()
            case UInt8(ascii: "[") where peek(1) == UInt8(ascii: ":"):
                copyPOSIXBracket()
                range = .empty
            case UInt8(ascii: "["):
                try characterClass()
                range = .empty
            case UInt8(ascii: "\\"):
                try classEscape(&range)
            case UInt8(ascii: "-") where range == .value && peek(1) != UInt8(ascii: "]"):
                range = .open
                copy()
            default:
                range.addValue()
                copy(Self.scalarLength(byte))
            }
        }
    }

    /// What a `-` or an escape means depends on whether a range `a-…` is open.
    private enum RangeState {
        case empty, value, open

        mutating func addValue() { self = self == .open ? .empty : .value }
    }

    private mutating func classEscape(_ range: inout RangeState) throws(RubyRegex.SyntaxError) {
        guard let letter = peek(1), Self.asciiClass(of: letter) != nil else {
            range.addValue()
            return try escape(inClass: true)
        }
        if range == .open { throw RubyRegex.SyntaxError(message: "char-class value at end of range") }
        try escape(inClass: true)
        if next == UInt8(ascii: "-"), peek(1) != UInt8(ascii: "]") {
            throw RubyRegex.SyntaxError(message: "unmatched range specifier in char-class")
        }
        range = .empty
    }

    private func closingBracketFollows() -> Bool {
        var index = position + 1
        while index < source.count {
            if source[index] == UInt8(ascii: "]") { return true }
            index += source[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return false
    }

    private mutating func copyPOSIXBracket() {
        var length = 2
        while let byte = peek(length), byte != UInt8(ascii: "]") { length += 1 }
        copy(length + 1)
    }

    // MARK: Escapes

    /// The members of an ASCII class in Ruby, without brackets, and whether the letter asks for the complement.
    private static func asciiClass(of letter: UInt8) -> (members: StaticString, isNegated: Bool)? {
        switch letter {
        case UInt8(ascii: "w"): ("a-zA-Z0-9_", false)
        case UInt8(ascii: "W"): ("a-zA-Z0-9_", true)
        case UInt8(ascii: "d"): ("0-9", false)
        case UInt8(ascii: "D"): ("0-9", true)
        case UInt8(ascii: "s"): ("\\t-\\r\\x20", false)
        case UInt8(ascii: "S"): ("\\t-\\r\\x20", true)
        case UInt8(ascii: "h"): ("0-9a-fA-F", false)
        case UInt8(ascii: "H"): ("0-9a-fA-F", true)
        default: nil
        }
    }

    mutating func escape(inClass: Bool) throws(RubyRegex.SyntaxError) {
        guard let letter = peek(1) else { return copy() }
        if let (members, isNegated) = Self.asciiClass(of: letter) {
            if options.hasUnicodeClasses { return copy(2) }
            // `(?-i:` because case folding would add U+017F and U+212A to `\w`, which Ruby does not do.
            let isWord = !inClass && (letter | 0x20) == UInt8(ascii: "w")
            if isWord { append("(?-i:") }
            if !inClass || isNegated { append(isNegated ? "[^" : "[") }
            append(members)
            if !inClass || isNegated { append("]") }
            if isWord { append(")") }
            position += 2
            return
        }
        switch letter {
        case UInt8(ascii: "u"):
            try unicodeEscape()
        case UInt8(ascii: "x") where escapedByte() ?? 0 >= 0x80,
            UInt8(ascii: "0")...UInt8(ascii: "7") where escapedByte() ?? 0 >= 0x80:
            try escapedCharacter()
        case UInt8(ascii: "y"), UInt8(ascii: "Y"):
            // Text segments in Oniguruma, plain letters in Ruby.
            output.append(letter)
            position += 2
        case UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"), UInt8(ascii: "b"), UInt8(ascii: "B"),
            UInt8(ascii: "G"):
            let start = output.count
            // Ruby searches from the beginning, where \G is \A; attempts elsewhere must not see another \G.
            if letter == UInt8(ascii: "G") {
                append("\\A")
                position += 2
            } else {
                copy(2)
            }
            if !inClass { repeatAssertion(from: start) }
        default:
            copy(1 + Self.scalarLength(letter))
        }
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
    }

    /// `\uXXXX` or `\u{X… X…}`.
    private mutating func unicodeEscape() throws(RubyRegex.SyntaxError) {
        position += 2
        guard next == UInt8(ascii: "{") else {
            guard let value = number(maximumDigits: 4, radix: 16), value.digits == 4 else {
                throw RubyRegex.SyntaxError(message: "invalid Unicode escape")
            }
            return try append(scalar: value.number)
        }
        position += 1
        var isEmpty = true
        while let byte = next, byte != UInt8(ascii: "}") {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
                position += 1
                continue
            }
            guard let value = number(maximumDigits: 6, radix: 16) else {
                throw RubyRegex.SyntaxError(message: "invalid Unicode list")
            }
            try append(scalar: value.number)
            isEmpty = false
        }
        guard next == UInt8(ascii: "}"), !isEmpty else {
            throw RubyRegex.SyntaxError(message: "invalid Unicode list")
        }
        position += 1
    }

    private mutating func append(scalar value: UInt32) throws(RubyRegex.SyntaxError) {
        guard let scalar = Unicode.Scalar(value) else {
            throw RubyRegex.SyntaxError(message: "invalid Unicode range")
        }
        if scalar.isASCII {
            // As \xHH, so that a metacharacter stays a character.
            let digits = String(value, radix: 16)
            output.append(contentsOf: Array((digits.count == 1 ? "\\x0" : "\\x").utf8) + Array(digits.utf8))
        } else {
            output.append(contentsOf: Array(UTF8.encode(scalar).unsafelyUnwrapped))
        }
    }

    /// The byte that `\xHH` or `\ooo` at the current position stands for; nil when it is no such escape.
    private func escapedByte() -> UInt8? {
        var ahead = self
        return ahead.takeEscapedByte()
    }

    private mutating func takeEscapedByte() -> UInt8? {
        guard next == UInt8(ascii: "\\"), let letter = peek(1) else { return nil }
        let isHexadecimal = letter == UInt8(ascii: "x")
        position += isHexadecimal ? 2 : 1
        let value = isHexadecimal ? number(maximumDigits: 2, radix: 16) : number(maximumDigits: 3, radix: 8)
        return value.flatMap { UInt8(exactly: $0.number) }
    }

    /// Ruby joins neighbouring byte escapes into one character and rejects what is not UTF-8.
    private mutating func escapedCharacter() throws(RubyRegex.SyntaxError) {
        guard let lead = takeEscapedByte() else { return }
        var bytes = [lead]
        while bytes.count < Self.scalarLength(lead) {
            guard let byte = takeEscapedByte() else { break }
            bytes.append(byte)
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw RubyRegex.SyntaxError(message: "invalid multibyte escape")
        }
        output.append(contentsOf: bytes)
    }

    private static func scalarLength(_ lead: UInt8) -> Int {
        switch lead {
        case ..<0xC0: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }
}

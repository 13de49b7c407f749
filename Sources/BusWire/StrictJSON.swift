/// Judges a text as the strictest parsers do: RFC 8259 in UTF-8, without a tree, in time linear in its length.
///
/// What ``JSONValue/parse(_:)-(UnsafeRawBufferPointer)`` reads besides, as Ruby does (comments, `\q`), others refuse;
/// and so they do half of a surrogate pair and a number beyond Double.
struct StrictJSON {
    private let text: UnsafeRawBufferPointer
    private let maximumDepth: Int
    private var index = 0
    /// What stands behind the last key `class` of the outermost object.
    private var classValue: UInt8?

    private init(_ text: UnsafeRawBufferPointer, maximumDepth: Int) {
        self.text = text
        self.maximumDepth = maximumDepth
    }

    /// Whether a text is an object whose member `class` is a string.
    ///
    /// - Parameter maximumDepth: of arrays and objects in each other.
    static func isJob(_ text: UnsafeRawBufferPointer, maximumDepth: Int) -> Bool {
        // An ASCII byte at the end stops every look ahead.
        guard let last = text.last, last < 0x80 else { return false }
        var judge = StrictJSON(text, maximumDepth: maximumDepth)
        judge.skipBlanks()
        guard judge.next == .openBrace, judge.skipValue(depth: 1) else { return false }
        judge.skipBlanks()
        return judge.index == text.count && judge.classValue == .quote
    }

    /// The next byte; 0 at the end, which no rule of the grammar accepts.
    private var next: UInt8 { index < text.count ? text[index] : 0 }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while next == .space || next == .tab || next == .lineFeed || next == .carriageReturn { index += 1 }
    }

    private mutating func skipValue(depth: Int) -> Bool {
        switch next {
        case .quote: skipString()
        case .openBrace: depth <= maximumDepth && skipObject(depth: depth)
        case .openBracket: depth <= maximumDepth && skipArray(depth: depth)
        case UInt8(ascii: "n"): skipWord("null")
        case UInt8(ascii: "t"): skipWord("true")
        case UInt8(ascii: "f"): skipWord("false")
        default: skipNumber()
        }
    }

    private mutating func skipWord(_ word: StaticString) -> Bool {
        for offset in 0..<word.utf8CodeUnitCount {
            guard skip(word.utf8Start[offset]) else { return false }
        }
        return true
    }

    private mutating func skipArray(depth: Int) -> Bool {
        index += 1
        skipBlanks()
        if skip(.closeBracket) { return true }
        while skipValue(depth: depth + 1) {
            skipBlanks()
            if skip(.closeBracket) { return true }
            guard skip(.comma) else { return false }
            skipBlanks()
        }
        return false
    }

    private mutating func skipObject(depth: Int) -> Bool {
        index += 1
        skipBlanks()
        if skip(.closeBrace) { return true }
        while true {
            let start = index
            guard next == .quote, skipString() else { return false }
            let key = UnsafeRawBufferPointer(rebasing: text[start..<index])
            skipBlanks()
            guard skip(.colon) else { return false }
            skipBlanks()
            if depth == 1, Self.isClass(key) { classValue = next }
            guard skipValue(depth: depth + 1) else { return false }
            skipBlanks()
            if skip(.closeBrace) { return true }
            guard skip(.comma) else { return false }
            skipBlanks()
        }
    }

    /// Whether a key, quotes and all, is `class` in whatever spelling.
    private static func isClass(_ key: UnsafeRawBufferPointer) -> Bool {
        guard key.contains(.backslash) else { return key.elementsEqual(#""class""#.utf8) }
        // No spelling is longer than six bytes for each letter.
        return key.count <= 2 + 6 * 5 && (try? JSONValue.parse(key)) == "class"
    }

    private mutating func skipString() -> Bool {
        index += 1
        while true {
            switch next {
            case .quote:
                index += 1
                return true
            case .backslash: guard skipEscape() else { return false }
            case 0..<0x20: return false
            case 0x80...: guard skipSequence() else { return false }
            default: index += 1
            }
        }
    }

    /// Of more than one byte.
    private mutating func skipSequence() -> Bool {
        guard let base = text.baseAddress else { return false }
        let length = UTF8Sequence.length(at: base.assumingMemoryBound(to: UInt8.self) + index)
        index += length
        return length > 0
    }

    private mutating func skipEscape() -> Bool {
        index += 1
        let letter = next
        index += 1
        switch letter {
        case .quote, .backslash, .slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            guard let unit = readUnit() else { return false }
            guard unit & 0xF800 == 0xD800 else { return true }
            guard unit < 0xDC00, skipWord("\\u"), let low = readUnit() else { return false }
            return low & 0xFC00 == 0xDC00
        default: return false
        }
    }

    private mutating func readUnit() -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next.hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }

    private mutating func skipNumber() -> Bool {
        let start = index
        _ = skip(.minus)
        if !skip(.zero) {
            guard skipDigits() else { return false }
        }
        if skip(.dot) {
            guard skipDigits() else { return false }
        }
        let mantissa = index - start
        if next | 0x20 == UInt8(ascii: "e") {
            index += 1
            if !skip(.plus) { _ = skip(.minus) }
            guard skipDigits() else { return false }
        }
        return Self.isWithinDouble(text[start..<index], mantissa: mantissa)
    }

    private mutating func skipDigits() -> Bool {
        let start = index
        while next.isDigit { index += 1 }
        return index > start
    }

    /// So many digits without an exponent are always within.
    private static let safeLength = 300

    private static func isWithinDouble(_ number: Slice<UnsafeRawBufferPointer>, mantissa: Int) -> Bool {
        guard number.count > mantissa || mantissa > safeLength else { return true }
        return Double(String(decoding: number, as: UTF8.self))?.isFinite ?? false
    }
}

/// A reader of JSON that stands inside a JSON string: every quote of the inner text is `\"`, every backslash `\\`.
///
/// Its methods take the offset where something must begin and give the offset behind it, or -1 for text that is not
/// the plain spelling: broken, or spelled so that only a real parser can judge it. They never look beyond the end as
/// long as the text ends in `}"]}`: the bare quote there stops every one of them.
struct EscapedJSON {
    let base: UnsafePointer<UInt8>
    let count: Int

    /// The text was rewritten: numbers have been judged, they are within Double.
    let isCanonical: Bool

    /// The offset of the `\"` that ends the string whose inside begins at `start`.
    @inline(__always)
    func endOfString(from start: Int, hasEscapes: inout Bool) -> Int {
        var index = start
        while true {
            index = PlainText.end(in: UnsafeRawBufferPointer(start: base, count: count), from: index)
            let byte = base[index]
            if byte == .backslash {
                let next = base[index &+ 1]
                if next == .quote { return index }
                guard next == .backslash else { return -1 }
                hasEscapes = true
                index = endOfEscape(index &+ 2)
            } else {
                guard byte >= 0x80 else { return -1 }
                index = endOfNonASCII(index)
            }
            guard index >= 0 else { return -1 }
        }
    }

    /// Behind the escape whose inner backslash has been read.
    private func endOfEscape(_ index: Int) -> Int {
        switch base[index] {
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), .slash:
            return index &+ 1
        case .backslash:
            let escaped = base[index &+ 1]
            return escaped == .quote || escaped == .backslash ? index &+ 2 : -1
        case UInt8(ascii: "u"):
            let unit = hexUnit(at: index &+ 1)
            if unit & 0xF800 != 0xD800 { return unit < 0 ? -1 : index &+ 5 }
            guard unit < 0xDC00, base[index &+ 5] == .backslash, base[index &+ 6] == .backslash,
                base[index &+ 7] == UInt8(ascii: "u"), hexUnit(at: index &+ 8) & 0xFC00 == 0xDC00
            else { return -1 }
            return index &+ 12
        default:
            return -1
        }
    }

    /// The value of four hexadecimal digits, or -1.
    private func hexUnit(at start: Int) -> Int {
        var unit = 0
        for offset in 0..<4 {
            guard let digit = base[start &+ offset].hexDigitValue else { return -1 }
            unit = unit << 4 | Int(digit)
        }
        return unit
    }

    /// Behind a run of UTF-8 sequences beyond ASCII.
    private func endOfNonASCII(_ start: Int) -> Int {
        var index = start
        while base[index] >= 0x80 {
            let length = UTF8Sequence.length(at: base + index)
            guard length > 0 else { return -1 }
            index &+= length
        }
        return index
    }

    /// Behind the number that begins at `start`.
    @inline(__always)
    func endOfNumber(from start: Int, isFloat: inout Bool) -> Int {
        var index = start
        if base[index] == .minus { index &+= 1 }
        let integerStart = index
        guard base[index].isDigit else { return -1 }
        if base[index] == .zero {
            index &+= 1
        } else {
            while base[index].isDigit { index &+= 1 }
        }
        let next = base[index]
        guard next == .dot || next | 0x20 == UInt8(ascii: "e") else { return index }
        isFloat = true
        return endOfFloat(from: index, integerDigits: index &- integerStart)
    }

    /// Behind the fraction and the exponent of a number. Whatever might exceed Double is left to the parser.
    private func endOfFloat(from start: Int, integerDigits: Int) -> Int {
        var index = start
        if base[index] == .dot {
            index &+= 1
            guard base[index].isDigit else { return -1 }
            while base[index].isDigit { index &+= 1 }
        }
        var exponent = 0
        if base[index] | 0x20 == UInt8(ascii: "e") {
            index &+= 1
            let isNegative = base[index] == .minus
            if isNegative || base[index] == .plus { index &+= 1 }
            guard base[index].isDigit else { return -1 }
            while base[index].isDigit {
                exponent = min(exponent &* 10 &+ Int(base[index] &- .zero), 1000)
                index &+= 1
            }
            if isNegative { exponent = 0 }
        }
        return isCanonical || integerDigits &+ exponent <= 300 ? index : -1
    }

    /// Behind `null`, `true` or `false`.
    @inline(__always)
    func endOfWord(_ word: StaticString, from start: Int) -> Int {
        for offset in 0..<word.utf8CodeUnitCount where base[start &+ offset] != word.utf8Start[offset] {
            return -1
        }
        return start &+ word.utf8CodeUnitCount
    }

    /// Behind the array or object that begins at `start`, one level below the event's object.
    ///
    /// No recursion: what is open is a stack of bits (1 = object), and 100 levels fit into two words.
    func endOfContainer(from start: Int, hasEscapes: inout Bool) -> Int {
        var open = BitStack()
        var index = start
        while true {
            // At a value, with `index` on its first byte.
            if base[index] == .openBrace || base[index] == .openBracket {
                let isObject = base[index] == .openBrace
                guard open.count < JSONReader.maximumDepth - 1 else { return -1 }
                open.push(isObject)
                index &+= 1
                if base[index] != (isObject ? UInt8.closeBrace : .closeBracket) {
                    if isObject { index = endOfKey(from: index, hasEscapes: &hasEscapes) }
                    guard index >= 0 else { return -1 }
                    continue
                }
            } else {
                index = endOfScalar(from: index, hasEscapes: &hasEscapes)
                guard index >= 0 else { return -1 }
            }
            // Behind a value: close what ends here.
            while base[index] == (open.top ? UInt8.closeBrace : .closeBracket) {
                index &+= 1
                open.pop()
                if open.count == 0 { return index }
            }
            guard base[index] == .comma else { return -1 }
            index &+= 1
            if open.top { index = endOfKey(from: index, hasEscapes: &hasEscapes) }
            guard index >= 0 else { return -1 }
        }
    }

    /// Behind `\"key\":`.
    private func endOfKey(from start: Int, hasEscapes: inout Bool) -> Int {
        guard base[start] == .backslash, base[start &+ 1] == .quote else { return -1 }
        let end = endOfString(from: start &+ 2, hasEscapes: &hasEscapes)
        return end >= 0 && base[end &+ 2] == .colon ? end &+ 3 : -1
    }

    /// Behind a string, a number or a word.
    private func endOfScalar(from start: Int, hasEscapes: inout Bool) -> Int {
        switch base[start] {
        case .backslash:
            guard base[start &+ 1] == .quote else { return -1 }
            let end = endOfString(from: start &+ 2, hasEscapes: &hasEscapes)
            return end < 0 ? -1 : end &+ 2
        case UInt8(ascii: "n"): return endOfWord("null", from: start)
        case UInt8(ascii: "t"): return endOfWord("true", from: start)
        case UInt8(ascii: "f"): return endOfWord("false", from: start)
        default:
            var isFloat = false
            return endOfNumber(from: start, isFloat: &isFloat)
        }
    }
}

/// Up to 128 bits, last in first out.
private struct BitStack {
    private(set) var count = 0
    private var bits: UInt128 = 0

    var top: Bool { bits & 1 == 1 }

    mutating func push(_ bit: Bool) {
        bits = bits << 1 | (bit ? 1 : 0)
        count &+= 1
    }

    mutating func pop() {
        bits >>= 1
        count &-= 1
    }
}

/// Well-formed UTF-8 (Unicode table 3-7): no overlong forms, no surrogates, nothing beyond U+10FFFF.
enum UTF8Sequence {
    /// Whether `text` is well-formed throughout. An ASCII byte must stand behind it.
    static func isWellFormed(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
        var index = 0
        while index < text.count {
            if index &+ 8 <= text.count,
                text.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index &+= 8
                continue
            }
            let length = length(at: base + index)
            guard length > 0 else { return false }
            index &+= length
        }
        return true
    }

    /// The length of the sequence that begins with the byte at `bytes`, 0 if it is malformed. Reads a byte only when
    /// all before it are well-formed, so an ASCII byte behind the text is enough to stop it.
    @inline(__always)
    static func length(at bytes: UnsafePointer<UInt8>) -> Int {
        let lead = bytes[0]
        let second: ClosedRange<UInt8>
        switch lead {
        case 0..<0x80: return 1
        case 0xC2...0xDF: return 0x80...0xBF ~= bytes[1] ? 2 : 0
        case 0xE0: second = 0xA0...0xBF
        case 0xED: second = 0x80...0x9F
        case 0xE1...0xEF: second = 0x80...0xBF
        case 0xF0: second = 0x90...0xBF
        case 0xF1...0xF3: second = 0x80...0xBF
        case 0xF4: second = 0x80...0x8F
        default: return 0
        }
        guard second ~= bytes[1], 0x80...0xBF ~= bytes[2] else { return 0 }
        if lead < 0xF0 { return 3 }
        return 0x80...0xBF ~= bytes[3] ? 4 : 0
    }
}

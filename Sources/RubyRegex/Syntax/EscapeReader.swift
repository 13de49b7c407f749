/// Reads a pattern's bytes: characters of UTF-8, and the escapes that stand for bytes or code points.
struct EscapeReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    /// Takes the last byte back.
    mutating func back() { position -= 1 }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The character whose first byte has just been read.
    mutating func character(from first: UInt8) throws(PatternError) -> Unicode.Scalar {
        guard first >= 0x80 else { return Unicode.Scalar(first) }
        guard let length = UTF8Sequence.length(from: first), position + length - 1 <= bytes.count,
            let scalar = UTF8Sequence.decode(bytes[position - 1..<position + length - 1])
        else { throw .refused("invalid multibyte character") }
        position += length - 1
        return scalar
    }

    // MARK: Bytes

    /// One character by escapes of its bytes: `\x41`, `\xC3\xA4`.
    ///
    /// - Precondition: the backslash of the first escape has been read.
    mutating func escapedCharacter() throws(PatternError) -> Unicode.Scalar {
        var sequence = [try escapedByte()]
        if sequence[0] < 0x80 { return Unicode.Scalar(sequence[0]) }
        guard let length = UTF8Sequence.length(from: sequence[0]) else { throw .refused("invalid multibyte escape") }
        while sequence.count < length {
            guard next() == UInt8(ascii: "\\") else { throw .refused("too short escaped multibyte character") }
            sequence.append(try escapedByte())
            guard UTF8Sequence.mayBegin(sequence) else { throw .refused("invalid multibyte escape") }
        }
        guard let scalar = UTF8Sequence.decode(sequence[...]) else { throw .refused("invalid multibyte escape") }
        return scalar
    }

    /// Whether the octal number that begins with the last byte is above 0177.
    var octalIsBeyondASCII: Bool {
        var reader = self
        reader.back()
        return reader.number(radix: 8, digits: 3).value > 0x7F
    }

    private mutating func escapedByte() throws(PatternError) -> UInt8 {
        var isMeta = false
        var isControl = false
        while true {
            guard let kind = next() else { throw .refused("too short escape sequence") }
            switch kind {
            case UInt8(ascii: "M"):
                if isMeta { throw .refused("duplicate meta escape") }
                isMeta = true
                guard next() == UInt8(ascii: "-"), let modified = asciiByte() else {
                    throw .refused("too short meta escape")
                }
                if modified == UInt8(ascii: "\\") { continue }
                return Self.modified(modified, isMeta: isMeta, isControl: isControl)
            case UInt8(ascii: "c"), UInt8(ascii: "C"):
                if kind == UInt8(ascii: "C"), next() != UInt8(ascii: "-") { throw .refused("too short control escape") }
                if isControl { throw .refused("duplicate ctrl escape") }
                isControl = true
                guard let modified = asciiByte() else { throw .refused("too short control escape") }
                if modified == UInt8(ascii: "\\") { continue }
                return Self.modified(modified, isMeta: isMeta, isControl: isControl)
            default:
                return Self.modified(try plainByte(of: kind), isMeta: isMeta, isControl: isControl)
            }
        }
    }

    private mutating func asciiByte() -> UInt8? {
        guard let byte = peek, byte < 0x80 else { return nil }
        position += 1
        return byte
    }

    private static func modified(_ byte: UInt8, isMeta: Bool, isControl: Bool) -> UInt8 {
        let controlled = isControl ? byte & 0x1F : byte
        return isMeta ? controlled | 0x80 : controlled
    }

    private mutating func plainByte(of kind: UInt8) throws(PatternError) -> UInt8 {
        switch kind {
        case UInt8(ascii: "\\"): return kind
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "v"): return 0x0B
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "e"): return 0x1B
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            back()
            guard let byte = UInt8(exactly: number(radix: 8, digits: 3).value) else {
                throw .refused("invalid escape code")
            }
            return byte
        case UInt8(ascii: "x"):
            let (value, digits) = number(radix: 16, digits: 2)
            guard digits > 0 else { throw .refused("invalid hex escape") }
            return UInt8(value)
        default:
            throw .refused("unexpected escape sequence")
        }
    }

    // MARK: Code points

    /// What `\u` stands for, which has been read.
    mutating func unicodeScalars() throws(PatternError) -> [Unicode.Scalar] {
        guard peek != nil else { throw .refused("too short escape sequence") }
        guard peek == UInt8(ascii: "{") else {
            let (value, digits) = number(radix: 16, digits: 4)
            guard digits == 4 else { throw .refused("invalid Unicode escape") }
            return [try Self.scalar(value)]
        }
        position += 1
        var scalars: [Unicode.Scalar] = []
        skipBlanks()
        while true {
            let (value, digits) = number(radix: 16, digits: 7)
            if digits == 0 { break }
            guard digits <= 6 else { throw .refused("invalid Unicode range") }
            scalars.append(try Self.scalar(value))
            skipBlanks()
        }
        guard !scalars.isEmpty, next() == UInt8(ascii: "}") else { throw .refused("invalid Unicode list") }
        return scalars
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    private static func scalar(_ value: UInt32) throws(PatternError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else { throw .refused("invalid Unicode range") }
        return scalar
    }

    private mutating func number(radix: UInt32, digits: Int) -> (value: UInt32, digits: Int) {
        var value: UInt32 = 0
        var count = 0
        while count < digits, let byte = peek, let digit = Unicode.Scalar(byte).digit(radix: radix) {
            value = value * radix + digit
            count += 1
            position += 1
        }
        return (value, count)
    }
}

extension Unicode.Scalar {
    /// The value of a digit of ASCII.
    func digit(radix: UInt32) -> UInt32? {
        let digit: UInt32
        switch self {
        case "0"..."9": digit = value - 0x30
        case "a"..."f": digit = value - 0x61 + 10
        case "A"..."F": digit = value - 0x41 + 10
        default: return nil
        }
        return digit < radix ? digit : nil
    }
}

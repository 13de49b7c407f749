/// The bytes of one character beyond ASCII, as UTF-8 allows them: the shortest form, and no surrogates.
enum UTF8Sequence {
    /// - Returns: nil where no character begins with this byte.
    static func length(from first: UInt8) -> Int? {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// Whether a character may begin with these bytes, of which the first is known to be right.
    static func mayBegin(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 1 else { return true }
        let second: ClosedRange<UInt8> =
            switch bytes[0] {
            case 0xE0: 0xA0...0xBF
            case 0xED: 0x80...0x9F
            case 0xF0: 0x90...0xBF
            case 0xF4: 0x80...0x8F
            default: 0x80...0xBF
            }
        return second.contains(bytes[1]) && bytes.dropFirst(2).allSatisfy { 0x80...0xBF ~= $0 }
    }

    static func decode(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let first = bytes.first, mayBegin(Array(bytes)) else { return nil }
        let lead = UInt32(first) & (0x7F >> UInt32(bytes.count))
        return Unicode.Scalar(bytes.dropFirst().reduce(lead) { $0 << 6 | UInt32($1 & 0x3F) })
    }
}

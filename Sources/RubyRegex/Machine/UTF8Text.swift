/// Reading and writing code points in valid UTF-8.
enum UTF8Text {
    /// The byte with which a code point begins.
    static func lead(of codePoint: UInt32) -> UInt8 {
        switch codePoint {
        case ..<0x80: UInt8(codePoint)
        case ..<0x800: UInt8(0xC0 | codePoint >> 6)
        case ..<0x1_0000: UInt8(0xE0 | codePoint >> 12)
        default: UInt8(0xF0 | codePoint >> 18 & 7)
        }
    }

    static func append(_ codePoint: UInt32, to bytes: inout [UInt8]) {
        bytes.append(lead(of: codePoint))
        let following: UInt32 = codePoint < 0x80 ? 0 : codePoint < 0x800 ? 1 : codePoint < 0x1_0000 ? 2 : 3
        for place in (0..<following).reversed() { bytes.append(UInt8(0x80 | codePoint >> (6 * place) & 0x3F)) }
    }

    /// How many bytes the code point takes that begins with `lead`.
    @inline(__always) static func length(lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

    /// The code point at `position`, and how many bytes it takes.
    ///
    /// - Precondition: a code point begins there and ends within the text.
    @inline(__always)
    static func codePoint(
        in text: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> (value: UInt32, length: Int) {
        let lead = text[position]
        guard lead >= 0x80 else { return (UInt32(lead), 1) }
        let length = Self.length(lead: lead)
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(text[position + offset] & 0x3F) }
        return (value, length)
    }

    /// Where the code point before `position` begins; nil at the beginning.
    @inline(__always)
    static func start(before position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard position > 0 else { return nil }
        var place = position - 1
        while place > 0, text[place] & 0xC0 == 0x80 { place -= 1 }
        return place
    }
}

extension RubyText {
    /// Appends Ruby's String#inspect of `text`, for a default external encoding of UTF-8.
    static func appendInspection(ofString text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { text in
            output.appendOutput { writeInspection(ofString: UnsafeRawBufferPointer(text), to: &$0) }
        }
    }

    /// Writes Ruby's String#inspect of well-formed UTF-8.
    static func writeInspection(ofString text: UnsafeRawBufferPointer, to output: inout ByteOutput) {
        // Nothing becomes more than six times as long.
        let piece = 1024
        var room = 0
        output.reserve(1)
        output.write(.quote)
        var index = 0
        while index < text.count {
            if index >= room {
                room = index + piece
                output.reserve(6 * (piece + 4))
            }
            let byte = text[index]
            if byte < 0x80 {
                index &+= 1
                writeInspection(ofASCII: byte, before: index < text.count ? text[index] : 0, to: &output)
            } else {
                let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                var scalar = UInt32(byte) & (0x7F >> UInt32(length))
                for place in 1..<length { scalar = scalar << 6 | UInt32(text[index &+ place] & 0x3F) }
                if isEscapedByInspect(scalar) {
                    writeEscape(of: scalar, to: &output)
                } else {
                    for place in 0..<length { output.write(text[index &+ place]) }
                }
                index &+= length
            }
        }
        output.reserve(1)
        output.write(.quote)
    }

    @inline(__always)
    private static func writeInspection(ofASCII byte: UInt8, before next: UInt8, to output: inout ByteOutput) {
        switch byte {
        case .quote, .backslash:
            output.write(.backslash)
            output.write(byte)
        case UInt8(ascii: "#"):
            if next == .openBrace || next == UInt8(ascii: "$") || next == UInt8(ascii: "@") { output.write(.backslash) }
            output.write(byte)
        case 0x20..<0x7F: output.write(byte)
        case 0x07: output.write("\\a")
        case 0x08: output.write("\\b")
        case .tab: output.write("\\t")
        case .lineFeed: output.write("\\n")
        case 0x0B: output.write("\\v")
        case 0x0C: output.write("\\f")
        case .carriageReturn: output.write("\\r")
        case 0x1B: output.write("\\e")
        default: writeEscape(of: UInt32(byte), to: &output)
        }
    }

    private static func writeEscape(of scalar: UInt32, to output: inout ByteOutput) {
        let isLong = scalar > 0xFFFF
        output.write(isLong ? "\\u{" : "\\u")
        let digits: UInt32 = isLong ? (scalar > 0xFFFFF ? 6 : 5) : 4
        for place in stride(from: 4 * digits, to: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: scalar >> (place - 4) & 15)
            output.write(digit < 10 ? .zero + digit : UInt8(ascii: "A") + digit - 10)
        }
        if isLong { output.write(.closeBrace) }
    }

    /// Whether `inspect` escapes the code point.
    static func isEscapedByInspect(_ scalar: UInt32) -> Bool {
        escapedScalars[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1
    }

    /// A bit for each code point.
    private static let escapedScalars: [UInt64] = {
        var bits = [UInt64](repeating: 0, count: 0x11_0000 >> 6)
        for place in stride(from: 0, to: inspectEscapes.count, by: 2) {
            for scalar in inspectEscapes[place]...inspectEscapes[place + 1] {
                bits[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63)
            }
        }
        return bits
    }()
}

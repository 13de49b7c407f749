extension RubyText {
    /// Appends Ruby's String#inspect of `text`, for a default external encoding of UTF-8.
    static func appendInspection(of text: String, to output: inout [UInt8]) {
        output.append(.quote)
        var scalars = text.unicodeScalars.makeIterator()
        var upcoming = scalars.next()
        while let scalar = upcoming {
            upcoming = scalars.next()
            appendInspection(of: scalar, before: upcoming, to: &output)
        }
        output.append(.quote)
    }

    private static func appendInspection(
        of scalar: Unicode.Scalar, before next: Unicode.Scalar?, to output: inout [UInt8]
    ) {
        switch scalar {
        case "\"", "\\": output.append(contentsOf: [.backslash, UInt8(ascii: scalar)])
        case "\u{07}": output.append("\\a")
        case "\u{08}": output.append("\\b")
        case "\t": output.append("\\t")
        case "\n": output.append("\\n")
        case "\u{0B}": output.append("\\v")
        case "\u{0C}": output.append("\\f")
        case "\r": output.append("\\r")
        case "\u{1B}": output.append("\\e")
        case "#" where next == "{" || next == "$" || next == "@": output.append("\\#")
        case _ where isEscapedByInspect(scalar.value):
            let hex = String(scalar.value, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex
            output.append(contentsOf: (scalar.value > 0xFFFF ? "\\u{\(padded)}" : "\\u\(padded)").utf8)
        default: output.append(scalar: scalar.value)
        }
    }

    /// Whether `inspect` escapes the code point: a binary search for the last range that begins at or before it.
    static func isEscapedByInspect(_ scalar: UInt32) -> Bool {
        guard scalar >= 0x7F else { return scalar < 0x20 }
        var low = 0
        var high = inspectEscapes.count / 2
        while high - low > 1 {
            let middle = (low + high) / 2
            if inspectEscapes[2 * middle] <= scalar { low = middle } else { high = middle }
        }
        return inspectEscapes[2 * low]...inspectEscapes[2 * low + 1] ~= scalar
    }
}

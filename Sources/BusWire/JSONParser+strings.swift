extension JSONParser {
    mutating func parseString() throws(JSONParseError) -> String {
        index += 1
        let start = index
        var seen: UInt8 = 0
        while next != .quote {
            guard next >= 0x20 else { throw fault(.syntax) }
            if next == .backslash { return try parseEscapedString(from: start, seen: seen) }
            seen |= next
            index += 1
        }
        let decoded = try decode(UnsafeRawBufferPointer(rebasing: text[start..<index]), seen: seen, from: start)
        index += 1
        return decoded
    }

    /// The rest of a string that has an escape at `index`; `start` is its first byte, `seen` all bits of those since.
    private mutating func parseEscapedString(from start: Int, seen: UInt8) throws(JSONParseError) -> String {
        let bytes = scratch ?? .allocate(capacity: text.count)
        scratch = bytes
        var count = 0
        var seen = seen
        func append(_ byte: UInt8) {
            bytes[count] = byte
            count += 1
            seen |= byte
        }
        for byte in text[start..<index] { append(byte) }
        while next != .quote {
            guard next >= 0x20 else { throw fault(.syntax) }
            if next == .backslash {
                index += 1
                try parseEscape(append)
            } else {
                append(next)
                index += 1
            }
        }
        let decoded = try decode(UnsafeRawBufferPointer(start: bytes, count: count), seen: seen, from: start)
        index += 1
        return decoded
    }

    /// Only what is not ASCII throughout, as all bits of it show, is worth a validation.
    private func decode(
        _ bytes: UnsafeRawBufferPointer, seen: UInt8, from start: Int
    ) throws(JSONParseError) -> String {
        if seen < 0x80 { return String(decoding: bytes, as: UTF8.self) }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw JSONParseError(kind: .invalidUTF8, offset: start)
        }
        return decoded
    }

    /// What follows a backslash. An unknown escape stands for its character: json 2.6.1 reads `\q` as "q".
    private mutating func parseEscape(_ append: (UInt8) -> Void) throws(JSONParseError) {
        let escape = next
        guard escape >= 0x20 else { throw fault(.syntax) }
        index += 1
        guard escape == UInt8(ascii: "u") else { return append(JSONEscape.meaning(of: escape)) }
        var scalar = try parseHexUnit()
        if scalar & 0xF800 == 0xD800 {
            let escapeStart = index
            guard scalar < 0xDC00, next == .backslash else { throw fault(.loneSurrogate) }
            index += 1
            guard next == UInt8(ascii: "u") else { throw JSONParseError(kind: .loneSurrogate, offset: escapeStart) }
            index += 1
            let low = try parseHexUnit()
            guard low & 0xFC00 == 0xDC00 else { throw JSONParseError(kind: .loneSurrogate, offset: escapeStart) }
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
        }
        guard let scalar = Unicode.Scalar(scalar) else { preconditionFailure("surrogates have no UTF-8 form") }
        for byte in UTF8.encode(scalar).unsafelyUnwrapped { append(byte) }
    }

    private mutating func parseHexUnit() throws(JSONParseError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next.hexDigitValue else { throw fault(.syntax) }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }
}

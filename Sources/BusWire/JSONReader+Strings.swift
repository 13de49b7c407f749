extension JSONReader {
    /// Reads the string whose quote is next. Where it has no escapes, it is a part of the text, else of the scratch
    /// memory; it is valid until the next one is read.
    mutating func readString() throws(JSONParseError) -> UnsafeRawBufferPointer {
        index += 1
        let start = index
        var isASCII = true
        while true {
            index = PlainText.end(in: text, from: index)
            let byte = next
            if byte == .quote { break }
            if byte == .backslash { return try readEscapedString(from: start) }
            guard byte >= 0x80 else { throw fault(.syntax) }
            isASCII = false
            while next >= 0x80 { index &+= 1 }
        }
        let string = UnsafeRawBufferPointer(rebasing: text[start..<index])
        guard isASCII || UTF8Sequence.isWellFormed(string) else {
            throw JSONParseError(kind: .invalidUTF8, offset: start)
        }
        index += 1
        return string
    }

    /// The rest of a string that has an escape at `index`; `start` is its first byte.
    private mutating func readEscapedString(from start: Int) throws(JSONParseError) -> UnsafeRawBufferPointer {
        let output = scratch ?? .allocate(capacity: text.count + 1)
        scratch = output
        var count = index - start
        UnsafeMutableRawPointer(output).copyMemory(from: text.baseAddress! + start, byteCount: count)
        while true {
            // One escape often follows another.
            while next == .backslash {
                index &+= 1
                try readEscape(to: output, at: &count)
            }
            let run = PlainText.copy(from: text, at: index, to: output + count)
            index &+= run
            count &+= run
            let byte = next
            if byte == .quote { break }
            guard byte == .backslash else { throw fault(.syntax) }
        }
        // Stops the validation where a sequence is cut short.
        output[count] = 0
        let string = UnsafeRawBufferPointer(start: output, count: count)
        guard UTF8Sequence.isWellFormed(string) else {
            throw JSONParseError(kind: .invalidUTF8, offset: start)
        }
        index += 1
        return string
    }

    /// What follows a backslash. An unknown escape stands for its character: json 2.6.1 reads `\q` as "q".
    @inline(__always)
    private mutating func readEscape(
        to output: UnsafeMutablePointer<UInt8>, at count: inout Int
    ) throws(JSONParseError) {
        let escape = next
        guard escape >= 0x20 else { throw fault(.syntax) }
        index &+= 1
        if escape == UInt8(ascii: "u") {
            for byte in UTF8.encode(try readEscapedScalar()).unsafelyUnwrapped {
                output[count] = byte
                count &+= 1
            }
        } else {
            output[count] = JSONEscape.meaning(of: escape)
            count &+= 1
        }
    }

    private mutating func readEscapedScalar() throws(JSONParseError) -> Unicode.Scalar {
        var scalar = try readHexUnit()
        if scalar & 0xF800 == 0xD800 {
            let escapeStart = index
            guard scalar < 0xDC00, next == .backslash else { throw fault(.loneSurrogate) }
            index += 1
            guard next == UInt8(ascii: "u") else { throw JSONParseError(kind: .loneSurrogate, offset: escapeStart) }
            index += 1
            let low = try readHexUnit()
            guard low & 0xFC00 == 0xDC00 else { throw JSONParseError(kind: .loneSurrogate, offset: escapeStart) }
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
        }
        guard let scalar = Unicode.Scalar(scalar) else { preconditionFailure("surrogates have no UTF-8 form") }
        return scalar
    }

    private mutating func readHexUnit() throws(JSONParseError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next.hexDigitValue else { throw fault(.syntax) }
            unit = unit << 4 | UInt32(digit)
            index += 1
        }
        return unit
    }
}

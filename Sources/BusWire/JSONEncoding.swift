/// A value that JSON has no text for: Infinity or NaN. Ruby raises JSON::GeneratorError for it (contract §2.4,
/// `1e400`).
public struct JSONEncodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number as it was written.
    public let number: String

    public var description: String { "\(number.abbreviated) is not allowed in JSON" }
}

/// The escapes of JSON strings.
enum JSONEscape {
    /// The byte that `\x` stands for; unknown letters stand for themselves.
    static func meaning(of letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    /// Appends `text` as the inside of a JSON string in Ruby's spelling: quotes, backslashes and control characters
    /// are escaped, everything else (U+007F, U+2028, `/`) is raw.
    static func append(_ text: some Sequence<UInt8>, to output: inout [UInt8]) {
        if appendPlain(text, to: &output) { return }
        for byte in text {
            if let letter = letter(for: byte) {
                output.append(.backslash)
                output.append(letter)
            } else if byte < 0x20 {
                output.append("\\u00")
                output.append(.zero + byte >> 4)
                output.append(hexDigit(byte & 15))
            } else {
                output.append(byte)
            }
        }
    }

    /// Appends `text` if nothing in it needs an escape, as is almost always so; false when it was not appended.
    static func appendPlain(_ text: some Sequence<UInt8>, to output: inout [UInt8]) -> Bool {
        text.withContiguousStorageIfAvailable { bytes in
            guard PlainText.end(in: UnsafeRawBufferPointer(bytes), from: 0) == bytes.count else { return false }
            output.append(contentsOf: bytes)
            return true
        } ?? false
    }

    /// Writes the same, without a look at each byte of a long run that needs no escapes.
    static func write(_ text: UnsafeRawBufferPointer, to output: inout ByteOutput) {
        var index = 0
        while true {
            output.reserve(text.count &- index)
            let run = PlainText.copy(from: text, at: index, to: output.end)
            output.advance(by: run)
            index &+= run
            guard index < text.count else { return }
            output.reserve(6)
            let byte = text[index]
            if let letter = letter(for: byte) {
                output.write(.backslash)
                output.write(letter)
            } else {
                output.write("\\u00")
                output.write(.zero + byte >> 4)
                output.write(hexDigit(byte & 15))
            }
            index &+= 1
        }
    }

    /// What stands behind the backslash for bytes that have a short escape.
    @inline(__always)
    private static func letter(for byte: UInt8) -> UInt8? {
        switch byte {
        case .quote, .backslash: byte
        case 0x08: UInt8(ascii: "b")
        case 0x0C: UInt8(ascii: "f")
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        default: nil
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? value + .zero : value - 10 + UInt8(ascii: "a")
    }
}

extension JSONValue {
    /// Appends the value's JSON text in Ruby's spelling: no spaces, floats by ``RubyText/float(_:)``, `-0` as `0`.
    /// - Throws: ``JSONEncodingError`` for a number beyond Double; `output` then holds a part of the text.
    public func encode(into output: inout [UInt8]) throws(JSONEncodingError) {
        switch self {
        case .null: output.append("null")
        case .bool(true): output.append("true")
        case .bool(false): output.append("false")
        case .number(let text):
            let spelled = RubyText.number(text)
            guard let last = spelled.utf8.last, last.isDigit else { throw JSONEncodingError(number: text) }
            output.append(contentsOf: spelled.utf8)
        case .string(let text):
            text.encodeJSON(into: &output)
        case .array(let elements):
            output.append(.openBracket)
            for (place, element) in elements.enumerated() {
                if place > 0 { output.append(.comma) }
                try element.encode(into: &output)
            }
            output.append(.closeBracket)
        case .object(let members):
            output.append(.openBrace)
            for (place, member) in members.enumerated() {
                if place > 0 { output.append(.comma) }
                member.key.encodeJSON(into: &output)
                output.append(.colon)
                try member.value.encode(into: &output)
            }
            output.append(.closeBrace)
        }
    }

    /// The value's JSON text in Ruby's spelling.
    /// - Throws: ``JSONEncodingError`` for a number beyond Double.
    public func encoded() throws(JSONEncodingError) -> [UInt8] {
        var output: [UInt8] = []
        try encode(into: &output)
        return output
    }
}

extension String {
    /// Appends the text as a JSON string, with its quotes.
    package func encodeJSON(into output: inout [UInt8]) {
        output.append(.quote)
        JSONEscape.append(utf8, to: &output)
        output.append(.quote)
    }
}

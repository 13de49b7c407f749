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
        for byte in text {
            switch byte {
            case .quote, .backslash: output.append(contentsOf: [.backslash, byte])
            case 0x08: output.append("\\b")
            case 0x0C: output.append("\\f")
            case 0x0A: output.append("\\n")
            case 0x0D: output.append("\\r")
            case 0x09: output.append("\\t")
            case 0..<0x20:
                output.append("\\u00")
                output.append(byte >> 4 &+ .zero)
                output.append(byte & 15 < 10 ? byte & 15 &+ .zero : byte & 15 &- 10 &+ UInt8(ascii: "a"))
            default: output.append(byte)
            }
        }
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

/// How Ruby 3.1 turns values into text: `to_s`, `inspect`, `strip` and `to_i`, as matchers see them (contract §4).
@usableFromInline package enum RubyText {
    /// Ruby's Float#to_s: the shortest digits that read back the same.
    package static func float(_ value: Double) -> String {
        var output: [UInt8] = []
        output.appendOutput { write(value, to: &$0) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The text of a JSON number once Ruby has read it: integers keep their digits (`-0` is `0`), anything with a
    /// fraction or an exponent is a Float. Beyond Double it is `Infinity`.
    package static func number(_ text: String) -> String {
        var text = text
        var output: [UInt8] = []
        text.withUTF8 { bytes in
            let isFloat = bytes.contains { $0 == .dot || $0 | 0x20 == UInt8(ascii: "e") }
            output.appendOutput {
                writeNumber(UnsafeRawBufferPointer(bytes), isFloat ? .wideFloat : .integer, to: &$0)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Writes ``number(_:)`` of a text whose kind is known.
    static func writeNumber(_ text: UnsafeRawBufferPointer, _ kind: JSONNumberKind, to output: inout ByteOutput) {
        guard kind != .integer else {
            output.reserve(text.count)
            // Ruby reads -0 as the integer 0.
            let isMinusZero = text.count == 2 && text[0] == .minus && text[1] == .zero
            return isMinusZero ? output.write(.zero) : output.write(text)
        }
        let number = DecimalNumber(text)
        if number.isShortest(spelled: text) { return number.write(to: &output) }
        let spelled = String(decoding: text, as: UTF8.self)
        guard let value = Double(spelled) else { preconditionFailure("\(spelled.abbreviated) is not a JSON number") }
        write(value, to: &output)
    }

    private static func write(_ value: Double, to output: inout ByteOutput) {
        if value.isFinite {
            var shortest = value.description
            shortest.withUTF8 { DecimalNumber(UnsafeRawBufferPointer($0)).write(to: &output) }
        } else {
            output.reserve(9)
            output.write(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        }
    }

    /// Appends Ruby's `to_s` of `value`: null is "", strings are themselves, arrays and objects are `inspect`ed.
    package static func appendText(of value: JSONValue, to output: inout [UInt8]) {
        switch value {
        case .null: break
        case .string(let text): output.append(contentsOf: text.utf8)
        default: appendInspection(of: value, to: &output)
        }
    }

    /// Ruby's `to_s` of `value`.
    package static func text(of value: JSONValue) -> String {
        var output: [UInt8] = []
        appendText(of: value, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends Ruby's `inspect` of `value`: `[1, "a", nil]`, `{"k"=>1}` (Ruby 3.3 and before).
    package static func appendInspection(of value: JSONValue, to output: inout [UInt8]) {
        switch value {
        case .null: output.append("nil")
        case .bool(true): output.append("true")
        case .bool(false): output.append("false")
        case .number(let text): output.append(contentsOf: number(text).utf8)
        case .string(let text): appendInspection(ofString: text, to: &output)
        case .array(let elements):
            output.append(.openBracket)
            for (place, element) in elements.enumerated() {
                if place > 0 { output.append(", ") }
                appendInspection(of: element, to: &output)
            }
            output.append(.closeBracket)
        case .object(let members):
            output.append(.openBrace)
            for (place, member) in members.enumerated() {
                if place > 0 { output.append(", ") }
                appendInspection(ofString: member.key, to: &output)
                output.append("=>")
                appendInspection(of: member.value, to: &output)
            }
            output.append(.closeBrace)
        }
    }

    /// Whether Ruby 3.1's `strip` removes this byte at the ends of a string: NUL, \t \n \v \f \r and space.
    @inline(__always)
    @usableFromInline package static func isStripped(_ byte: UInt8) -> Bool {
        byte == 0 || byte == .space || byte &- 9 < 5
    }

    /// Ruby's String#to_i: an optional sign and the digits at the start, `_` between them; 0 where there are none.
    /// Saturates instead of growing beyond Int.
    package static func integer(_ text: String) -> Int {
        var digits = text.utf8.drop { byte in byte == .space || byte &- 9 < 5 }
        let isNegative = digits.first == .minus
        if isNegative || digits.first == .plus { digits = digits.dropFirst() }
        var value = 0
        var previousIsDigit = false
        for byte in digits {
            if byte == UInt8(ascii: "_"), previousIsDigit {
                previousIsDigit = false
                continue
            }
            guard byte.isDigit else { break }
            previousIsDigit = true
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte &- .zero))
            if overflow || carry { return isNegative ? .min : .max }
            value = sum
        }
        return isNegative ? -value : value
    }
}

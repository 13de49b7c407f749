/// How Ruby 3.1 turns values into text: `to_s`, `inspect`, `strip` and `to_i`, as matchers see them (contract §4).
public enum RubyText {
    /// Ruby's Float#to_s: the shortest digits that read back the same; `1.0e+15` where more than 15 digits before the
    /// point would not leave any behind it (the contract says 1e16; Ruby's source and its vectors say this),
    /// `1.0e-05` below 1e-4.
    public static func float(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
        let sign = value.sign == .minus ? "-" : ""
        guard value != 0 else { return sign + "0.0" }
        let (digits, point) = shortestDigits(of: value.magnitude)
        switch point {
        case 1..<max(1, digits.count):
            let split = digits.index(digits.startIndex, offsetBy: point)
            return sign + digits[..<split] + "." + digits[split...]
        case 1...15:
            return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
        case -3...0:
            return sign + "0." + String(repeating: "0", count: -point) + digits
        default:
            let exponent = point - 1
            let fraction = digits.count > 1 ? String(digits.dropFirst()) : "0"
            let padding = exponent.magnitude < 10 ? "0" : ""
            let exponentSign = exponent < 0 ? "-" : "+"
            return "\(sign)\(digits.prefix(1)).\(fraction)e\(exponentSign)\(padding)\(exponent.magnitude)"
        }
    }

    /// The significant digits of a positive number, and where the decimal point is: 0.ddd × 10^point.
    private static func shortestDigits(of value: Double) -> (digits: String, point: Int) {
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        let exponent = parts.count > 1 ? Int(parts[1])! : 0
        let all = mantissa[0] + fraction
        let leadingZeros = all.prefix { $0 == "0" }.count
        var digits = String(all.dropFirst(leadingZeros))
        while digits.last == "0" { digits.removeLast() }
        return (digits, mantissa[0].count + exponent - leadingZeros)
    }

    /// The text of a JSON number once Ruby has read it: integers keep their digits (`-0` is `0`), anything with a
    /// fraction or an exponent is a Float. Beyond Double it is `Infinity`.
    public static func number(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == .dot || $0 | 0x20 == UInt8(ascii: "e") }) else {
            return text == "-0" ? "0" : text
        }
        guard let value = Double(text) else { preconditionFailure("\(text) is not a JSON number") }
        return float(value)
    }

    /// Appends Ruby's `to_s` of `value`: null is "", strings are themselves, arrays and objects are `inspect`ed.
    public static func appendText(of value: JSONValue, to output: inout [UInt8]) {
        switch value {
        case .null: break
        case .string(let text): output.append(contentsOf: text.utf8)
        default: appendInspection(of: value, to: &output)
        }
    }

    /// Ruby's `to_s` of `value`.
    public static func text(of value: JSONValue) -> String {
        var output: [UInt8] = []
        appendText(of: value, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends Ruby's `inspect` of `value`: `[1, "a", nil]`, `{"k"=>1}` (Ruby 3.3 and before).
    public static func appendInspection(of value: JSONValue, to output: inout [UInt8]) {
        switch value {
        case .null: output.append("nil")
        case .bool(true): output.append("true")
        case .bool(false): output.append("false")
        case .number(let text): output.append(contentsOf: number(text).utf8)
        case .string(let text): appendInspection(of: text, to: &output)
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
                appendInspection(of: member.key, to: &output)
                output.append("=>")
                appendInspection(of: member.value, to: &output)
            }
            output.append(.closeBrace)
        }
    }

    /// Whether Ruby 3.1's `strip` removes this byte at the ends of a string: NUL, \t \n \v \f \r and space.
    @inline(__always)
    public static func isStripped(_ byte: UInt8) -> Bool {
        byte == 0 || byte == .space || byte &- 9 < 5
    }

    /// Ruby's String#to_i: an optional sign and the digits at the start, `_` between them; 0 where there are none.
    /// Saturates instead of growing beyond Int.
    public static func integer(_ text: String) -> Int {
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

import BusCalendar
import BusWire

/// A number of YAML 1.1 without quotes, as Psych 4 reads it: `1_000`, `017` (octal), `0x1f`, `1.5e+3`, `12:30` (base
/// 60).
struct YAMLNumber {
    let value: JSONValue

    private static let firsts = Set("+-.0123456789".utf8)

    /// Nil if the text is no number.
    init?(_ text: String) {
        guard let first = text.utf8.first, Self.firsts.contains(first),
            let value = Self.special(text) ?? Self.sexagesimal(text) ?? Self.float(text) ?? Self.integer(text)
        else {
            return nil
        }
        self.value = value
    }

    private static func special(_ text: String) -> JSONValue? {
        switch text.lowercased() {
        case ".inf", "+.inf": .float(.infinity)
        case "-.inf": .float(-.infinity)
        case ".nan": .float(.nan)
        default: nil
        }
    }

    private static func sexagesimal(_ text: String) -> JSONValue? {
        var scan = ByteScanner(text)
        skipSign(&scan)
        guard let first = scan.take(while: { isDigit($0) || $0 == UInt8(ascii: "_") }).first, isDigit(first) else {
            return nil
        }
        var lower = 0
        while scan.skip(":") {
            let digits = scan.digits().utf8
            guard digits.count == 1 || (digits.count == 2 && digits.first! < UInt8(ascii: "6")) else { return nil }
            lower += 1
        }
        let hasFraction = scan.skip(".")
        if hasFraction { _ = scan.take { isDigit($0) || $0 == UInt8(ascii: "_") } }
        guard 1...2 ~= lower, scan.isAtEnd else { return nil }
        let places = without("_", text).split(separator: ":")
        guard !hasFraction else {
            return .float(zip(places, [3600, 60, 1]).reduce(0) { $0 + double($1.0) * $1.1 })
        }
        let numbers = places.compactMap { Int($0) }
        guard numbers.count == places.count, numbers[0].magnitude < 1 << 40 else { return nil }
        return .integer(zip(numbers, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 })
    }

    private static func float(_ text: String) -> JSONValue? {
        var scan = ByteScanner(text)
        skipSign(&scan)
        let whole = scan.take { isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ",") }
        guard whole.first.map(isDigit) ?? true, scan.skip(".") else { return nil }
        let fraction = scan.digits()
        if scan.skip("e") || scan.skip("E") {
            guard scan.skip("-") || scan.skip("+"), !scan.digits().isEmpty else { return nil }
        }
        guard scan.isAtEnd, !(whole.isEmpty && fraction.isEmpty) else { return nil }
        return .float(double(without("_,", text)[...]))
    }

    /// With digits before or after the point, or none.
    private static func double(_ text: Substring) -> Double {
        let (mantissa, exponent) = (text.prefix { $0 != "e" && $0 != "E" }, text.drop { $0 != "e" && $0 != "E" })
        return Double((mantissa.hasSuffix(".") ? mantissa.dropLast() : mantissa) + exponent) ?? 0
    }

    private static func integer(_ text: String) -> JSONValue? {
        let sign = text.hasPrefix("-") ? "-" : ""
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let digits = without("_,", String(unsigned))
        if isDecimal(unsigned.utf8) { return .number(sign + digits) }
        guard unsigned.utf8.first == UInt8(ascii: "0") else { return nil }
        let letter = unsigned.utf8.dropFirst().first
        let radix = letter == UInt8(ascii: "b") ? 2 : letter == UInt8(ascii: "x") ? 16 : 8
        let places = digits.dropFirst(radix == 8 ? 0 : 2)
        guard unsigned.utf8.count > (radix == 8 ? 1 : 2), places.utf8.first.map({ $0 != UInt8(ascii: "-") }) ?? false
        else { return nil }
        return Int(sign + places, radix: radix).map { .integer($0) }
    }

    /// `0`, or digits that begin with none, each separator between two of them.
    private static func isDecimal(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, isDigit(first) else { return false }
        guard first != UInt8(ascii: "0") else { return text.count == 1 }
        var wasDigit = false
        for byte in text {
            let isSeparator = byte == UInt8(ascii: "_") || byte == UInt8(ascii: ",")
            guard isDigit(byte) || (isSeparator && wasDigit) else { return false }
            wasDigit = isDigit(byte)
        }
        return wasDigit
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func skipSign(_ scan: inout ByteScanner) {
        if !scan.skip("-") { _ = scan.skip("+") }
    }

    private static func without(_ separators: String, _ text: String) -> String {
        String(decoding: text.utf8.filter { !separators.utf8.contains($0) }, as: UTF8.self)
    }
}

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
        guard let match = text.wholeMatch(of: /[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}(\.[0-9_]*)?/) else { return nil }
        let places = text.filter { $0 != "_" }.split(separator: ":")
        guard match.1 == nil else {
            return .float(zip(places, [3600, 60, 1]).reduce(0) { $0 + float($1.0) * $1.1 })
        }
        let numbers = places.compactMap { Int($0) }
        guard numbers.count == places.count, numbers[0].magnitude < 1 << 40 else { return nil }
        return .integer(zip(numbers, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 })
    }

    private static func float(_ text: String) -> JSONValue? {
        guard text.wholeMatch(of: /[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?/) != nil,
            text.contains(where: \.isNumber)
        else { return nil }
        return .float(float(text.filter { $0 != "_" && $0 != "," }[...]))
    }

    /// With digits before or after the point, or none.
    private static func float(_ text: Substring) -> Double {
        Double(text.replacing(/\.(?=[eE]|$)/, with: "")) ?? 0
    }

    private static func integer(_ text: String) -> JSONValue? {
        let sign = text.hasPrefix("-") ? "-" : ""
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let digits = unsigned.filter { $0 != "_" && $0 != "," }
        if unsigned.wholeMatch(of: /0|[1-9](?:[0-9]|,[0-9]|_[0-9])*/) != nil { return .number(sign + digits) }
        if unsigned.wholeMatch(of: /0b[01_,]+/) != nil { return integer(sign + digits.dropFirst(2), radix: 2) }
        if unsigned.wholeMatch(of: /0x[0-9a-fA-F_,]+/) != nil { return integer(sign + digits.dropFirst(2), radix: 16) }
        if unsigned.wholeMatch(of: /0[0-7_,]+/) != nil { return integer(sign + digits, radix: 8) }
        return nil
    }

    private static func integer(_ text: String, radix: Int) -> JSONValue? {
        Int(text, radix: radix).map { .integer($0) }
    }
}

/// A value of an attribute as Ruby's JSON library writes it; an encoder of its own, so that the tests' input does not
/// come from the code under test.
public indirect enum RubyValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([RubyValue])
    case object([(String, RubyValue)])
    /// Text that goes into the JSON as it is: a float, a huge number, something invalid.
    case verbatim(String)

    /// JSON as Ruby's `JSON.generate`: no spaces, non-ASCII raw, `/` unescaped.
    public var json: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .string(let text): RubyValue.quoted(text)
        case .array(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { RubyValue.quoted($0) + ":" + $1.json }.joined(separator: ",") + "}"
        case .verbatim(let text): text
        }
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{00}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension RubyValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral text: String) { self = .string(text) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: RubyValue...) { self = .array(elements) }
    public init(dictionaryLiteral members: (String, RubyValue)...) { self = .object(members) }
}

/// A JSON value as Ruby's json 2.6.1 reads it (contract §2.4).
///
/// Numbers keep the text they were written with, because Ruby keeps arbitrary integers and tells `1` from `1.0`.
/// Objects keep the order of their members; of duplicates the last value stays, at the first position.
/// Equality is exact: strings by their bytes, numbers by their text, objects with their order.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// The number's text, in JSON's grammar: `12`, `-0`, `1.10`, `1E400`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
}

/// One member of a JSON object.
public struct JSONMember: Hashable, Sendable {
    /// The decoded name.
    public var key: String
    public var value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }

    public static func == (left: JSONMember, right: JSONMember) -> Bool {
        left.key.isExactly(right.key) && left.value == right.value
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ExactString(key))
        hasher.combine(value)
    }
}

extension JSONValue {
    /// An integer.
    public static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

    /// A floating-point number, written as Ruby writes it. Infinity and NaN can be held but not encoded.
    public static func float(_ value: Double) -> JSONValue { .number(RubyText.float(value)) }

    /// The members of an object, else nil.
    public var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array, else nil.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text of a string, else nil.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value of an object's member, nil where there is none (or no object).
    public subscript(key: String) -> JSONValue? {
        members?.first { $0.key.isExactly(key) }?.value
    }

    /// The value with `key` set to `newValue`: in place where the object has it, else as the last member.
    /// - Precondition: the value is an object.
    public func setting(_ key: String, to newValue: JSONValue) -> JSONValue {
        guard case .object(var members) = self else {
            preconditionFailure("only an object has members to set")
        }
        if let index = members.firstIndex(where: { $0.key.isExactly(key) }) {
            members[index].value = newValue
        } else {
            members.append(JSONMember(key, newValue))
        }
        return .object(members)
    }
}

extension JSONValue: Hashable {
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isExactly(right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let text): hasher.combine(text)
        case .string(let text): hasher.combine(ExactString(text))
        case .array(let elements): hasher.combine(elements)
        case .object(let members): hasher.combine(members)
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .float(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Members in the order written. A name must not occur twice.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
}

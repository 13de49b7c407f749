/// Why a text is not JSON that the Ruby side can read *and* write again.
public struct JSONParseError: Error, Hashable, Sendable {
    /// The kind of fault.
    public enum Kind: Hashable, Sendable {
        /// Not JSON: broken grammar, an unfinished text, `NaN`, a control character in a string, something behind the
        /// value.
        case syntax
        /// More than 100 arrays and objects in each other.
        case tooDeep
        /// Bytes that are not UTF-8. Ruby reads them and raises when it writes the job.
        case invalidUTF8
        /// `\ud83d` without its other half. Ruby turns it into bytes that are not UTF-8.
        case loneSurrogate
    }

    public let kind: Kind
    /// Where in the text, in bytes.
    public let offset: Int
}

extension JSONParseError: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .syntax: "unexpected token at byte \(offset)"
        case .tooDeep: "nesting of \(JSONParser.maximumDepth + 1) is too deep at byte \(offset)"
        case .invalidUTF8: "bytes that are not UTF-8 at byte \(offset)"
        case .loneSurrogate: "half of a surrogate pair at byte \(offset)"
        }
    }
}

extension JSONValue {
    /// Parses one JSON text by the rules of Ruby's json 2.6.1: nesting up to 100, comments allowed, unknown escapes
    /// stand for their character, `NaN` and `Infinity` refused. A number beyond Double (`1e400`) is kept; only
    /// encoding it fails.
    public static func parse(_ text: UnsafeRawBufferPointer) throws(JSONParseError) -> JSONValue {
        var parser = JSONParser(text: text)
        return try parser.parse()
    }

    /// Parses `text`; see ``parse(_:)-(UnsafeRawBufferPointer)``.
    public static func parse(_ text: [UInt8]) throws(JSONParseError) -> JSONValue {
        try text.withUnsafeBufferPointer { (bytes) throws(JSONParseError) in
            try parse(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Parses `text`; see ``parse(_:)-(UnsafeRawBufferPointer)``.
    public static func parse(_ text: String) throws(JSONParseError) -> JSONValue {
        var text = text
        return try text.withUTF8 { bytes in
            Result { () throws(JSONParseError) in try parse(UnsafeRawBufferPointer(bytes)) }
        }.get()
    }
}

/// A recursive-descent parser; the depth limit bounds its stack.
struct JSONParser: ~Copyable {
    /// Ruby's max_nesting.
    static let maximumDepth = 100

    let text: UnsafeRawBufferPointer
    private let maximumDepth: Int
    var index = 0
    /// Where strings with escapes are put together; as large as the text, since no escape stands for more than itself.
    var scratch: UnsafeMutablePointer<UInt8>?

    init(text: UnsafeRawBufferPointer, maximumDepth: Int = JSONParser.maximumDepth) {
        self.text = text
        self.maximumDepth = maximumDepth
    }

    deinit { scratch?.deallocate() }

    mutating func parse() throws(JSONParseError) -> JSONValue {
        try skipIgnored()
        let value = try parseValue(depth: 1)
        try skipIgnored()
        guard index == text.count else { throw fault(.syntax) }
        return value
    }

    func fault(_ kind: JSONParseError.Kind) -> JSONParseError {
        JSONParseError(kind: kind, offset: index)
    }

    /// The next byte; 0 at the end, which no rule of the grammar accepts.
    var next: UInt8 {
        index < text.count ? text[index] : 0
    }

    /// White space and comments: json 2.6.1 takes `/* … */` and `// …` up to a line feed.
    private mutating func skipIgnored() throws(JSONParseError) {
        while true {
            switch next {
            case .space, .tab, .lineFeed, .carriageReturn:
                index += 1
            case .slash:
                try skipComment()
            default:
                return
            }
        }
    }

    private mutating func skipComment() throws(JSONParseError) {
        let start = index
        index += 1
        let opening = next
        guard opening == .asterisk || opening == .slash else { throw fault(.syntax) }
        index += 1
        while index < text.count {
            let byte = text[index]
            index += 1
            if opening == .slash, byte == .lineFeed { return }
            if opening == .asterisk, byte == .asterisk, next == .slash {
                index += 1
                return
            }
        }
        throw JSONParseError(kind: .syntax, offset: start)
    }

    private mutating func parseValue(depth: Int) throws(JSONParseError) -> JSONValue {
        switch next {
        case .quote:
            return .string(try parseString())
        case .openBrace:
            return .object(try parseObject(depth: depth))
        case .openBracket:
            return .array(try parseArray(depth: depth))
        case .minus, .zero...(.nine):
            return .number(try parseNumber())
        case UInt8(ascii: "n"):
            try parseWord("null")
            return .null
        case UInt8(ascii: "t"):
            try parseWord("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try parseWord("false")
            return .bool(false)
        default:
            throw fault(.syntax)
        }
    }

    private mutating func parseWord(_ word: StaticString) throws(JSONParseError) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[offset] else { throw fault(.syntax) }
            index += 1
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONParseError) -> [JSONValue] {
        guard depth <= maximumDepth else { throw fault(.tooDeep) }
        index += 1
        try skipIgnored()
        var elements: [JSONValue] = []
        guard next != .closeBracket else {
            index += 1
            return elements
        }
        while true {
            elements.append(try parseValue(depth: depth + 1))
            try skipIgnored()
            if next == .closeBracket {
                index += 1
                return elements
            }
            guard next == .comma else { throw fault(.syntax) }
            index += 1
            try skipIgnored()
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONParseError) -> [JSONMember] {
        guard depth <= maximumDepth else { throw fault(.tooDeep) }
        index += 1
        try skipIgnored()
        guard next != .closeBrace else {
            index += 1
            return []
        }
        var object = ObjectBuilder()
        while true {
            guard next == .quote else { throw fault(.syntax) }
            let key = try parseString()
            try skipIgnored()
            guard next == .colon else { throw fault(.syntax) }
            index += 1
            try skipIgnored()
            object.set(key, to: try parseValue(depth: depth + 1))
            try skipIgnored()
            if next == .closeBrace {
                index += 1
                return object.members
            }
            guard next == .comma else { throw fault(.syntax) }
            index += 1
            try skipIgnored()
        }
    }

    private mutating func parseNumber() throws(JSONParseError) -> String {
        let start = index
        if next == .minus { index += 1 }
        if next == .zero {
            index += 1
        } else {
            try skipDigits()
        }
        if next == .dot {
            index += 1
            try skipDigits()
        }
        if next | 0x20 == UInt8(ascii: "e") {
            index += 1
            if next == .plus || next == .minus { index += 1 }
            try skipDigits()
        }
        return String(decoding: text[start..<index], as: UTF8.self)
    }

    private mutating func skipDigits() throws(JSONParseError) {
        guard next.isDigit else { throw fault(.syntax) }
        while next.isDigit { index += 1 }
    }
}

/// Collects members as Ruby's Hash does: a repeated key keeps its first place and takes the last value.
private struct ObjectBuilder {
    private(set) var members: [JSONMember] = []
    private var places: [ExactString: Int] = [:]

    /// Up to this many members a look at each is cheaper than hashing.
    private static let linearLimit = 32

    mutating func set(_ key: String, to value: JSONValue) {
        if let place = place(of: key) {
            members[place].value = value
            return
        }
        members.append(JSONMember(key, value))
        if members.count == Self.linearLimit {
            for (place, member) in members.enumerated() { places[ExactString(member.key)] = place }
        } else if members.count > Self.linearLimit {
            places[ExactString(key)] = members.count - 1
        }
    }

    private func place(of key: String) -> Int? {
        members.count < Self.linearLimit
            ? members.firstIndex { $0.key.isExactly(key) }
            : places[ExactString(key)]
    }
}

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
        case .tooDeep: "nesting of \(JSONReader.maximumDepth + 1) is too deep at byte \(offset)"
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
        var reader = JSONReader(text: text)
        var tree = JSONTree()
        return try reader.read(into: &tree)
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

/// Makes a tree of what is read.
private struct JSONTree: JSONSink {
    mutating func null() -> JSONValue { .null }
    mutating func bool(_ value: Bool) -> JSONValue { .bool(value) }
    mutating func number(_ text: UnsafeRawBufferPointer, _ kind: JSONNumberKind) -> JSONValue {
        .number(String(decoding: text, as: UTF8.self))
    }
    mutating func string(_ text: UnsafeRawBufferPointer) -> JSONValue { .string(String(decoding: text, as: UTF8.self)) }

    mutating func beginArray() -> [JSONValue] { [] }
    mutating func append(_ value: JSONValue, at place: Range<Int>, to elements: inout [JSONValue]) {
        elements.append(value)
    }
    mutating func end(array elements: [JSONValue]) -> JSONValue { .array(elements) }

    mutating func beginObject() -> ObjectBuilder { ObjectBuilder() }
    mutating func key(_ text: UnsafeRawBufferPointer) -> String { String(decoding: text, as: UTF8.self) }
    mutating func set(_ key: String, to value: JSONValue, at place: Range<Int>, in members: inout ObjectBuilder) {
        members.set(key, to: value)
    }
    mutating func end(object members: ObjectBuilder) -> JSONValue { .object(members.members) }

    mutating func separate() {}
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

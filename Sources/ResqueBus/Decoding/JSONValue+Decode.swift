import BusWire
import Foundation

extension JSONValue {
    /// The value as a type of Swift's.
    ///
    /// Numbers fit where nothing is lost: `1.0` is an `Int`, `1.5` is not. A `Date` is a number of seconds since 1970
    /// or a text in ISO 8601, a `URL` is a text. Members that the type does not ask for are passed over.
    ///
    /// - Throws: ``ValueMismatch``, which names the field.
    public func decode<Value: Decodable>(as type: Value.Type = Value.self) throws(ValueMismatch) -> Value {
        try decode(as: type, root: "")
    }

    func decode<Value: Decodable>(as type: Value.Type, root: String) throws(ValueMismatch) -> Value {
        do {
            return try ValueDecoder(value: self, codingPath: []).decode(type)
        } catch {
            throw ValueMismatch(error, root: root)
        }
    }
}

/// One value at its place, for the protocols of `Decodable`.
struct ValueDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let members = value.members else { throw mismatch(type, expected: "an object") }
        return KeyedDecodingContainer(ValueMembers(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = value.elements else { throw mismatch([JSONValue].self, expected: "an array") }
        return ValueElements(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func mismatch(_ type: Any.Type, expected: String) -> DecodingError {
        .typeMismatch(
            type, .init(codingPath: codingPath, debugDescription: "expected \(expected) but found \(value.sortName)"))
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = value else { throw mismatch(type, expected: "Bool") }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard let text = value.string else { throw mismatch(type, expected: "String") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard case .number(let text) = value, let number = Double(text) else {
            throw mismatch(type, expected: "Double")
        }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float {
        guard case .number(let text) = value, let number = Float(text) else { throw mismatch(type, expected: "Float") }
        return number
    }

    private func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        guard case .number(let text) = value else { throw mismatch(type, expected: "\(type)") }
        guard let number = Number(text) ?? Double(text).flatMap(Number.init(exactly:)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "expected \(type) but found a number that does not fit")
            )
        }
        return number
    }

    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        switch type {
        case is Date.Type: try date() as! Value
        case is URL.Type: try url() as! Value
        default: try Value(from: self)
        }
    }

    private func date() throws -> Date {
        switch value {
        case .number(let text):
            if let seconds = Double(text) { return Date(timeIntervalSince1970: seconds) }
        case .string(let text):
            let style = Date.ISO8601FormatStyle()
            if let date = (try? style.parse(text))
                ?? (try? style.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
                    .parse(text))
            {
                return date
            }
        default: break
        }
        throw mismatch(Date.self, expected: "a time (seconds since 1970, or ISO 8601)")
    }

    private func url() throws -> URL {
        guard let text = value.string, let url = URL(string: text) else { throw mismatch(URL.self, expected: "a URL") }
        return url
    }
}

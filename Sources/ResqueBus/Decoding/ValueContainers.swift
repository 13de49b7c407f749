import BusWire

/// The members of an object.
struct ValueMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [JSONMember]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

    private func value(_ name: String) -> JSONValue? { members.first { $0.key.isExactly(name) }?.value }

    private func decoder(_ key: Key, for type: Any.Type) throws -> ValueDecoder {
        guard let value = value(key.stringValue) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "expected \(type) but there is no such member"))
        }
        return ValueDecoder(value: value, codingPath: codingPath + [key])
    }

    func contains(_ key: Key) -> Bool { value(key.stringValue) != nil }
    func decodeNil(forKey key: Key) -> Bool { value(key.stringValue) ?? .null == .null }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder(key, for: type).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder(key, for: type).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder(key, for: type).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder(key, for: type).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder(key, for: type).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoder(key, for: type).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoder(key, for: type).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoder(key, for: type).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoder(key, for: type).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoder(key, for: type).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder(key, for: type).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder(key, for: type).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder(key, for: type).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder(key, for: type).decode(type) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try decoder(key, for: type).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(key, for: type).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key, for: [JSONValue].self).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { ValueDecoder(value: .object(members), codingPath: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key, for: JSONValue.self) }
}

/// The elements of an array, one after the other.
struct ValueElements: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [JSONValue], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    private mutating func next(for type: Any.Type) throws -> ValueDecoder {
        let path = codingPath + [ElementKey(currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type, .init(codingPath: path, debugDescription: "expected \(type) but the array ends before"))
        }
        defer { currentIndex += 1 }
        return ValueDecoder(value: elements[currentIndex], codingPath: path)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next(for: type).decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try next(for: type).decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try next(for: type).decode(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try next(for: type).decode(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try next(for: type).decode(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next(for: type).decode(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next(for: type).decode(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next(for: type).decode(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next(for: type).decode(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next(for: type).decode(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next(for: type).decode(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next(for: type).decode(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next(for: type).decode(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next(for: type).decode(type) }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next(for: type).decode(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next(for: type).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next(for: [JSONValue].self).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next(for: JSONValue.self) }
}

/// A place in an array.
private struct ElementKey: CodingKey {
    let index: Int

    init(_ index: Int) { self.index = index }
    init?(intValue: Int) { self.init(intValue) }
    init?(stringValue: String) { nil }

    var intValue: Int? { index }
    var stringValue: String { String(index) }
}

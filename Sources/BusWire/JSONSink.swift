/// What a ``JSONReader`` reports to while it reads, and what is made of the text: a tree, or another text.
protocol JSONSink: ~Copyable {
    associatedtype Value
    /// An array that is not finished.
    associatedtype Elements
    /// An object that is not finished.
    associatedtype Members
    associatedtype Key

    mutating func null() -> Value
    mutating func bool(_ value: Bool) -> Value
    mutating func number(_ text: UnsafeRawBufferPointer, _ kind: JSONNumberKind) -> Value
    /// - Parameter text: decoded and well-formed; no longer valid after the call.
    mutating func string(_ text: UnsafeRawBufferPointer) -> Value

    mutating func beginArray() -> Elements
    /// - Parameter place: where the value stands in the text that is read; so in ``set(_:to:at:in:)``.
    mutating func append(_ value: Value, at place: Range<Int>, to elements: inout Elements)
    mutating func end(array elements: Elements) -> Value

    mutating func beginObject() -> Members
    /// - Parameter text: as of ``string(_:)``.
    mutating func key(_ text: UnsafeRawBufferPointer) -> Key
    mutating func set(_ key: Key, to value: Value, at place: Range<Int>, in members: inout Members)
    mutating func end(object members: Members) -> Value

    /// A comma, between two elements or two members.
    mutating func separate()
}

/// What the text of a number shows at a glance.
enum JSONNumberKind {
    case integer
    /// There is a fraction or an exponent.
    case float
    /// The same, and so many digits that the number may be beyond Double.
    case wideFloat
}

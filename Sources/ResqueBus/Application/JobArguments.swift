import BusWire

/// The arguments of a plain Resque job.
public struct JobArguments: Sendable, RandomAccessCollection {
    let values: [JSONValue]

    public var startIndex: Int { 0 }
    public var endIndex: Int { values.count }

    /// An argument, the first at 0.
    public subscript(index: Int) -> JSONValue { values[index] }

    /// One argument as a type of Swift's; an optional type may be missing.
    ///
    /// - Throws: ``ValueMismatch``, whose path is `args[0]` for the first argument.
    public func decode<Value: Decodable>(
        _ index: Int, as type: Value.Type = Value.self
    ) throws(ValueMismatch) -> Value {
        let value = values.indices.contains(index) ? values[index] : .null
        return try value.decode(as: type, root: "args[\(index)]")
    }

    /// All arguments, each as a type of Swift's:
    /// `let (address, count) = try arguments.decodeAll(as: String.self, Int.self)`.
    ///
    /// - Throws: ``ValueMismatch``, also when there are more arguments than types.
    public func decodeAll<each Value: Decodable>(
        as type: repeat (each Value).Type
    ) throws(ValueMismatch) -> (repeat each Value) {
        var index = 0
        func next<Next: Decodable>(_ type: Next.Type) throws(ValueMismatch) -> Next {
            defer { index += 1 }
            return try decode(index, as: type)
        }
        let decoded = (repeat try next(each type))
        guard index >= values.count else {
            throw ValueMismatch(path: "args", reason: "expected \(index) arguments but found \(values.count)")
        }
        return decoded
    }
}

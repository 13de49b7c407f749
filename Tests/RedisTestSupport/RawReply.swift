/// One RESP2 reply, as it came.
public enum RawReply: Sendable, Equatable {
    case status(String)
    case error(String)
    case integer(Int)
    case bytes([UInt8])
    case null
    case array([RawReply])

    /// The text of a status or bulk string, invalid UTF-8 repaired; nil for everything else.
    public var string: String? {
        switch self {
        case .status(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        default: nil
        }
    }

    /// The number of an integer reply, nil for everything else.
    public var integer: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The elements of an array, nil for everything else.
    public var array: [RawReply]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The texts of an array's elements, those that have one.
    public var strings: [String] { array?.compactMap(\.string) ?? [] }

    /// An array of field, value, field, value … as a dictionary.
    public var fields: [String: String] {
        let words = strings
        return Dictionary(
            stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }, uniquingKeysWith: { $1 })
    }

    /// The message of an error reply, nil for everything else.
    public var errorMessage: String? {
        if case .error(let message) = self { message } else { nil }
    }
}

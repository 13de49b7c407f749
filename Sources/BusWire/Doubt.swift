/// A value in Redis that nobody who keeps to the protocol wrote there, so that it is not believed. Its description is
/// for the log.
package struct Doubt: Hashable, Sendable, CustomStringConvertible {
    /// The key.
    package let key: String
    /// The field of a hash or the member of a sorted set; nil for the key's own value.
    package let field: String?
    /// What is there, in printable ASCII and cut to a line.
    package let value: String
    /// What is done instead.
    package let consequence: String

    /// - Parameters:
    ///   - key: of which the value is.
    ///   - field: of a hash, or a member of a sorted set.
    ///   - value: what is there; nil for a key that holds another type of value.
    ///   - consequence: what is done instead, after "so": "it counts as none".
    package init(_ key: String, field: String? = nil, value: [UInt8]?, consequence: String) {
        self.key = key
        self.field = field
        self.value = value.map { "'\(Self.shown($0))'" } ?? "another type of value"
        self.consequence = consequence
    }

    package var description: String {
        "\(Self.shown(Array(key.utf8)))\(field.map { " \(Self.shown(Array($0.utf8)))" } ?? "") holds \(value), "
            + "so \(consequence)"
    }

    /// More bytes of a value tell nobody more.
    private static let mostBytes = 100

    private static func shown(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes.prefix(mostBytes) {
            if (0x20..<0x7F).contains(byte), byte != .backslash {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return bytes.count > mostBytes ? "\(text)… (\(bytes.count) bytes)" : text
    }
}

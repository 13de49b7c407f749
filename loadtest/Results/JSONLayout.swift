import BusWire

/// JSON for people: what fits on a line stands on one, long arrays are filled lines, and nothing else differs from the
/// usual.
enum JSONLayout {
    private static let width = 110
    private static let step = 2

    /// The text of `value`, ended by a line end.
    ///
    /// - Throws: `JSONEncodingError` for a number that JSON cannot hold.
    static func text(of value: JSONValue) throws -> String {
        try text(of: value, indent: 0) + "\n"
    }

    private static func text(of value: JSONValue, indent: Int) throws -> String {
        let line = try line(of: value)
        guard indent + line.utf8.count > width else { return line }
        let inner = String(repeating: " ", count: indent + step)
        let outer = String(repeating: " ", count: indent)
        switch value {
        case .object(let members):
            let lines = try members.map { member in
                try "\(inner)\(JSONValue.string(member.key).jsonText): \(text(of: member.value, indent: indent + step))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .array(let elements):
            return try "[\n\(filled(elements, indent: indent + step))\n\(outer)]"
        case .null, .bool, .number, .string:
            return line
        }
    }

    /// Elements side by side as long as they fit.
    private static func filled(_ elements: [JSONValue], indent: Int) throws -> String {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var current = ""
        for element in elements {
            let piece = try text(of: element, indent: indent)
            if !current.isEmpty, piece.contains("\n") || indent + current.utf8.count + 2 + piece.utf8.count > width {
                lines.append(margin + current)
                current = ""
            }
            current += current.isEmpty ? piece : ", \(piece)"
        }
        return (lines + [margin + current]).joined(separator: ",\n")
    }

    private static func line(of value: JSONValue) throws -> String {
        switch value {
        case .object(let members):
            let inner = try members.map { try "\(JSONValue.string($0.key).jsonText): \(line(of: $0.value))" }
            return inner.isEmpty ? "{}" : "{ \(inner.joined(separator: ", ")) }"
        case .array(let elements):
            return try "[\(elements.map(line).joined(separator: ", "))]"
        case .null, .bool, .number, .string:
            return try value.jsonText
        }
    }
}

extension JSONValue {
    fileprivate var jsonText: String {
        get throws { String(decoding: try encoded(), as: UTF8.self) }
    }
}

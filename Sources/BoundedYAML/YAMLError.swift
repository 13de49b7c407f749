/// Why a text cannot be read.
package struct YAMLError: Error, Hashable, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Kind: Hashable, Sendable {
        /// The text is not YAML.
        case malformed
        /// It is beyond one of ``YAMLLimits``.
        case limit
    }

    package let kind: Kind
    /// Where, counted from 1.
    package let line: Int
    /// One sentence without the line.
    package let description: String

    private init(kind: Kind, line: Int, description: String) {
        self.kind = kind
        self.line = line
        self.description = description
    }

    init(malformed problem: String, line: Int) {
        self.init(kind: .malformed, line: line, description: "This is not YAML: \(problem).")
    }

    init(limit sentence: String, line: Int) {
        self.init(kind: .limit, line: line, description: sentence)
    }

    /// The same error in a text that begins some lines later.
    func moved(by lines: Int) -> YAMLError {
        YAMLError(kind: kind, line: line + lines, description: description)
    }
}

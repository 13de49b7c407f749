/// What a stored filter asks of an attribute, in the cheapest form that decides exactly as Ruby does (contract §4).
///
/// Whatever the predicate, a text equal to the stored filter satisfies it (except ``never`` and ``special(_:)``): Ruby
/// compares before it tries the filter as a regular expression.
public enum Predicate: Hashable, Sendable {
    /// The empty filter: false even for an empty text.
    case never
    /// A question about presence.
    case special(SpecialValue)
    /// Any text, also that of a missing attribute: `.*`.
    case anything
    /// One of these texts, at the places their boundaries allow.
    case fragments([Fragment])
    /// A regular expression for Oniguruma, anchors included. It may turn out not to compile; the filter is then only
    /// satisfied by its own text.
    case regex([UInt8])

    /// Ruby leaves a filter that begins so without anchors: it is `Regexp#to_s` of a pattern without options.
    static let unanchoredPrefix = Array("(?-mix:".utf8)

    /// Reads a stored filter.
    public static func classify(_ filter: String) -> Predicate {
        if filter.isEmpty { return .never }
        if let special = SpecialValue(filter: filter) { return .special(special) }
        let text = Array(filter.utf8)
        if !text.contains(where: LiteralPattern.isMeta) {
            return .fragments([Fragment(text, start: .line, end: .line)])
        }
        let pattern = Self.pattern(of: text)
        return LiteralPattern.read(pattern) ?? .regex(pattern)
    }

    /// The regular expression Ruby makes of a filter: `^filter$`, or the filter itself behind `(?-mix:`.
    static func pattern(of filter: [UInt8]) -> [UInt8] {
        filter.starts(with: unanchoredPrefix)
            ? filter : [UInt8(ascii: "^")] + filter + [UInt8(ascii: "$")]
    }
}

/// A text to be found in an attribute's text, and where it may begin and end.
public struct Fragment: Hashable, Sendable {
    /// What an end of the fragment has to coincide with.
    public enum Boundary: UInt8, Hashable, Sendable, BitwiseCopyable {
        case anywhere
        /// The beginning or end of a line, as `^` and `$` mean in Ruby. Only `\n` ends a line.
        case line
        /// The beginning or end of the whole text, as `\A` and `\z`.
        case text
    }

    /// How a fragment is usually called.
    public enum Kind: String, Hashable, Sendable {
        case literal, prefix, suffix, contains
    }

    /// The bytes to find, never empty.
    public let text: [UInt8]
    public let start: Boundary
    public let end: Boundary

    /// - Precondition: `text` is not empty.
    public init(_ text: [UInt8], start: Boundary, end: Boundary) {
        precondition(!text.isEmpty, "an empty fragment would match at places that ^ and $ do not")
        self.text = text
        self.start = start
        self.end = end
    }

    /// A literal when both ends are bound, a prefix or suffix when one is.
    public var kind: Kind {
        switch (start != .anywhere, end != .anywhere) {
        case (true, true): .literal
        case (true, false): .prefix
        case (false, true): .suffix
        case (false, false): .contains
        }
    }

    /// Whether looking up a whole text and each of its lines finds every text that holds the fragment.
    var isFoundByHash: Bool {
        guard kind == .literal else { return false }
        return (start == .text && end == .text) || !text.contains(UInt8(ascii: "\n"))
    }
}

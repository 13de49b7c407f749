/// A text to be found in another, and where it may begin and end.
package struct Fragment: Hashable, Sendable {
    /// What an end of the fragment has to coincide with.
    package enum Boundary: UInt8, Hashable, Sendable, BitwiseCopyable {
        case anywhere
        /// The beginning or end of a line, as `^` and `$` mean in Ruby. Only `\n` ends a line.
        case line
        /// The beginning or end of the whole text, as `\A` and `\z`.
        case text
    }

    /// How a fragment is usually called.
    package enum Kind: String, Hashable, Sendable {
        case literal, prefix, suffix, contains
    }

    /// The bytes to find, never empty.
    package let text: [UInt8]
    package let start: Boundary
    package let end: Boundary

    /// - Precondition: `text` is not empty.
    package init(_ text: [UInt8], start: Boundary, end: Boundary) {
        precondition(!text.isEmpty, "an empty fragment would match at places that ^ and $ do not")
        self.text = text
        self.start = start
        self.end = end
    }

    /// A literal when both ends are bound, a prefix or suffix when one is.
    package var kind: Kind {
        switch (start != .anywhere, end != .anywhere) {
        case (true, true): .literal
        case (true, false): .prefix
        case (false, true): .suffix
        case (false, false): .contains
        }
    }

    /// Whether looking up a whole text and each of its lines finds every text that holds the fragment.
    package var isFoundByHash: Bool {
        guard kind == .literal else { return false }
        return (start == .text && end == .text) || !text.contains(UInt8(ascii: "\n"))
    }
}

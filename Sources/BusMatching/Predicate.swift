import BusWire
package import RubyRegex

/// What a stored filter asks of an attribute (contract §4).
///
/// Whatever the predicate, a text equal to the stored filter satisfies it (except ``never``, ``special(_:)`` and
/// ``unjudgeable(_:)``): Ruby compares before it tries the filter as a regular expression.
package enum Predicate: Hashable, Sendable {
    /// The empty filter: false even for an empty text.
    case never
    /// A question about presence.
    case special(SpecialValue)
    /// A text without anything that means something in a regular expression: a line of the attribute has to be equal.
    case text([UInt8])
    /// A regular expression, anchors included.
    case regex(RubyPattern)
    /// What Ruby refuses as a regular expression, and why: only the filter's own text satisfies it.
    case refused(String)
    /// A filter beyond what is judged here, and why: nobody knows what satisfies it.
    case unjudgeable(String)

    /// Ruby leaves a filter that begins so without anchors: it is `Regexp#to_s` of a pattern without options.
    private static let unanchoredPrefix = Array("(?-mix:".utf8)

    /// Reads a stored filter. Takes at most 5 ms.
    package static func classify(_ filter: String) -> Predicate {
        if filter.isEmpty { return .never }
        if let special = SpecialValue(filter: filter) { return .special(special) }
        let text = Array(filter.utf8)
        if isPlain(filter) { return .text(text) }
        do {
            return .regex(try RubyPattern(pattern(of: text)))
        } catch {
            return switch error {
            case .refused(let reason): .refused(reason)
            case .tooLarge(let reason): .unjudgeable(reason)
            }
        }
    }

    /// Whether the regular expression that Ruby makes of a filter asks for a line that equals it.
    static func isPlain(_ filter: String) -> Bool {
        filter.utf8.count <= longestText && !filter.utf8.contains { isMeta($0) || $0 == ByteText.lineBreak }
    }

    /// With its anchors it is as long as a pattern that is judged may be.
    private static let longestText = SubscriptionFilter.longestJudged - 2

    /// The regular expression Ruby makes of a filter: `^filter$`, or the filter itself behind `(?-mix:`.
    static func pattern(of filter: [UInt8]) -> [UInt8] {
        filter.starts(with: unanchoredPrefix) ? filter : [UInt8(ascii: "^")] + filter + [UInt8(ascii: "$")]
    }

    /// Whether a byte means something in a regular expression.
    static func isMeta(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "|"),
            UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            true
        default: false
        }
    }
}

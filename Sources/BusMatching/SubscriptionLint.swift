import BusWire
import RubyRegex

/// Finds filters that do not do what they look like.
public enum SubscriptionLint {
    /// One remark about a subscription.
    public struct Finding: Hashable, Sendable {
        /// What kind of remark.
        public enum Kind: String, CaseIterable, Hashable, Sendable {
            /// No event can match.
            case neverMatches
            /// The filter is no regular expression, and only its own text satisfies it.
            case brokenRegex
            /// The filter is larger than what is judged here.
            case cannotBeJudged
            /// Correct, but probably not what was meant.
            case surprise
        }

        public let kind: Kind
        /// The attribute whose filter it is about; nil for the subscription as a whole.
        public let filterName: String?
        /// A sentence that says what happens and what to do.
        public let message: String
    }

    /// All that is to be said about a subscription. Empty for most.
    public static func findings(in subscription: Subscription) -> [Finding] {
        if subscription.filters.isEmpty {
            let message = "It has no filters, so it never matches. Give it at least one, or remove it."
            return [Finding(kind: .neverMatches, filterName: nil, message: message)]
        }
        return subscription.filters.flatMap { filter in
            remarks(on: filter.pattern).map { Finding(kind: $0.kind, filterName: filter.name, message: $0.message) }
        }
    }

    private static func remarks(on filter: String) -> [(kind: Finding.Kind, message: String)] {
        switch Predicate.classify(filter) {
        case .never:
            return [
                (
                    .neverMatches,
                    "An empty filter never holds, not even for an empty value. Use bus_special_value_empty for that."
                )
            ]
        case .special, .text:
            return []
        case .regex(let pattern):
            return anchoring(of: filter) + dots(in: filter) + missing(pattern)
        case .refused(let reason):
            return [(.brokenRegex, "It is no regular expression (\(reason)), so only the same text satisfies it.")]
        case .unjudgeable(let reason):
            let message = "It cannot be judged (\(reason)), so copies that hang on it go to failed. Make it shorter."
            return [(.cannotBeJudged, message)]
        }
    }

    /// What Ruby's `^filter$` does to filters that seem to be anchored or free.
    private static func anchoring(of filter: String) -> [(kind: Finding.Kind, message: String)] {
        if filter.hasPrefix("(?-mix:") { return [] }
        if isOptionGroup(filter) {
            let message =
                "A regular expression with options is matched against whole lines, unlike one without. "
                + "Begin and end it with .* to look anywhere."
            return [(.surprise, message)]
        }
        if hasAlternativeAtTop(filter) {
            let message =
                "The anchors bind only the outer alternatives: a|b holds for texts that begin with a or end with b. "
                + "Write (a|b)."
            return [(.surprise, message)]
        }
        return []
    }

    /// `(?i-mx:…)`, as `Regexp#to_s` writes it.
    private static func isOptionGroup(_ filter: String) -> Bool {
        guard filter.hasPrefix("(?"), let colon = filter.firstIndex(of: ":"), filter.hasSuffix(")") else {
            return false
        }
        let letters = filter[filter.index(filter.startIndex, offsetBy: 2)..<colon]
        return !letters.isEmpty && letters.allSatisfy { "mix-".contains($0) }
    }

    private static func hasAlternativeAtTop(_ filter: String) -> Bool {
        var depth = 0
        var isInClass = false
        var isEscaped = false
        for byte in filter.utf8 {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "(") where !isInClass: depth += 1
            case UInt8(ascii: ")") where !isInClass: depth -= 1
            case UInt8(ascii: "|") where !isInClass && depth == 0: return true
            default: break
            }
        }
        return false
    }

    /// A name with dots that is meant literally.
    private static func dots(in filter: String) -> [(kind: Finding.Kind, message: String)] {
        let isPlain = filter.utf8.allSatisfy { $0 == UInt8(ascii: ".") || !Predicate.isMeta($0) }
        if !isPlain { return [] }
        let message = "A dot stands for any character: user.created also holds for user_created. Write \\. for a dot."
        return [(.surprise, message)]
    }

    private static func missing(_ pattern: RubyPattern) -> [(kind: Finding.Kind, message: String)] {
        var steps = RegexLimits().perPattern
        let outcome = PatternJudge().judge(pattern, on: UnsafeBufferPointer(start: nil, count: 0), steps: &steps)
        return outcome == .matched ? [(.surprise, "It also holds for events without the attribute.")] : []
    }
}

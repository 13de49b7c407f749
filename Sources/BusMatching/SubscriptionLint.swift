import BusWire

/// Finds filters that do not do what they look like, or that we may judge differently than Ruby.
public enum SubscriptionLint {
    /// One remark about a subscription.
    public struct Finding: Hashable, Sendable {
        /// What kind of remark.
        public enum Kind: String, CaseIterable, Hashable, Sendable {
            /// No event can match.
            case neverMatches
            /// The filter is no regular expression, and only its own text satisfies it.
            case brokenRegex
            /// Oniguruma and Ruby's engine are known to differ on something the filter uses.
            case mayDifferFromRuby
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
        case .special:
            return []
        case .anything:
            return [(.surprise, "It also holds for events without the attribute.")] + anchoring(of: filter)
        case .fragments:
            return anchoring(of: filter)
        case .regex(let pattern):
            return anchoring(of: filter) + dots(in: filter) + engine(pattern)
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
        let isPlain = filter.utf8.allSatisfy { $0 == UInt8(ascii: ".") || !LiteralPattern.isMeta($0) }
        if !isPlain { return [] }
        let message = "A dot stands for any character: user.created also holds for user_created. Write \\. for a dot."
        return [(.surprise, message)]
    }

    private static func engine(_ pattern: [UInt8]) -> [(kind: Finding.Kind, message: String)] {
        if let construct = RubyOnlySyntax.construct(in: pattern) {
            return [(.mayDifferFromRuby, "\(construct). Express it differently if it matters.")]
        }
        do {
            let regex = try RubyRegex(pattern)
            let outcome = RegexSearcher().search(regex, in: UnsafeBufferPointer(start: nil, count: 0), effort: .full)
            return outcome == .matched ? [(.surprise, "It also holds for events without the attribute.")] : []
        } catch {
            let message = "It is no regular expression (\(error.message)), so only the same text satisfies it."
            return [(.brokenRegex, message)]
        }
    }
}

/// What Ruby's engine (Onigmo, Unicode 13) and Oniguruma 6.9 are known to read differently.
enum RubyOnlySyntax {
    private static let constructs: [(text: String, remark: String)] = [
        ("(?a", "The option (?a) does not reach \\b and POSIX brackets here"),
        ("\\X", "\\X divides texts into characters by another version of Unicode"),
        ("[:punct:]", "[[:punct:]] leaves out symbols such as + and $ here, which Ruby takes in"),
    ]

    /// A clause about the first such construct.
    static func construct(in pattern: [UInt8]) -> String? {
        let text = String(decoding: pattern, as: UTF8.self)
        return constructs.first { text.contains($0.text) }?.remark
    }
}

package import BusWire
package import RubyRegex

/// Why a subscription gets an event or does not: the first filter that fails, and the value it saw.
package struct Explanation: Hashable, Sendable {
    /// What became of a subscription.
    package enum Outcome: Hashable, Sendable {
        case matches
        /// It has no filters, and then nothing matches.
        case hasNoFilters
        /// The first filter, in the order of the record, that does not hold.
        case fails(SubscriptionFilter, seen: SeenValue)
        /// All filters that could be judged hold; this is the first of the others.
        case undecided(SubscriptionFilter, seen: SeenValue, UndecidedReason)
    }

    /// The subscription explained.
    package let subscription: Subscription
    package let outcome: Outcome

    /// Judges `subscription` without an index.
    /// - Parameter attributes: of names that occur repeatedly the last value counts.
    package init(_ subscription: Subscription, attributes: [JSONMember]) {
        self.subscription = subscription
        outcome = Self.judge(subscription.filters, attributes)
    }

    private static func judge(_ filters: [SubscriptionFilter], _ attributes: [JSONMember]) -> Outcome {
        if filters.isEmpty { return .hasNoFilters }
        var undecided: Outcome?
        for filter in filters {
            let value = Matcher.value(of: filter.name, in: attributes)
            switch Matcher.verdict(of: filter.pattern, on: value) {
            case .holds: break
            case .fails: return .fails(filter, seen: SeenValue(value))
            case .undecided(let reason):
                undecided = undecided ?? .undecided(filter, seen: SeenValue(value), reason)
            }
        }
        return undecided ?? .matches
    }

    /// One sentence, for example `page is "home", and the filter asks for the text "homepage"`.
    package var sentence: String {
        switch outcome {
        case .matches: "all filters hold"
        case .hasNoFilters: "there are no filters, and then nothing matches"
        case .fails(let filter, let seen):
            "\(filter.name.abbreviated) is \(seen), and the filter asks for \(Predicate.classify(filter.pattern))"
        case .undecided(let filter, let seen, let reason):
            "\(filter.name.abbreviated) is \(seen), and the regular expression \(filter.pattern.abbreviated) \(reason)"
        }
    }
}

/// An attribute as a filter saw it.
package enum SeenValue: Hashable, Sendable, CustomStringConvertible {
    case missing
    case null
    /// Ruby's text of the value, cut after ``longestText`` characters.
    case text(String, isCut: Bool)

    /// How many characters of a text are kept.
    package static let longestText = 120

    /// - Parameter value: nil for a missing attribute.
    package init(_ value: JSONValue?) {
        guard let value else {
            self = .missing
            return
        }
        guard value != .null else {
            self = .null
            return
        }
        let text = RubyText.text(of: value)
        let kept = text.prefix(Self.longestText)
        self = .text(String(kept), isCut: kept.endIndex != text.endIndex)
    }

    /// `missing`, `null`, or the text in quotes with `…` where it was cut.
    package var description: String {
        switch self {
        case .missing: "missing"
        case .null: "null"
        case .text(let text, let isCut): text.debugDescription + (isCut ? "…" : "")
        }
    }
}

extension Predicate: CustomStringConvertible {
    /// What the filter asks for, to follow "asks for": `the text "x"`, `a line that begins with "user_"`.
    package var description: String {
        switch self {
        case .never: "nothing that exists (an empty filter never holds)"
        case .special(let special): special.description
        case .text(let text): Fragment(text, start: .line, end: .line).description
        case .regex(let pattern):
            switch pattern.plain {
            case .anything: "anything"
            case .fragments(let fragments): fragments.map(\.description).joined(separator: ", or ")
            case nil: "a match of \(String(decoding: pattern.source, as: UTF8.self).abbreviated)"
            }
        case .refused(let reason): "exactly its own text, for it is no regular expression (\(reason))"
        case .unjudgeable: "a match of something that nobody can judge"
        }
    }
}

extension SpecialValue: CustomStringConvertible {
    /// What the special filter asks for.
    package var description: String {
        switch self {
        case .key: "the attribute to be there"
        case .value: "a value other than null"
        case .nil: "null or no attribute"
        case .empty: "an empty text"
        case .blank: "a blank text, null or no attribute"
        case .present: "a text that is not blank"
        }
    }
}

extension Fragment: CustomStringConvertible {
    /// What has to be found, and where.
    package var description: String {
        let quoted = String(decoding: text, as: UTF8.self).abbreviated.debugDescription
        let whole = start == .text || end == .text ? "a text" : "a line"
        return switch kind {
        case .literal: "the text \(quoted)"
        case .prefix: "\(whole) that begins with \(quoted)"
        case .suffix: "\(whole) that ends with \(quoted)"
        case .contains: "a text that contains \(quoted)"
        }
    }
}

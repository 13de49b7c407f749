package import BusWire
import RubyRegex

/// What can be said about a stored filter before any event comes: how it is judged, what is wrong with it, and what in
/// it does not do what it looks like.
package struct FilterReview: Hashable, Sendable {
    /// One remark about a filter.
    package struct Remark: Hashable, Sendable {
        /// What kind of remark.
        package enum Kind: String, CaseIterable, Hashable, Sendable {
            /// The filter holds for no event.
            case neverMatches
            /// The filter is no regular expression, and only its own text satisfies it.
            case brokenRegex
            /// The filter is larger than what is judged here.
            case cannotBeJudged
            /// Correct, but probably not what was meant.
            case surprise
        }

        package let kind: Kind
        /// What happens, in a sentence.
        package let message: String
        /// What to do about it, in a sentence.
        package let remedy: String

        /// Both.
        package var text: String { "\(message) \(remedy)" }
    }

    package let filter: SubscriptionFilter
    package let judging: Judging
    /// Whether Ruby reads more in it than a text to compare with: it has characters that mean something in a regular
    /// expression.
    package let isRegex: Bool
    /// Empty for most.
    package let remarks: [Remark]

    /// How a regular expression is judged, to follow "judged"; nil for other filters, and where a remark says that it
    /// is not.
    package var clause: String? {
        guard isRegex else { return nil }
        return switch judging {
        case .literal: "as literal text"
        case .automaton: "by an automaton, which reads each text once"
        case .budgeted: "within a budget of steps; where a text needs more, the copy goes to failed"
        case .never, .presence, .refused, .unjudgeable: nil
        }
    }

    /// Reads a filter. Takes at most some 10 ms.
    package init(_ filter: SubscriptionFilter) {
        self.filter = filter
        let predicate = Predicate.classify(filter.pattern)
        judging = predicate.judging
        switch predicate {
        case .special, .text: (isRegex, remarks) = (false, [])
        case .never: (isRegex, remarks) = (false, [.empty])
        case .regex(let pattern): (isRegex, remarks) = (true, Self.surprises(in: filter.pattern, pattern))
        case .refused(let reason): (isRegex, remarks) = (true, [.refused(reason)])
        case .unjudgeable(let reason): (isRegex, remarks) = (true, [.unjudgeable(reason)])
        }
    }

    private static func surprises(in filter: String, _ pattern: RubyPattern) -> [Remark] {
        let outline = try? PatternOutline(pattern.source)
        var remarks: [Remark] = []
        if let outline, outline.isHalfAnchored {
            remarks.append(Array(filter.utf8) == pattern.source ? .halfAnchored : .halfAnchoredByRuby)
        } else if isWrittenWithOptions(filter), let inner = try? PatternOutline(Array(filter.utf8)), inner.isLoose {
            remarks.append(.anchoredForItsOptions)
        }
        if let outline, outline.hasDotInName { remarks.append(.dotInName) }
        // Ruby sees an empty text where there is no attribute.
        if PatternJudge().judge(pattern, on: []) == .matched { remarks.append(.holdsForNothing) }
        return remarks
    }

    /// What `Regexp#to_s` writes before a pattern with options.
    private static let optionPrefixes = ["m-ix", "i-mx", "x-mi", "mi-x", "mx-i", "ix-m", "mix"].map { "(?\($0):" }

    private static func isWrittenWithOptions(_ filter: String) -> Bool {
        optionPrefixes.contains { filter.utf8.starts(with: $0.utf8) }
    }
}

extension FilterReview.Remark {
    fileprivate static let empty = Self(
        kind: .neverMatches, message: "An empty filter never holds, not even for an empty value.",
        remedy: "Use :empty (bus_special_value_empty) for that.")

    fileprivate static func refused(_ reason: String) -> Self {
        Self(
            kind: .brokenRegex, message: "It is no regular expression (\(reason)), so only the same text satisfies it.",
            remedy: "Correct it, or put \\ before each character that is meant literally.")
    }

    fileprivate static func unjudgeable(_ reason: String) -> Self {
        Self(
            kind: .cannotBeJudged, message: "It cannot be judged (\(reason)), so copies that hang on it go to failed.",
            remedy: "Make it shorter.")
    }

    fileprivate static let halfAnchored = surprise(
        "An anchor binds only the alternative that it stands in: "
            + "^a|b$ holds for what begins with a or ends with b.",
        remedy: "Write ^(a|b)$.")

    fileprivate static let halfAnchoredByRuby = surprise(
        "Ruby puts ^ before it and $ behind it, and these bind only the outer alternatives: "
            + "a|b holds for what begins with a or ends with b.",
        remedy: "Write (a|b).")

    fileprivate static let anchoredForItsOptions = surprise(
        "A regular expression with options has to match a whole line, unlike one without.",
        remedy: "Begin and end it with .* to look anywhere.")

    fileprivate static let dotInName = surprise(
        "A dot stands for any character: user.created also holds for user_created.", remedy: "Write \\. for a dot.")

    fileprivate static let holdsForNothing = surprise(
        "It also holds for events where the attribute is missing, null or empty.",
        remedy: "To ask for at least one character write .+ for .*, or use :present (bus_special_value_present).")

    private static func surprise(_ message: String, remedy: String) -> Self {
        Self(kind: .surprise, message: message, remedy: remedy)
    }
}

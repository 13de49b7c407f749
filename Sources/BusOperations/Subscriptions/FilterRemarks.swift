import BusMatching
package import BusWire

/// What is to be said about the filters of a subscription before any event comes.
package struct FilterRemarks: Sendable {
    private let reviews: [FilterReview]

    /// - Parameter filters: of one subscription.
    package init(_ filters: [SubscriptionFilter]) { reviews = filters.map(FilterReview.init) }

    /// How each regular expression is judged, and every remark, in sentences that name the filter.
    package var notes: [String] {
        reviews.flatMap { review in
            let notes = [review.judgement].compactMap(\.self) + review.remarks.map(\.text)
            return notes.map { "filter \(FilterNotation.shown(review.filter)): \($0)" }
        }
    }

    /// What keeps filters from ever being judged, in sentences that name the filter; empty for most.
    package var obstacles: [String] {
        reviews.filter { $0.judging == .unjudgeable }.flatMap { review in
            review.remarks.map { "filter \(FilterNotation.shown(review.filter)): \($0.text)" }
        }
    }

    /// How each filter is judged, and every remark, as members of a JSON object.
    package var members: [JSONMember] {
        let notes = reviews.flatMap { review in
            review.remarks.map { $0.json.setting("filter", to: .string(review.filter.name)) }
        }
        return [
            JSONMember("judged", .object(reviews.map { JSONMember($0.filter.name, .string($0.judging.rawValue)) })),
            JSONMember("notes", .array(notes)),
        ]
    }
}

extension FilterReview {
    /// How a regular expression is judged, in a sentence; nil where there is no ``clause``.
    fileprivate var judgement: String? {
        clause.map { clause in
            FilterNotation.isUnanchored(filter.pattern)
                ? "It is judged \(clause)."
                : "Ruby tries it as a regular expression on a whole line, too. It is judged \(clause)."
        }
    }
}

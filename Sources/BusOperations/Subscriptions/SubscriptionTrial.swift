package import BusMatching
package import BusWire

/// One subscription beside an event: whether it gets it, and what each of its filters says to it.
package struct SubscriptionTrial: Sendable {
    package let subscription: Subscription
    package let explanation: Explanation
    /// In the order of the record.
    package let filters: [FilterView]

    /// - Parameter attributes: of the event.
    package init(_ subscription: Subscription, on attributes: [JSONMember]) {
        self.subscription = subscription
        explanation = Explanation(subscription, attributes: attributes)
        filters = subscription.filters.map { FilterView($0, attributes) }
    }

    package var isMatch: Bool { explanation.outcome == .matches }

    /// As a JSON object; `failed` is the filter that decided.
    package var json: JSONValue {
        var line: JSONValue = [
            "application": .string(subscription.appKey), "key": .string(subscription.key),
            "queue": .string(subscription.queue), "match": .bool(isMatch),
        ]
        switch explanation.outcome {
        case .matches, .hasNoFilters: break
        case .fails(let filter, _), .undecided(let filter, _, _):
            line = line.setting("failed", to: filters.first { $0.review.filter == filter }?.json ?? nil)
        }
        line = line.setting("filters", to: .array(filters.map(\.json)))
        return line.setting("reason", to: .string(explanation.sentence))
    }
}

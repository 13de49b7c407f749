package import BusWire

/// Tries filters on attributes without a registry, through the same index as the driver: what `busdriver match` does.
package struct FilterTrial {
    /// What came out.
    package enum Outcome: Hashable, Sendable {
        case matches(Bool)
        /// It hangs on a regular expression that was not judged.
        case undecided(UndecidedReason)
    }

    private let index: SubscriptionIndex
    private let scratch = MatchScratch()

    /// Compiles the filters.
    package init(_ filters: [SubscriptionFilter]) {
        index = SubscriptionIndex(subscriptions: [
            Subscription(appKey: "trial", key: "trial", queue: "trial", className: "", filters: filters)
        ])
    }

    /// Whether all filters hold for `attributes`.
    package func outcome(for attributes: [JSONMember]) -> Outcome {
        index.match(attributes, using: scratch)
        if let undecided = scratch.undecided.first { return .undecided(undecided.reason) }
        return .matches(!scratch.matches.isEmpty)
    }
}

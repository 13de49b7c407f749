import BusMatching
import BusProtocol
import BusWire

/// Records that cannot be used, subscriptions that never match, and filters that nobody can judge.
struct SubscriptionCheck {
    let findings: [Finding]

    /// - Parameter queues: other than incoming ones, that somebody works on.
    init(_ live: LiveSubscriptions, queues: [String]) {
        var findings = live.faults.map { fault in
            Finding(
                "Broken subscription", fault.stopsRuby ? .problem : .warning,
                fault.text
                    + (fault.stopsRuby
                        ? ". It is left out here, and makes Ruby's drivers lose every event."
                        : ". It is left out, here and by Ruby's drivers."),
                remedy: "Subscribe the application again, or remove the field with HDEL.")
        }
        var filters = FilterCensus()
        for subscription in live.subscriptions {
            let name = "\(subscription.appKey)/\(subscription.key)"
            if subscription.filters.isEmpty {
                findings.append(
                    Self.dead(subscription, "\(name): It has no filters, so it never matches. Give it at least one."))
            }
            for review in subscription.filters.map(FilterReview.init) {
                let place = "\(name), filter \(FilterNotation.shown(review.filter))"
                filters.add(review, at: place)
                findings += review.remarks.map { Self.finding($0, "\(place): \($0.message)", of: subscription) }
            }
        }
        findings += filters.findings
        if live.subscriptions.isEmpty, !queues.isEmpty {
            let shown = queues.prefix(5).joined(separator: ", ") + (queues.count > 5 ? ", …" : "")
            findings.append(
                Finding(
                    "No subscriptions", .warning,
                    "Workers wait on \(shown), yet nobody is subscribed: events go nowhere.",
                    remedy: "Subscribe the applications again: rake queuebus:subscribe, or busdriver subscribe."))
        }
        let isSound = !findings.contains { $0.verdict != .ok }
        let summary =
            "\(live.subscriptions.count) subscriptions, \(isSound ? "all" : "not all") as they should be."
            + filters.summary
        self.findings = [Finding("Subscriptions", .ok, summary)] + findings
    }

    private static func finding(
        _ remark: FilterReview.Remark, _ detail: String, of subscription: Subscription
    ) -> Finding {
        switch remark.kind {
        case .neverMatches: dead(subscription, detail)
        case .brokenRegex: Finding("Broken regular expression", .warning, detail, remedy: remark.remedy)
        case .cannotBeJudged:
            Finding(
                "Unjudged subscription", .problem, detail,
                remedy: "Subscribe with a shorter pattern, then retry what stands in failed.")
        case .surprise: Finding("Subscription", .ok, detail, remedy: remark.remedy)
        }
    }

    private static func dead(_ subscription: Subscription, _ detail: String) -> Finding {
        Finding(
            "Dead subscription", .warning, detail,
            remedy: "busdriver unsubscribe \(subscription.appKey) '\(subscription.key)', or subscribe it anew.")
    }
}

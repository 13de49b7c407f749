import BusMatching
import BusStore
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
        for subscription in live.subscriptions {
            for remark in SubscriptionLint.findings(in: subscription) {
                findings.append(Self.finding(remark, of: subscription))
            }
        }
        if live.subscriptions.isEmpty, !queues.isEmpty {
            let shown = queues.prefix(5).joined(separator: ", ") + (queues.count > 5 ? ", …" : "")
            findings.append(
                Finding(
                    "No subscriptions", .warning,
                    "Workers wait on \(shown), yet nobody is subscribed: events go nowhere.",
                    remedy: "Subscribe the applications again: rake queuebus:subscribe, or busdriver subscribe."))
        }
        let isSound = !findings.contains { $0.verdict != .ok }
        let summary = "\(live.subscriptions.count) subscriptions, \(isSound ? "all" : "not all") as they should be."
        self.findings = [Finding("Subscriptions", .ok, summary)] + findings
    }

    private static func finding(_ remark: SubscriptionLint.Finding, of subscription: Subscription) -> Finding {
        let filter = remark.filterName.map { ", filter on \($0)" } ?? ""
        let detail = "\(subscription.appKey)/\(subscription.key)\(filter): \(remark.message)"
        return switch remark.kind {
        case .neverMatches:
            Finding(
                "Dead subscription", .warning, detail,
                remedy: "busdriver unsubscribe \(subscription.appKey) '\(subscription.key)', or subscribe it anew.")
        case .brokenRegex:
            Finding(
                "Broken regular expression", .warning, detail,
                remedy: "Correct the filter, or quote what is meant literally.")
        case .cannotBeJudged:
            Finding(
                "Unjudged subscription", .problem, detail,
                remedy: "Subscribe with a shorter pattern, then retry what stands in failed.")
        case .surprise: Finding("Subscription", .ok, detail)
        }
    }
}

package import BusWire

/// A record of a subscription that is left out, or an application of which nothing can be used.
package struct SubscriptionFault: Sendable, Hashable {
    /// The member of `bus_apps`.
    package let application: String
    /// The field of its hash; nil when the application as a whole is at fault.
    package let field: String?
    /// Without its subject: `it has no queue_name`.
    package let reason: String
    /// Whether Ruby raises on it, and so loses every event; otherwise it passes it over in silence.
    package let stopsRuby: Bool

    /// `application/field: reason`
    package var sentence: String { "\(field.map { "\(application)/\($0)" } ?? application): \(reason)" }
}

extension SubscriptionRegistry.Application {
    /// What the hash says, read in the one way in which events are driven and subscriptions are shown.
    ///
    /// - Returns: the subscriptions in the order of the hash, and what is left out.
    package func decoded() -> (subscriptions: [Subscription], faults: [SubscriptionFault]) {
        let record = ApplicationRecord(name: name, fields: records)
        let unread = problem.map { SubscriptionFault(application: name, field: nil, reason: $0, stopsRuby: true) }
        let left = record.faults.map {
            SubscriptionFault(application: name, field: $0.field, reason: $0.reason, stopsRuby: $0.stopsRuby)
        }
        return (record.subscriptions, (unread.map { [$0] } ?? []) + left)
    }
}

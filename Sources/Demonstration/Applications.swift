import BusWire

/// A subscription of a made-up application, with what a reader should know about it.
struct SampleSubscription: Sendable {
    let record: Subscription
    /// What it is after, in a few words.
    let interest: String

    private init(_ appKey: String, _ key: String, queue: String, _ interest: String, _ filters: [(String, String)]) {
        record = Subscription(
            appKey: appKey, key: key, queue: queue, className: "::QueueBus::Rider",
            filters: filters.map { SubscriptionFilter(name: $0.0, pattern: $0.1) })
        self.interest = interest
    }

    /// Everything that the three applications want, each on a queue of its own.
    static let all = [
        SampleSubscription(
            "shop", "payment_received", queue: "shop_default", "payments", [("bus_event_type", "payment_received")]),
        SampleSubscription(
            "mailer", "user_created", queue: "mailer_default", "new users", [("bus_event_type", "user_created")]),
        SampleSubscription(
            "mailer", "big_orders", queue: "mailer_urgent", "orders, plan pro",
            [("bus_event_type", "order_placed"), ("plan", "pro")]),
        // A regular expression as Ruby writes it.
        SampleSubscription(
            "analytics", "signups", queue: "analytics_default", "users, orders",
            [("bus_event_type", "(?-mix:^(user|order)_)")]),
        SampleSubscription(
            "analytics", "everything", queue: "analytics_archive", "all events",
            [("bus_event_type", "bus_special_value_present")]),
    ]
}

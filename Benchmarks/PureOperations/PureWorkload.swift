import BusWire

/// Subscriptions and events in the mix of `ceiling/workload.c`: 80 % plain event types, 10 % regular expressions, 10 %
/// with two filters, in 20 applications. An event of type `match_F_n` is matched by exactly F of them.
struct PureWorkload {
    static let applications = 20

    let subscriptions: [Subscription]
    /// How many event types there are for each number of matches.
    let types: Int

    init(subscriptions count: Int) {
        types = min(200, count / 10)
        var all: [Subscription] = []
        for matches in [1, 5] {
            for type in 0..<types {
                for copy in 0..<matches {
                    let name = Self.typeName(matches: matches, type)
                    all.append(
                        Self.subscription(
                            all.count, application: type * matches + copy, key: name,
                            pattern: all.count % 10 == 8 ? "(?-mix:^\(name)$)" : name, plan: "pro"))
                }
            }
        }
        while all.count < count {
            let name = "other_\(Self.padded(all.count, to: 6))"
            all.append(
                Self.subscription(
                    all.count, application: all.count, key: name,
                    pattern: all.count % 10 == 8 ? "(?-mix:^\(name))" : name, plan: "basic"))
        }
        subscriptions = all
    }

    /// One event of each type, as Ruby's publish writes it, 385 bytes long.
    func events(matches: Int) -> [[UInt8]] {
        (0..<types).map { type in
            let head =
                #"{"class":"QueueBus::Worker","args":["{\"bus_published_at\":1795254919,\"bus_event_type\":\""#
                + Self.typeName(matches: matches, type)
                + #"\",\"bus_id\":\"1795254919-86ec067e-3c50-436d-933e-8e14\#(Self.padded(type, to: 8))\","#
                + #"\"bus_app_hostname\":\"web-1\",\"user_id\":\#(type),\"plan\":\"pro\",\"stamp\":0,\"note\":\""#
            let tail = #"\",\"bus_class_proxy\":\"QueueBus::Driver\"}"]}"#
            let note = String(repeating: "x", count: 385 - head.utf8.count - tail.utf8.count)
            return Array((head + note + tail).utf8)
        }
    }

    private static func typeName(matches: Int, _ type: Int) -> String { "match_\(matches)_\(padded(type, to: 3))" }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func subscription(
        _ index: Int, application: Int, key: String, pattern: String, plan: String
    ) -> Subscription {
        let app = "app_" + padded(application % applications, to: 2)
        var filters = [SubscriptionFilter(name: "bus_event_type", pattern: pattern)]
        if index % 10 == 9 { filters.append(SubscriptionFilter(name: "plan", pattern: plan)) }
        return Subscription(
            appKey: app, key: key, queue: app + "_default", className: "::QueueBus::Rider", filters: filters)
    }
}

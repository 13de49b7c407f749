import BusWire

/// The subscriptions of a generated workload: every event type is wanted by the same number of applications.
///
/// Subscription n belongs to application n mod A and asks for event type n / M, where M is the number of matches per
/// event; M subscriptions in a row are of different applications. What is left over at the end asks for types that are
/// never published.
struct GeneratedSubscriptions: Sendable {
    let applications: [WorkloadApplication]
    /// One queue for each application, in the same order.
    let queues: [String]
    /// How many event types are wanted.
    let types: Int

    /// For each type, one after the other, the indices of the queues that get a copy, ascending.
    private let destinations: [UInt16]
    private let matchesPerEvent: Int

    /// The attribute besides the event type by which some filter, and what every event holds there.
    static let secondAttribute = (name: "plan", value: "pro")

    init(_ shape: Scenario.Shape, seed: UInt64) {
        let applicationCount = shape.applications
        let count = applicationCount * shape.subscriptionsPerApplication
        let matchesPerEvent = shape.matchesPerEvent
        let types = count / matchesPerEvent
        let width = max(2, String(applicationCount).utf8.count)
        let names = (1...applicationCount).map { number in
            let digits = String(number)
            return "lt_app_" + String(repeating: "0", count: width - digits.utf8.count) + digits
        }
        var records = [[String: String]](repeating: [:], count: applicationCount)
        let styles = Self.styles(count: count, regex: shape.regex, seed: seed)
        for (number, style) in styles.enumerated() {
            let application = number % applicationCount
            let subscription = Self.subscription(names[application], type: number / matchesPerEvent, style)
            records[application][subscription.key] = String(
                decoding: SubscriptionRecord.encode(subscription), as: UTF8.self)
        }
        applications = zip(names, records).map { WorkloadApplication(name: $0, records: $1) }
        queues = names.map(Self.queue)
        destinations = (0..<types).flatMap { type in
            (type * matchesPerEvent..<(type + 1) * matchesPerEvent).map { UInt16($0 % applicationCount) }.sorted()
        }
        self.types = types
        self.matchesPerEvent = matchesPerEvent
    }

    /// The queues that get a copy of an event of `type`, ascending.
    func withDestinations<Result>(ofType type: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        destinations.withUnsafeBufferPointer {
            let start = type * matchesPerEvent
            return body(UnsafeBufferPointer(rebasing: $0[start..<start + matchesPerEvent]))
        }
    }

    // MARK: Making them

    /// How a subscription filters.
    private struct Style {
        enum EventType {
            case literal
            /// A regular expression that comes down to a literal, as Ruby stores `/^name$/`.
            case anchored
            /// A regular expression that has to be run.
            case searched
        }

        var eventType: EventType
        var hasSecondFilter: Bool
    }

    /// Exact shares in random places: half of the regular expressions have to be run; a tenth of all has a second
    /// filter.
    private static func styles(count: Int, regex: Double, seed: UInt64) -> [Style] {
        let regexCount = Int((Double(count) * regex).rounded())
        var styles = (0..<count).map { rank in
            Style(
                eventType: rank >= regexCount ? .literal : rank % 2 == 0 ? .searched : .anchored,
                hasSecondFilter: rank % 10 == 9)
        }
        var generator = SplitMix64(seed: seed)
        styles.shuffle(using: &generator)
        return styles
    }

    private static func subscription(_ application: String, type: Int, _ style: Style) -> Subscription {
        let name = EventTemplate.typeName(type)
        let pattern =
            switch style.eventType {
            case .literal: name
            case .anchored: "(?-mix:^\(name)$)"
            case .searched: "(?-mix:^\(name)(_v[0-9]+)?$)"
            }
        var filters = [SubscriptionFilter(name: "bus_event_type", pattern: pattern)]
        if style.hasSecondFilter {
            filters.append(SubscriptionFilter(name: secondAttribute.name, pattern: secondAttribute.value))
        }
        return Subscription(
            appKey: application, key: pattern, queue: queue(application), className: "::QueueBus::Rider",
            filters: filters)
    }

    /// As Ruby's `subscribe` names it.
    private static func queue(_ application: String) -> String { application + "_default" }
}

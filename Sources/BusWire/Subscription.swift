/// One filter of a subscription: an attribute's name and what its text must be (contract §4).
public struct SubscriptionFilter: Hashable, Sendable {
    /// The attribute's exact name.
    public var name: String
    /// Text, regular expression or special word, as it is stored.
    public var pattern: String

    public init(name: String, pattern: String) {
        self.name = name
        self.pattern = pattern
    }

    public static func == (left: SubscriptionFilter, right: SubscriptionFilter) -> Bool {
        left.name.isExactly(right.name) && left.pattern.isExactly(right.pattern)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ExactString(name))
        hasher.combine(ExactString(pattern))
    }
}

/// A subscription as the driver uses it: which events go to which queue, and for whom.
public struct Subscription: Hashable, Sendable {
    /// The application, normalised.
    public var appKey: String
    /// The key within the application, as the record's inside says it; the hash field may have another name.
    public var key: String
    /// The queue that gets the jobs, normalised.
    public var queue: String
    /// The Ruby class that a rider runs.
    public var className: String
    /// All must match. In the order of the record; no name twice. Without any, nothing matches.
    public var filters: [SubscriptionFilter]

    public init(appKey: String, key: String, queue: String, className: String, filters: [SubscriptionFilter]) {
        self.appKey = appKey
        self.key = key
        self.queue = queue
        self.className = className
        self.filters = filters
    }
}

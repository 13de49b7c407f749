/// One filter of a subscription: an attribute's name and what its text must be (contract §4).
public struct SubscriptionFilter: Hashable, Sendable {
    /// The attribute's exact name.
    public var name: String
    /// Text, regular expression or special word, as it is stored.
    public var pattern: String

    /// What longer patterns match is not judged, and so nobody needs all of them.
    public static let longestJudged = 64 << 10

    public init(name: String, pattern: String) {
        self.name = name
        self.pattern = pattern
    }

    /// The filter of a record, whose pattern may have any length: of one that is too long to be judged it keeps just as
    /// much as is too long.
    init(name: String, stored pattern: String) {
        self.name = name
        let rest = pattern.utf8.dropFirst(Self.longestJudged + 1)
        let end = rest.firstIndex { $0 & 0xC0 != 0x80 } ?? pattern.endIndex
        self.pattern = String(pattern[..<end])
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

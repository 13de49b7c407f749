/// One filter of a subscription: an attribute's name and what its text must be (contract §4).
@usableFromInline package struct SubscriptionFilter: Hashable, Sendable {
    /// The attribute's exact name.
    package var name: String
    /// Text, regular expression or special word, as it is stored.
    package var pattern: String

    /// What longer patterns match is not judged, and so nobody needs all of them.
    package static let longestJudged = 64 << 10

    @usableFromInline package init(name: String, pattern: String) {
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

    @usableFromInline package static func == (left: SubscriptionFilter, right: SubscriptionFilter) -> Bool {
        left.name.isExactly(right.name) && left.pattern.isExactly(right.pattern)
    }

    @usableFromInline package func hash(into hasher: inout Hasher) {
        hasher.combine(ExactString(name))
        hasher.combine(ExactString(pattern))
    }
}

/// A subscription as the driver uses it: which events go to which queue, and for whom.
@usableFromInline package struct Subscription: Hashable, Sendable {
    /// The application, normalised.
    package var appKey: String
    /// The key within the application, as the record's inside says it; the hash field may have another name.
    package var key: String
    /// The queue that gets the jobs, normalised.
    package var queue: String
    /// The Ruby class that a rider runs.
    package var className: String
    /// All must match. In the order of the record; no name twice. Without any, nothing matches.
    package var filters: [SubscriptionFilter]

    @usableFromInline
    package init(appKey: String, key: String, queue: String, className: String, filters: [SubscriptionFilter]) {
        self.appKey = appKey
        self.key = key
        self.queue = queue
        self.className = className
        self.filters = filters
    }
}

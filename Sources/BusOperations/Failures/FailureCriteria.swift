import BusWire
package import RedisConnection

/// Which entries of the lists of failures are meant, by what they say.
package struct FailureCriteria: Sendable, Hashable {
    /// Where the job came from.
    package var queue: String?
    /// The class of the job.
    package var className: String?
    /// Whether it was retried.
    package var isRetried: Bool?

    /// - Parameters: nil for what does not matter.
    package init(queue: String? = nil, className: String? = nil, isRetried: Bool? = nil) {
        self.queue = queue
        self.className = className
        self.isRetried = isRetried
    }

    /// Whether anything matters.
    package var isSet: Bool { self != FailureCriteria() }

    package func matches(_ entry: FailureRecord) -> Bool {
        (queue?.isExactly(entry.queue) ?? true) && (className?.isExactly(entry.className) ?? true)
            && (isRetried.map { $0 == (entry.retriedAt != nil) } ?? true)
    }
}

extension FailureLists {
    /// The last entries that are meant, the newest last.
    package func newest(
        _ count: Int, matching criteria: FailureCriteria
    ) async throws(RedisError) -> [FailureRecord] {
        var entries: [FailureRecord] = []
        try await visit { page throws(RedisError) in
            entries += page.filter(criteria.matches)
            if entries.count - count >= 256 { entries = entries.newest(count) }
            return page.count
        }
        return entries.newest(count)
    }
}

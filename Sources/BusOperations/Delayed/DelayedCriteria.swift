package import BusProtocol
package import BusWire
package import RedisConnection

/// Which of the jobs that wait for their time are meant, by what they say.
package struct DelayedCriteria: Sendable, Hashable {
    package var className: String?
    package var arguments: [JSONValue]?
    package var queue: String?
    /// The epoch second until which they wait.
    package var time: Int?

    /// - Parameters: nil for what does not matter.
    package init(className: String? = nil, arguments: [JSONValue]? = nil, queue: String? = nil, time: Int? = nil) {
        self.className = className
        self.arguments = arguments
        self.queue = queue
        self.time = time
    }

    /// The one job that is meant, where everything about it is given: it is found without a look at the others.
    package var exactJob: (payload: JobPayload, queue: String)? {
        guard let className, let arguments, let queue, time == nil else { return nil }
        return (JobPayload(className: className, arguments: arguments), queue)
    }

    /// Whether this is one of them, if it waits for the right time.
    package func matches(_ job: DelayedRecord) -> Bool {
        (className.map { job.payload?.className.isExactly($0) == true } ?? true)
            && (arguments.map { $0 == job.payload?.arguments } ?? true)
            && (queue.map { job.queue?.isExactly($0) == true } ?? true)
    }
}

extension DelayedQueue {
    /// Removes what is meant, for good.
    ///
    /// - Returns: how many.
    package func remove(_ criteria: DelayedCriteria) async throws(RedisError) -> Int {
        if let job = criteria.exactJob { return try await remove(job.payload, on: job.queue) }
        return try await remove(at: criteria.time, where: criteria.matches)
    }

    /// Pushes what is meant to its queues now.
    ///
    /// - Returns: how many.
    package func run(_ criteria: DelayedCriteria) async throws(RedisError) -> Int {
        if let job = criteria.exactJob { return try await run(job.payload, on: job.queue) }
        return try await run(at: criteria.time, where: criteria.matches)
    }
}

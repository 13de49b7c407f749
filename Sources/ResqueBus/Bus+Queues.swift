import BusOperations
import BusProtocol
import BusWire
import RedisConnection

/// Looking into queues, and taking jobs out of them.
extension Bus {
    /// The names of all queues that were pushed to and not removed since, sorted.
    ///
    /// - Throws: ``BusError``.
    public func queues() async throws(BusError) -> [String] {
        try await onQueues { queues throws(RedisError) in try await queues.all().map(\.name) }
    }

    /// How many jobs wait in a queue. One that nobody has pushed to is empty.
    ///
    /// - Throws: ``BusError``, with code `refused` when something else is where the list should be.
    public func size(of queue: String) async throws(BusError) -> Int {
        try await onQueues { queues throws(RedisError) in try await queues.length(of: queue) }
    }

    /// Jobs of a queue, the next one first, without taking them. Elements that are no jobs are shown too.
    ///
    /// - Parameters:
    ///   - queue: its name.
    ///   - start: the place of the first, from 0. A negative one means 0.
    ///   - count: the most to return; default 1. Large counts are read a page at a time, while the queue may move.
    /// - Throws: ``BusError``, with code `refused` when something else is where the list should be.
    public func peek(_ queue: String, from start: Int = 0, count: Int = 1) async throws(BusError) -> [QueuedJob] {
        try await onQueues { queues throws(RedisError) in
            try await queues.elements(of: queue, from: max(start, 0), count: count).map(QueuedJob.init)
        }
    }

    /// Takes every job with this class and exactly these arguments out of a queue; without arguments every job of the
    /// class, as in Ruby. Jobs that a worker has in hand, and delayed ones, are not touched.
    ///
    /// - Parameters:
    ///   - className: as the jobs name it.
    ///   - arguments: compared as Ruby writes them, so `1` and `1.0` differ.
    ///   - queue: default: the queue that was declared for the class.
    /// - Returns: how many jobs were taken out.
    /// - Throws: ``BusError``.
    @discardableResult
    public func dequeue(
        _ className: String, _ arguments: JSONValue..., from queue: String? = nil
    ) async throws(BusError) -> Int {
        try await dequeue(className, arguments: arguments, from: queue)
    }

    /// As ``dequeue(_:_:from:)``, with the arguments in an array.
    @discardableResult
    public func dequeue(
        _ className: String, arguments: [JSONValue], from queue: String? = nil
    ) async throws(BusError) -> Int {
        let queue = try queueName(queue, for: className)
        let element = try Self.element(className, arguments)
        return try await onQueues { queues throws(RedisError) in
            guard arguments.isEmpty else { return try await queues.remove(element, from: queue) }
            return try await queues.remove(from: queue) {
                JobPayload(parsing: $0)?.className.isExactly(className) ?? false
            }
        }
    }

    /// Removes a queue with every job in it. Who pushes to it later makes it anew.
    ///
    /// - Throws: ``BusError``.
    public func removeQueue(_ queue: String) async throws(BusError) {
        try await onQueues { queues throws(RedisError) in try await queues.remove(queue) }
    }

    private func onQueues<Result>(
        _ body: (Queues) async throws(RedisError) -> Result
    ) async throws(BusError) -> Result {
        try await BusError.wrapping { () async throws(RedisError) in
            try await body(Queues(connection: client, bus: keys))
        }
    }
}

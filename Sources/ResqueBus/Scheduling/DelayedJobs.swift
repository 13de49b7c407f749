import BusOperations
import BusProtocol
import BusWire
public import Foundation
import RedisConnection

extension Bus {
    /// What waits for its time.
    public nonisolated var delayed: DelayedJobs { DelayedJobs(bus: self) }
}

/// What was enqueued or published for later, by Ruby or Swift, and waits for a scheduler: look at it, take it out, or
/// run it now.
///
/// ```swift
/// try await bus.enqueue("Reminder", 42, to: "mails", in: .seconds(3600))
/// try await bus.delayed.remove("Reminder", 42, from: "mails")
/// try await bus.delayed.run { $0.className == "Reminder" && $0.queue == "mails" }
/// ```
///
/// Large schedules are read a page at a time, so what moves meanwhile may be counted twice or not at all. Times are
/// whole seconds. Works on a `TestBus` as well; every method throws ``BusError`` with code `configuration` where a
/// ``LocalTransport`` does not show what waits in it.
public struct DelayedJobs: Sendable {
    /// A second at which something falls due.
    public struct DueTime: Sendable, Hashable {
        /// The beginning of that second.
        public let time: Date
        /// How much waits for it. May be none, until a scheduler has tidied up.
        public let count: Int
    }

    let bus: Bus

    // MARK: - Looking

    /// How many jobs and events wait for any time.
    ///
    /// - Throws: ``BusError``.
    public func count() async throws(BusError) -> Int {
        try await onStore { store throws(RedisError) in try await store.count() }
    }

    /// When the next one falls due; nil when nothing waits.
    ///
    /// - Throws: ``BusError``.
    public func nextTime() async throws(BusError) -> Date? {
        let time = try await onStore { store throws(RedisError) in try await store.nextTime() }
        return time.map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// The times for which something waits, soonest first.
    ///
    /// - Parameters:
    ///   - time: only later ones. Default: from the first.
    ///   - count: the most to return; default 100.
    /// - Throws: ``BusError``.
    public func times(after time: Date? = nil, count: Int = 100) async throws(BusError) -> [DueTime] {
        let second = try time?.dueSecond(else: .invalidJob)
        return try await onStore { store throws(RedisError) in
            try await store.dueTimes(after: second, count: max(count, 0)).map {
                DueTime(time: Date(timeIntervalSince1970: Double($0.time)), count: $0.count)
            }
        }
    }

    /// The times for which this very job waits, soonest first. Default queue: the one that was declared for the class.
    ///
    /// - Throws: ``BusError``.
    public func times(
        of className: String, _ arguments: JSONValue..., on queue: String? = nil
    ) async throws(BusError) -> [Date] {
        let times = try await onStore(className, arguments, queue) { store, job, queue throws(RedisError) in
            try await store.times(of: job, on: queue)
        }
        return times.map { Date(timeIntervalSince1970: Double($0)) }
    }

    /// What waits for one second, in the order in which it goes to its queues.
    ///
    /// - Parameters:
    ///   - time: any moment of that second.
    ///   - start: the place of the first, from 0. A negative one means 0.
    ///   - count: the most to return; default 100.
    /// - Throws: ``BusError``.
    public func jobs(at time: Date, from start: Int = 0, count: Int = 100) async throws(BusError) -> [DelayedJob] {
        let second = try time.dueSecond(else: .invalidJob)
        return try await onStore { store throws(RedisError) in
            try await store.jobs(at: second, from: max(start, 0), count: max(count, 0)).map(DelayedJob.init)
        }
    }

    // MARK: - Taking out

    /// Takes out a job wherever it waits, as `Resque.remove_delayed` does.
    ///
    /// - Parameters:
    ///   - className: as the job names it.
    ///   - arguments: all of them, compared as Ruby writes them, so `1` and `1.0` differ; none takes out only a job
    ///     without any.
    ///   - queue: default: the queue that was declared for the class.
    /// - Returns: how often it waited.
    /// - Throws: ``BusError``.
    @discardableResult
    public func remove(
        _ className: String, _ arguments: JSONValue..., from queue: String? = nil
    ) async throws(BusError) -> Int {
        try await remove(className, arguments: arguments, from: queue)
    }

    /// As ``remove(_:_:from:)``, with the arguments in an array.
    @discardableResult
    public func remove(
        _ className: String, arguments: [JSONValue], from queue: String? = nil
    ) async throws(BusError) -> Int {
        try await onStore(className, arguments, queue) { store, job, queue throws(RedisError) in
            try await store.remove(job, on: queue)
        }
    }

    /// Takes out all that `isMeant` finds. What is delayed meanwhile may stay.
    ///
    /// - Parameters:
    ///   - time: look only at what waits for this second. Default: any.
    ///   - isMeant: is asked about each, jobs or not, perhaps more than once.
    /// - Returns: how many were taken out.
    /// - Throws: ``BusError``; some may be taken out then.
    @discardableResult
    public func remove(
        at time: Date? = nil, where isMeant: (DelayedJob) -> Bool
    ) async throws(BusError) -> Int {
        let second = try time?.dueSecond(else: .invalidJob)
        return try await onStore { store throws(RedisError) in
            try await store.remove(at: second) { isMeant(DelayedJob($0)) }
        }
    }

    // MARK: - Running now

    /// Puts a job on its queue now, as often as it waits, instead of at its times. The parameters are those of
    /// ``remove(_:_:from:)``.
    ///
    /// - Returns: how often it waited.
    /// - Throws: ``BusError``.
    @discardableResult
    public func run(
        _ className: String, _ arguments: JSONValue..., from queue: String? = nil
    ) async throws(BusError) -> Int {
        try await run(className, arguments: arguments, from: queue)
    }

    /// As ``run(_:_:from:)``, with the arguments in an array.
    @discardableResult
    public func run(
        _ className: String, arguments: [JSONValue], from queue: String? = nil
    ) async throws(BusError) -> Int {
        try await onStore(className, arguments, queue) { store, job, queue throws(RedisError) in
            try await store.run(job, on: queue)
        }
    }

    /// Puts all jobs that `isMeant` finds on their queues now, in the order of their times.
    ///
    /// - Parameters:
    ///   - time: look only at what waits for this second. Default: any.
    ///   - isMeant: is asked about each job, perhaps more than once.
    /// - Returns: how many were put on their queues.
    /// - Throws: ``BusError``; some may be on their queues then.
    @discardableResult
    public func run(
        at time: Date? = nil, where isMeant: (DelayedJob) -> Bool
    ) async throws(BusError) -> Int {
        let second = try time?.dueSecond(else: .invalidJob)
        return try await onStore { store throws(RedisError) in
            try await store.run(at: second) { isMeant(DelayedJob($0)) }
        }
    }

    /// For what is about one job.
    private func onStore<Result>(
        _ className: String, _ arguments: [JSONValue], _ queue: String?,
        _ body: (any DelayedStore, JobPayload, String) async throws(RedisError) -> Result
    ) async throws(BusError) -> Result {
        let queue = try await bus.queueName(queue, for: className)
        return try await onStore { store throws(RedisError) in
            try await body(store, JobPayload(className: className, arguments: arguments), queue)
        }
    }

    private func onStore<Result>(
        _ body: (any DelayedStore) async throws(RedisError) -> Result
    ) async throws(BusError) -> Result {
        let store: any DelayedStore
        if let transport = bus.localMode.transport {
            guard let delayed = transport.delayed else {
                throw BusError(.configuration, "What stands for Redis here does not show what waits in it.")
            }
            store = TransportDelayedStore(delayed: delayed)
        } else {
            store = DelayedQueue(connection: bus.client, bus: bus.keys)
        }
        return try await BusError.wrapping { () async throws(RedisError) in try await body(store) }
    }
}

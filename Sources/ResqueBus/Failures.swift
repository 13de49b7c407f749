import BusOperations
import BusProtocol
import RedisConnection

extension Bus {
    /// The jobs that have failed for good, of all queues.
    public nonisolated var failures: Failures { Failures(bus: self) }
}

/// Resque's lists of failures: read their entries, requeue and remove them.
///
/// They are `failed` and, where RedisMultiQueue is in use, one for each queue; their entries count through in this
/// order. An entry is named by its bytes, never by its place, so that nothing wrong happens while others work on the
/// list, resque-web among them. Every method needs Redis.
public struct Failures: Sendable {
    let bus: Bus

    private var store: FailureLists { FailureLists(connection: bus.client, bus: bus.keys) }

    /// How many entries there are.
    ///
    /// - Throws: ``BusError``.
    public func count() async throws(BusError) -> Int {
        try await BusError.wrapping { () async throws(RedisError) in try await store.count() }
    }

    /// Entries, the oldest first; fewer than asked for at the end of the list.
    ///
    /// - Parameters:
    ///   - start: the place of the first, from 0. A negative one means 0.
    ///   - count: the most to return; default 100. An entry may hold a job of several megabytes.
    /// - Throws: ``BusError``.
    public func all(from start: Int = 0, count: Int = 100) async throws(BusError) -> [FailedJob] {
        try await BusError.wrapping { () async throws(RedisError) in
            try await store.entries(from: max(start, 0), count: count).map(FailedJob.init)
        }
    }

    /// Pushes the entry's job to its queue again. The entry stays and says when, as after a retry in resque-web.
    ///
    /// - Parameters:
    ///   - failure: as it was read.
    ///   - queue: default: the queue that the job came from.
    /// - Returns: false when somebody has changed or removed the entry since; then nothing is pushed.
    /// - Throws: ``BusError``, with code `invalidJob` when the entry does not say what to push, or where.
    @discardableResult
    public func requeue(_ failure: FailedJob, to queue: String? = nil) async throws(BusError) -> Bool {
        let now = bus.configuration.now()
        let outcome = try await BusError.wrapping { () async throws(RedisError) in
            try await store.retry([failure.record], removing: false, to: queue, now: now)[0]
        }
        switch outcome {
        case .pushed: return true
        case .gone: return false
        case .unusable:
            throw BusError(.invalidJob, "The entry does not hold a job and its queue, so it cannot be requeued.")
        case .setAside(let list):
            throw BusError(
                .invalidJob, "The job is too large to be requeued; it is the only element of the list \(list).")
        case .refused(let refusal):
            return try await BusError.wrapping { () async throws(RedisError) in throw RedisError.refusal(refusal) }
        }
    }

    /// Removes an entry.
    ///
    /// - Returns: false when somebody has changed or removed it since.
    /// - Throws: ``BusError``.
    @discardableResult
    public func remove(_ failure: FailedJob) async throws(BusError) -> Bool {
        try await BusError.wrapping { () async throws(RedisError) in try await store.remove([failure.record])[0] }
    }

    /// Removes every entry.
    ///
    /// - Returns: how many there were.
    /// - Throws: ``BusError``.
    @discardableResult
    public func clear() async throws(BusError) -> Int {
        try await BusError.wrapping { () async throws(RedisError) in try await store.clear() }
    }
}

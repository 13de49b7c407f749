import BusWire
import RedisConnection

extension Script {
    /// Pushes a failed job again.
    static let retryFailure = Script("retry_failure", asking: PackageResources.retry_failure_lua)
    /// Removes an entry, and the list that it names.
    static let removeFailure = Script("remove_failure", asking: PackageResources.remove_failure_lua)
}

/// The list `failed`: count, read, retry and remove its entries.
///
/// Entries are named by their bytes, never by their place: others may remove entries at the same time.
public struct Failures: Sendable {
    /// What came of a retry.
    public enum RetryOutcome: Sendable, Equatable {
        /// The job is at the tail of this queue.
        case pushed(queue: String)
        /// Somebody changed or removed the entry first.
        case gone
        /// The entry does not say what to push, or where.
        case unusable
        /// The event or job is too large to be loaded: it is the only element of this list.
        case setAside(list: String)
    }

    private let connection: any RedisClient
    private let bus: BusKeys

    /// Of some thousand keys each.
    private static let mostScannedPages = 200

    public init(connection: any RedisClient, bus: BusKeys) {
        self.connection = connection
        self.bus = bus
    }

    /// How many entries there are.
    public func count() async throws(RedisError) -> Int {
        try await connection.call("LLEN", bus.failed).integer ?? 0
    }

    /// How many jobs have failed and wait for a retry, as resque-retry keeps them (contract §8), and whether these are all: a
    /// large keyspace is not walked to its end.
    public func waitingForRetry() async throws(RedisError) -> (count: Int, isAll: Bool) {
        var found: Set<String> = []
        var rest = Self.mostScannedPages
        try await connection.scanKeys(beginningWith: bus.failedRetriesPrefix) { keys in
            found.formUnion(keys)
            rest -= 1
            return rest > 0
        }
        return (found.count, rest > 0)
    }

    /// Entries from a place on, oldest first; fewer than asked for at the end of the list.
    public func entries(from start: Int, count: Int) async throws(RedisError) -> [FailureRecord] {
        try await connection.elements(ofList: bus.failed, from: start, count: count)
            .enumerated().map { FailureRecord(index: start + $0, bytes: $1) }
    }

    /// Calls `body` for every entry, oldest first, a page at a time.
    ///
    /// - Parameter body: says whether the entry is still in the list afterwards.
    public func visit(
        _ body: (FailureRecord) async throws(RedisError) -> Bool
    ) async throws(RedisError) {
        var rest = try await count()
        var start = 0
        while rest > 0 {
            let page = try await entries(from: start, count: min(rest, ListPage.size))
            if page.isEmpty { return }
            rest -= page.count
            for entry in page where try await body(entry) { start += 1 }
        }
    }

    /// Pushes the entry's job to its queue: the exact bytes of the failed element where the entry has them.
    ///
    /// - Parameters:
    ///   - entry: as it was read.
    ///   - removing: take the entry out of the list; otherwise it stays and says when it was retried, as with resque-web.
    ///   - queue: another queue than the entry's own.
    ///   - now: epoch seconds.
    public func retry(
        _ entry: FailureRecord, removing: Bool, to queue: String? = nil, now: Int
    ) async throws(RedisError) -> RetryOutcome {
        if let list = entry.listAside(in: bus) { return .setAside(list: list) }
        let queue = queue ?? entry.queue
        guard !queue.isEmpty, let job = entry.job, let marked = entry.retried(at: now) else { return .unusable }
        var pipeline = RedisPipeline()
        ScriptDigests().begin(
            .retryFailure, keys: [bus.failed, bus.queues, bus.queue(queue)], argumentCount: 4, in: &pipeline)
        entry.bytes.withUnsafeBytes { pipeline.argument(bytes: $0) }
        (removing ? [] : marked).withUnsafeBytes { pipeline.argument(bytes: $0) }
        pipeline.argument(queue)
        job.withUnsafeBytes { pipeline.argument(bytes: $0) }
        return try await connection.sendChecked(pipeline)[0].integer == 1 ? .pushed(queue: queue) : .gone
    }

    /// Removes one entry with these bytes, and with it the list of what was too large for the entry; false when there is none
    /// any more.
    public func remove(_ entry: FailureRecord) async throws(RedisError) -> Bool {
        let lists = entry.listAside(in: bus).map { [$0] } ?? []
        var pipeline = RedisPipeline()
        ScriptDigests().begin(.removeFailure, keys: [bus.failed] + lists, argumentCount: 1, in: &pipeline)
        entry.bytes.withUnsafeBytes { pipeline.argument(bytes: $0) }
        return try await connection.sendChecked(pipeline)[0].integer == 1
    }

    /// Removes every entry, and says how many there were. The lists of what was too large for an entry go in the same step,
    /// since nothing names them any more; to find them takes a walk through the keyspace.
    public func clear() async throws(RedisError) -> Int {
        // A key of another type is nobody's list of failures.
        guard try await count() > 0 else { return 0 }
        var lists: Set<String> = []
        try await connection.scanKeys(beginningWith: bus.oversizedPrefix) { keys in
            lists.formUnion(keys)
            return true
        }
        var pipeline = RedisPipeline()
        pipeline.append("MULTI")
        // Entries that still wait to be moved name lists as well.
        pipeline.appendMoveOfFailures(bus: bus)
        pipeline.append("LLEN", bus.failed)
        pipeline.append(["DEL", bus.failed] + lists)
        pipeline.append("EXEC")
        return try await connection.sendChecked(pipeline)[4][1].integer ?? 0
    }
}

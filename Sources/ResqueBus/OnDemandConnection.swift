import BusProtocol
import RedisConnection

/// Connects when it is needed, once for all who wait, and never sends anything twice.
actor OnDemandConnection: RedisClient {
    private nonisolated let connection: RedisConnection
    /// Counts the connections made. A sender that finds none open compares, lest it replace one that was made
    /// meanwhile.
    private var generation = 0
    private var connecting: Task<Result<Void, RedisError>, Never>?
    private var isClosed = false

    init(_ connection: RedisConnection) {
        self.connection = connection
    }

    /// - Parameter connection: is open.
    init(open connection: RedisConnection) {
        self.connection = connection
        generation = 1
    }

    func send(_ pipeline: RedisPipeline, timeout: Duration?) async throws(RedisError) -> RedisReplies {
        if generation == 0 { try await connect(after: 0) }
        let used = generation
        do {
            return try await connection.send(pipeline, timeout: timeout)
        } catch  where error.code == .closed && !isClosed {
            // There was no connection: nothing was sent.
            try await connect(after: used)
            return try await connection.send(pipeline, timeout: timeout)
        }
    }

    private func connect(after used: Int) async throws(RedisError) {
        guard !isClosed else { throw RedisError(.closed, "The bus was closed.") }
        guard generation == used else { return }
        let attempt = connecting ?? Task { await open() }
        connecting = attempt
        try await attempt.value.get()
    }

    private func open() async -> Result<Void, RedisError> {
        defer { connecting = nil }
        do throws(RedisError) {
            _ = try await connection.connect()
            generation += 1
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    nonisolated func submit(
        _ pipeline: RedisPipeline, timeout: Duration?,
        completion: @escaping @Sendable (Result<RedisReplies, RedisError>) -> Void
    ) {
        connection.submit(pipeline, timeout: timeout, completion: completion)
    }

    nonisolated func onLoss(_ body: @escaping @Sendable (RedisError) -> Void) {
        connection.onLoss(body)
    }

    func close() async {
        isClosed = true
        await connection.close()
    }
}

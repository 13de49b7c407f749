/// A handler did not end in time (``ConfigurableHandler/timeout(_:)``).
public struct JobTimeout: Error, Hashable, Sendable, CustomStringConvertible {
    /// How long it was allowed to run.
    public let limit: Duration

    public var description: String { "the handler did not end within \(limit); it was cancelled" }

    /// Runs `operation` in a task of its own, and cancels and leaves it when the time is over.
    ///
    /// The task is not a child: a child that does not heed cancellation would hold its parent back.
    ///
    /// - Parameter sleep: waits for a time, or throws when its task is cancelled.
    static func limit(
        _ limit: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
        operation: @escaping @Sendable () async throws -> Void
    ) async throws {
        let (ends, continuation) = AsyncStream.makeStream(
            of: Result<Void, any Error>.self, bufferingPolicy: .bufferingOldest(1))
        let handler = Task {
            do {
                try await operation()
                continuation.yield(.success(()))
            } catch {
                continuation.yield(.failure(error))
            }
        }
        let alarm = Task {
            do { try await sleep(limit) } catch { return }
            continuation.yield(.failure(JobTimeout(limit: limit)))
            handler.cancel()
        }
        // Waits also when this task is cancelled: the handler then says how it ended.
        let end = Task { await ends.first { _ in true } }
        defer { alarm.cancel() }
        try await withTaskCancellationHandler {
            try await end.value?.get()
        } onCancel: {
            handler.cancel()
        }
    }
}

import Dispatch
import LibevExecutor

@testable import RedisConnection

/// Collects what callbacks report, and lets a test wait for it.
struct Reports<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func report(_ value: Value) {
        continuation.yield(value)
    }

    /// The next report; the suite's time limit bounds the wait.
    func next() async -> Value {
        for await value in stream { return value }
        preconditionFailure("The reports ended.")
    }

    /// Everything reported and not yet taken. Ends the collection.
    func rest() async -> [Value] {
        continuation.finish()
        return await stream.reduce(into: []) { $0.append($1) }
    }
}

/// Lets the thread of a fake server wait for the test. `wait` blocks and must not be used on a test's task.
struct Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() {
        semaphore.signal()
    }

    func wait() {
        semaphore.wait()
    }
}

/// A variable that is used on the loop only.
final class LoopConfined<Value>: @unchecked Sendable {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }
}

extension LibevExecutor {
    /// Runs `body` on the loop and waits for its result.
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            execute { continuation.resume(returning: body()) }
        }
    }

    /// Returns when the jobs that are enqueued now have run.
    func settle() async {
        await run {}
    }
}

extension RedisConnection {
    /// Submits on the loop and waits for the outcome.
    nonisolated func outcome(of pipeline: RedisPipeline, timeout: Duration? = nil) async -> Result<
        RedisReplies, RedisError
    > {
        await withCheckedContinuation { continuation in
            executor.execute {
                self.submit(pipeline, timeout: timeout) { continuation.resume(returning: $0) }
            }
        }
    }
}

extension Result where Failure == RedisError {
    var errorCode: RedisError.Code? {
        if case .failure(let error) = self { error.code } else { nil }
    }
}

/// The error that `body` throws, or nil.
func error(
    of body: @Sendable () async throws(RedisError) -> Void
) async -> RedisError? {
    do throws(RedisError) {
        try await body()
        return nil
    } catch {
        return error
    }
}

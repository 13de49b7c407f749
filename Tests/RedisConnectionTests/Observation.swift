import Dispatch
import LibevExecutor
import RedisTestSupport
import Testing

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

    /// The next report.
    ///
    /// - Throws: when none comes in time.
    func next() async throws -> Value {
        try #require(await stream.first(within: .seconds(30)) { _ in true }, "no report within 30 s")
    }

    /// Everything reported and not yet taken. Ends the collection.
    func rest() async -> [Value] {
        continuation.finish()
        return await stream.reduce(into: []) { $0.append($1) }
    }
}

/// Lets the thread of a fake server wait for the test, for half a minute at most. `wait` blocks and must not be used on
/// a test's task.
struct Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() {
        semaphore.signal()
    }

    func wait() {
        _ = semaphore.wait(timeout: .now() + 30)
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
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async throws -> Value {
        try await callback("loop \(name) answers", of: Value.self) { callBack in execute { callBack(body()) } }
    }

    /// Returns when the jobs that are enqueued now have run.
    func settle() async throws {
        try await run {}
    }
}

extension RedisConnection {
    /// Submits on the loop and waits for the outcome.
    nonisolated func outcome(of pipeline: RedisPipeline, timeout: Duration? = nil) async throws
        -> Result<RedisReplies, RedisError>
    {
        try await callback("an outcome", of: Result<RedisReplies, RedisError>.self) { callBack in
            executor.execute { self.submit(pipeline, timeout: timeout, completion: callBack) }
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

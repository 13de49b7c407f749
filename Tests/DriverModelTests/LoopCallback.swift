import LibevExecutor
import RedisTestSupport

extension LibevExecutor {
    /// As `callback(_:of:within:_:)`, but on this loop throughout: that one passes through Swift's thread pool, where
    /// the model could not see whether a driver has come to rest. Call it on the loop.
    ///
    /// - Parameters:
    ///   - event: what is waited for, for the message of the failure.
    ///   - type: what the call brings.
    ///   - deadline: how long it may take.
    ///   - start: gets the callback, which is called on the loop; further calls of it are ignored.
    /// - Throws: `TestSupportError` when the call does not come in time; what the call brings as a failure.
    func callback<Value: Sendable>(
        _ event: String, of type: Value.Type, within deadline: Duration = .seconds(45),
        _ start: (_ callBack: @escaping @Sendable (Result<Value, any Error>) -> Void) -> Void
    ) async throws -> Value {
        let call = Call<Value>()
        let alarm = schedule(after: deadline) {
            call.end(.failure(TestSupportError("not within \(deadline): \(event)")))
        }
        defer { alarm.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            call.waiting = continuation
            start { call.end($0) }
        }
    }
}

/// One that waits, until it is called.
///
/// `@unchecked Sendable`: used on the loop only.
private final class Call<Value: Sendable>: @unchecked Sendable {
    var waiting: CheckedContinuation<Value, any Error>?

    func end(_ result: Result<Value, any Error>) {
        waiting?.resume(with: result)
        waiting = nil
    }
}

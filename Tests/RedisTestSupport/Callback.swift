/// Starts something that calls back from another thread, and waits for the call.
///
/// - Parameters:
///   - event: what is waited for, for the message of the failure.
///   - type: what the call brings.
///   - deadline: how long it may take.
///   - start: gets the callback; further calls of it are ignored.
/// - Throws: `TestSupportError` when the call does not come in time, or the task is cancelled, as it is at the time
///   limit of a test.
public func callback<Value: Sendable>(
    _ event: String, of type: Value.Type, within deadline: Duration = .seconds(30),
    _ start: (_ callBack: @escaping @Sendable (Value) -> Void) -> Void
) async throws -> Value {
    let (stream, continuation) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: .bufferingOldest(1))
    start { continuation.yield($0) }
    guard let value = await stream.first(within: deadline, where: { _ in true }) else {
        throw TestSupportError("not within \(deadline): \(event)")
    }
    return value
}

/// As ``callback(_:of:within:_:)``, for a call that brings nothing.
public func callback(
    _ event: String, within deadline: Duration = .seconds(30),
    _ start: (_ callBack: @escaping @Sendable () -> Void) -> Void
) async throws {
    try await callback(event, of: Void.self, within: deadline) { callBack in start { callBack(()) } }
}

extension AsyncStream where Element: Sendable {
    /// The next element that is wanted; reads away what comes before it.
    ///
    /// - Returns: nil when it does not come in time, the stream ends or the task is cancelled. The stream is over then.
    public func first(
        within deadline: Duration, where isWanted: @escaping @Sendable (Element) -> Bool
    ) async -> Element? {
        let reader = Task { await first(where: isWanted) }
        let alarm = Task {
            try await Task.sleep(for: deadline)
            reader.cancel()
        }
        defer { alarm.cancel() }
        return await withTaskCancellationHandler {
            await reader.value
        } onCancel: {
            reader.cancel()
        }
    }
}

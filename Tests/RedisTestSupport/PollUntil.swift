/// Asks again and again until `condition` holds: the one way in which tests wait for a state of Redis or of a process.
///
/// Between the questions its thread is free for others.
///
/// - Parameters:
///   - state: what is waited for, for the message of the failure.
///   - deadline: how long it may take.
/// - Returns: how long it took.
/// - Throws: `TestSupportError` when the deadline passed or the task was cancelled, as it is at the time limit of a
///   test; what `condition` throws.
@discardableResult
public func pollUntil(
    _ state: String, within deadline: Duration = .seconds(15), _ condition: () async throws -> Bool
) async throws -> Duration {
    let began = ContinuousClock.now
    while try await !condition() {
        guard ContinuousClock.now - began < deadline else {
            throw TestSupportError("not within \(deadline): \(state)")
        }
        try await pause(.milliseconds(2), for: state)
    }
    return ContinuousClock.now - began
}

/// Lets time go by in which something must last, or must not happen. What is to happen is waited for by
/// ``pollUntil(_:within:_:)`` instead.
///
/// - Parameters:
///   - duration: how long, at least.
///   - state: what is so then, for the reader and the message of the failure.
/// - Throws: `TestSupportError` when the task was cancelled.
public func letPass(_ duration: Duration, until state: String) async throws { try await pause(duration, for: state) }

private func pause(_ duration: Duration, for state: String) async throws {
    do {
        try await Task.sleep(for: duration)
    } catch {
        throw TestSupportError("the time of the test is over; it waited for: \(state)")
    }
}

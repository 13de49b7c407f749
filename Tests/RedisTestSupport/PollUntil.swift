import Glibc

/// Asks again and again until `condition` holds: the one way in which tests wait for a state of Redis or of a process.
///
/// Blocks its thread between the questions, so call it where that harms nobody.
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
        guard !Task.isCancelled else { throw TestSupportError("the time of the test is over; it waited for: \(state)") }
        poll(nil, 0, 2)
    }
    return ContinuousClock.now - began
}

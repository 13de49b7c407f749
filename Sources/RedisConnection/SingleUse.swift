/// A continuation for which several events compete; the first one resumes it. Loop thread only.
///
/// `@unchecked Sendable`: see above.
final class SingleUse<Value: Sendable>: @unchecked Sendable {
    private var continuation: CheckedContinuation<Value, Never>?

    init(_ continuation: CheckedContinuation<Value, Never>) {
        self.continuation = continuation
    }

    func resume(returning value: Value) {
        continuation?.resume(returning: value)
        continuation = nil
    }
}

import Foundation
import Synchronization

/// A thread of its own that does one thing over and over until it is told to finish: load, or harm, beside a test.
public final class RepeatingThread: Sendable {
    private struct State {
        var finishes = false
        var failure: (any Error)?
    }
    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)

    /// Returns once it is prepared, which the first round need not be: that may wait for what the test does next.
    ///
    /// - Parameters:
    ///   - interval: the pause between two rounds; zero for none.
    ///   - prepare: called once, on the thread; gives what one round does. What either throws ends the thread and comes
    ///     out of `finish`.
    public init(every interval: Duration = .zero, _ prepare: @escaping @Sendable () throws -> () throws -> Void) {
        let prepared = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [self] in
            defer { ended.signal() }
            do {
                let body = Result(catching: prepare)
                prepared.signal()
                let round = try body.get()
                while !state.withLock(\.finishes) {
                    try round()
                    if interval > .zero { poll(nil, 0, CInt(interval / .milliseconds(1))) }
                }
            } catch {
                state.withLock { $0.failure = error }
            }
        }
        prepared.wait()
    }

    /// What has ended the thread though nobody asked it to; nil while it is at work.
    public var failure: (any Error)? { state.withLock(\.failure) }

    /// Lets the round under way end, and returns when the thread is gone. Once only.
    ///
    /// - Throws: what the thread threw; `TestSupportError` when its round does not end.
    public func finish() throws {
        state.withLock { $0.finishes = true }
        guard ended.wait(timeout: .now() + 30) == .success else {
            throw TestSupportError("not within 30 s: the last round of the thread beside the test ends")
        }
        if let failure = state.withLock(\.failure) { throw failure }
    }
}

import Dispatch
import Synchronization

/// Holds tasks up until it is opened. Whoever comes later passes at once; a cancelled task waits like any other. It
/// opens by itself before the time limit of a test, so that a test that failed to open it ends.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var arrivals = 0
    }
    private let state = Mutex(State())

    /// How many have come so far.
    var arrivals: Int { state.withLock(\.arrivals) }

    private static let patience: DispatchTimeInterval = .seconds(50)

    init() {
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [weak self] in self?.open() }
    }

    func pass() async {
        await withCheckedContinuation { continuation in
            let passes = state.withLock { state in
                state.arrivals += 1
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if passes { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

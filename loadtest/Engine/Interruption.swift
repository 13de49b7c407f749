import Foundation
import LibevExecutor
import Synchronization

/// Ctrl-C and SIGTERM, as a wish to end soon and tidily. The second one ends the process at once.
final class Interruption: Sendable {
    private let requests = Mutex(0)

    var isRequested: Bool { requests.withLock { $0 > 0 } }

    /// Nobody interrupts.
    init() {}

    /// Listens to SIGINT and SIGTERM of the process.
    init(executor: LibevExecutor) {
        for signal in [SIGINT, SIGTERM] { executor.onSignal(signal) { [weak self] in self?.request() } }
    }

    /// Waits for a request.
    ///
    /// - Returns: false when the task was cancelled before.
    func wait() async -> Bool {
        while !isRequested {
            do { try await Task.sleep(for: .milliseconds(50)) } catch { return false }
        }
        return true
    }

    func request() {
        let count = requests.withLock { requests in
            requests += 1
            return requests
        }
        if count > 1 { exit(130) }
    }
}

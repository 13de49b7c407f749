import Foundation
import LibevExecutor
import Synchronization

/// The signals that would end the process, as a wish to end soon and tidily. The second one ends it at once.
final class Interruption: Sendable {
    /// Ctrl-C, the end of the terminal, and whatever else by default ends a process that might still tidy up.
    static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2]

    private let requests = Mutex(0)

    var isRequested: Bool { requests.withLock { $0 > 0 } }

    /// Nobody interrupts.
    init() {}

    /// Listens to the ``signals`` of the process.
    init(executor: LibevExecutor) {
        for signal in Self.signals { executor.onSignal(signal) { [weak self] in self?.request() } }
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

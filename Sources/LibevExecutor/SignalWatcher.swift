import CLibev
import Glibc

/// Calls a closure on the loop for each delivery of one signal. Lives as long as the executor.
final class SignalWatcher {
    private let loop: OpaquePointer
    private let watcher: UnsafeMutablePointer<ev_signal>
    private let body: () -> Void

    init(loop: OpaquePointer, number: Int32, body: @escaping () -> Void) {
        self.loop = loop
        self.body = body
        watcher = .allocate(capacity: 1)
        watcher.initialize(to: ev_signal())
        clibev_signal_init(
            watcher,
            { _, watcher, _ in
                Unmanaged<SignalWatcher>.fromOpaque(watcher.unsafelyUnwrapped.pointee.data).takeUnretainedValue().body()
            }, number)
        watcher.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        ev_signal_start(loop, watcher)
    }

    deinit {
        watcher.deallocate()
    }

    func cancel() {
        ev_signal_stop(loop, watcher)
    }
}

extension LibevExecutor {
    /// Calls `body` on the loop whenever the process receives signal `number`, instead of the signal's default action.
    ///
    /// A parent may have started this process with the signal blocked; the loop's thread takes it then.
    ///
    /// May be called from any thread; it is in force once the loop has taken it up. One signal can be watched by one
    /// loop of the process only.
    package func onSignal(_ number: Int32, _ body: @escaping @Sendable () -> Void) {
        execute { [self] in
            signals.append(SignalWatcher(loop: loop, number: number, body: body))
            var unblocked = sigset_t()
            sigemptyset(&unblocked)
            sigaddset(&unblocked, number)
            pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
        }
    }
}

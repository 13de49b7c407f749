import CLibev

/// A timer of a ``LibevExecutor``. It fires whether or not somebody holds it, until it is cancelled.
///
/// `@unchecked Sendable`: used on the loop's thread only, which `schedule` and `cancel` check.
package final class LoopTimer: @unchecked Sendable {
    private let executor: LibevExecutor
    private let watcher: UnsafeMutablePointer<ev_timer>
    private var body: (() -> Void)?

    fileprivate init(executor: LibevExecutor, after: Duration, repeating: Duration?, body: @escaping () -> Void) {
        self.executor = executor
        self.body = body
        watcher = .allocate(capacity: 1)
        watcher.initialize(to: ev_timer())
        clibev_timer_init(
            watcher,
            { _, watcher, _ in
                Unmanaged<LoopTimer>.fromOpaque(watcher.unsafelyUnwrapped.pointee.data).takeUnretainedValue().fire()
            },
            after.inSeconds, repeating?.inSeconds ?? 0)
        watcher.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        executor.timers[ObjectIdentifier(self)] = self
        // The loop's idea of now is as old as its last wake-up; a timer relative to that would fire early.
        ev_now_update(executor.loop)
        ev_timer_start(executor.loop, watcher)
    }

    deinit {
        watcher.deallocate()
    }

    private func fire() {
        let body = body
        // libev has already stopped a timer that does not repeat.
        if watcher.pointee.repeat == 0 { finish() }
        body?()
    }

    /// Stops the timer; its body will not be called again. Call it on the loop's thread. Harmless when already done.
    package func cancel() {
        executor.checkIsolated()
        guard executor.timers[ObjectIdentifier(self)] != nil else { return }
        ev_timer_stop(executor.loop, watcher)
        finish()
    }

    /// Lets go of the body too: what it captures may hold this timer.
    private func finish() {
        executor.timers[ObjectIdentifier(self)] = nil
        body = nil
    }
}

extension LibevExecutor {
    /// Calls `body` on the loop after `after`, and then every `repeating` if that is given. The clock is monotonic.
    /// Call it on the loop's thread.
    @discardableResult
    package func schedule(
        after: Duration, repeating: Duration? = nil, _ body: @escaping @Sendable () -> Void
    ) -> LoopTimer {
        checkIsolated()
        return LoopTimer(executor: self, after: max(after, .zero), repeating: repeating, body: body)
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

import CLibev
import Glibc

/// A timer that fires within microseconds of its time, where a ``LoopTimer`` is rounded to milliseconds by epoll.
///
/// It costs a descriptor, so make one and arm it again and again. To be used on the loop's thread only.
package final class PreciseTimer {
    private let descriptor: Int32
    private let watcher: SocketWatcher

    /// - Parameter body: called on the loop each time that the timer fires; it may arm the timer again.
    package init(executor: LibevExecutor, _ body: @escaping () -> Void) {
        executor.checkIsolated()
        let descriptor = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        precondition(descriptor >= 0, "A timer could not be made: \(String(cString: strerror(errno)))")
        self.descriptor = descriptor
        watcher = SocketWatcher(
            executor: executor, descriptor: descriptor,
            onReadable: {
                var expirations: UInt64 = 0
                // Nothing to read: it was cancelled or armed anew earlier in this turn.
                guard read(descriptor, &expirations, MemoryLayout<UInt64>.size) > 0 else { return }
                body()
            }, onWritable: {})
        watcher.reads = true
    }

    deinit {
        watcher.stop()
        close(descriptor)
    }

    /// Fires once at `time`, in nanoseconds of ``MonotonicTime``; at once when that has passed. Replaces the time set
    /// before.
    package func arm(at time: UInt64) {
        // Zero would disarm it.
        set(timespec(tv_sec: Int(time / 1_000_000_000), tv_nsec: max(1, Int(time % 1_000_000_000))))
    }

    /// Does not fire any more until it is armed again.
    package func cancel() {
        set(timespec())
    }

    private func set(_ time: timespec) {
        var setting = itimerspec(it_interval: timespec(), it_value: time)
        timerfd_settime(descriptor, Int32(TFD_TIMER_ABSTIME), &setting, nil)
    }
}

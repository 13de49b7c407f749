import CLibev

/// Watches one descriptor for readability and writability. To be used on the loop's thread only.
///
/// It does not own the descriptor: call ``stop()`` before the descriptor is closed.
package final class SocketWatcher {
    private let executor: LibevExecutor
    private let readable: UnsafeMutablePointer<ev_io>
    private let writable: UnsafeMutablePointer<ev_io>
    private let onReadable: () -> Void
    private let onWritable: () -> Void

    /// Watches for nothing until ``reads`` or ``writes`` is set.
    package init(
        executor: LibevExecutor, descriptor: Int32, onReadable: @escaping () -> Void, onWritable: @escaping () -> Void
    ) {
        self.executor = executor
        self.onReadable = onReadable
        self.onWritable = onWritable
        readable = .allocate(capacity: 1)
        readable.initialize(to: ev_io())
        writable = .allocate(capacity: 1)
        writable.initialize(to: ev_io())

        clibev_io_init(
            readable, { _, watcher, _ in SocketWatcher.of(watcher).onReadable() }, descriptor, Int32(EV_READ))
        clibev_io_init(
            writable, { _, watcher, _ in SocketWatcher.of(watcher).onWritable() }, descriptor, Int32(EV_WRITE))
        let this = Unmanaged.passUnretained(self).toOpaque()
        readable.pointee.data = this
        writable.pointee.data = this
    }

    deinit {
        stop()
        readable.deallocate()
        writable.deallocate()
    }

    private static func of(_ watcher: UnsafeMutablePointer<ev_io>?) -> SocketWatcher {
        Unmanaged<SocketWatcher>.fromOpaque(watcher.unsafelyUnwrapped.pointee.data).takeUnretainedValue()
    }

    package var reads = false {
        didSet {
            guard reads != oldValue else { return }
            if reads { ev_io_start(executor.loop, readable) } else { ev_io_stop(executor.loop, readable) }
        }
    }

    package var writes = false {
        didSet {
            guard writes != oldValue else { return }
            if writes { ev_io_start(executor.loop, writable) } else { ev_io_stop(executor.loop, writable) }
        }
    }

    package func stop() {
        reads = false
        writes = false
    }
}

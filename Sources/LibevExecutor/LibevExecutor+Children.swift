package import CLibev
import Glibc

extension LibevExecutor {
    /// Calls `body` on the loop once a child process has ended. It is still to be waited for then.
    ///
    /// May be called from any thread, before anybody has waited for the child.
    package func onEnd(ofChild child: pid_t, _ body: @escaping @Sendable () -> Void) {
        let descriptor = clibev_pidfd_open(child)
        precondition(
            descriptor >= 0, "Child \(child) cannot be watched: \(String(cString: strerror(errno)))")
        execute { [self] in
            var watcher: SocketWatcher?
            watcher = SocketWatcher(
                executor: self, descriptor: descriptor,
                onReadable: {
                    watcher?.stop()
                    watcher = nil
                    close(descriptor)
                    body()
                }, onWritable: {})
            watcher?.reads = true
        }
    }
}

package import Foundation
package import LibevExecutor
import Synchronization

/// A program that ends with this process, however that ends, and with it what it has started.
///
/// A shell, the guardian, holds the other end of a socket; when that closes, it tells the program to finish. (A
/// parent-death signal would follow the thread that started the program, not the process.) Both are in one process
/// group, which exists for as long as the guardian does, so that a signal to the group never meets a stranger. A
/// program that leaves the group is on its own.
package final class GuardedProcess: Sendable {
    /// The program's process id.
    package let id: pid_t
    private let guardian: Guardian
    private let patience: Duration?
    private let executor: LibevExecutor
    private let state = Mutex(State())

    private struct State {
        var waitStatus: Int32?
        var isStopping = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Starts `words[0]`, found through PATH.
    ///
    /// Ctrl-C does not reach it, and it starts with no signal blocked, unlike the thread that this is called on.
    ///
    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - output: a file for its standard output and error; nil: those of this process.
    ///   - patience: how long it may take to finish before it is killed; nil: as long as it likes.
    ///   - folder: removed once the program has ended, if this process has ended first.
    ///   - executor: the loop on which its end is noticed.
    /// - Throws: ``ProcessStartError``.
    package init(
        _ words: [String], output: String? = nil, patience: Duration? = nil, removing folder: String? = nil,
        executor: LibevExecutor
    ) throws(ProcessStartError) {
        guardian = try Guardian(patience: patience, folder: folder)
        do {
            id = try ChildSpawn(group: guardian.id, output: output).start(words)
        } catch {
            guardian.dismiss()
            throw error
        }
        self.patience = patience
        self.executor = executor
        guardian.watch(id)
        executor.onEnd(ofChild: id) { self.reap() }
    }

    /// How it ended, as `waitpid` has it; nil while it runs.
    package var waitStatus: Int32? { state.withLock(\.waitStatus) }

    /// The exit code, or 128 and the number of the signal that ended it; nil while it runs.
    package var status: Int32? { waitStatus.map { $0 & 0x7F == 0 ? $0 >> 8 & 0xFF : 128 + $0 & 0x7F } }

    /// Whether it was told to finish.
    package var isStopping: Bool { state.withLock(\.isStopping) }

    /// Tells the program to finish. Returns at once.
    package func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopping = true }
            return !state.isStopping
        }
        guard isFirst else { return }
        signalGroup(SIGTERM)
        guard let patience else { return }
        executor.execute { [self] in
            executor.schedule(after: patience) { self.kill() }
        }
    }

    /// Kills the program and what it has started. Returns at once.
    package func kill() { signalGroup(SIGKILL) }

    /// Sends a signal to the program alone; nothing happens when it has ended.
    package func signal(_ number: Int32) {
        state.withLock { state in
            if state.waitStatus == nil { Foundation.kill(id, number) }
        }
    }

    /// Returns when the program has ended.
    package func waitUntilEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.waitStatus == nil { state.waiters.append(continuation) }
                return state.waitStatus != nil
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func signalGroup(_ number: Int32) {
        state.withLock { state in
            if state.waitStatus == nil { guardian.signal(number) }
        }
    }

    /// Within the lock: once it is waited for, another program may get its id.
    private func reap() {
        let waiters = state.withLock { state in
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0 && errno == EINTR {}
            guardian.dismiss()
            state.waitStatus = status
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

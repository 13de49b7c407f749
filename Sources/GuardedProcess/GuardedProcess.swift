import Foundation
import LibevExecutor
import Synchronization

/// A program that ends with this process, however that ends.
///
/// A shell that starts the program holds the other end of a pipe; when the pipe closes, it tells the program to finish.
/// (A parent-death signal would follow the thread that started the program, not the process.)
package final class GuardedProcess: Sendable {
    private let shell: pid_t
    private let lifeline: Int32
    private let state = Mutex(State())

    private struct State {
        var status: Int32?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private static let guardian = """
        trap '' INT HUP
        exec 3<&0
        "$@" 3<&- </dev/null & program=$!
        { read -r _ <&3; kill -TERM "$program"; } & watcher=$!
        wait "$program"; status=$?
        kill "$watcher" 2>/dev/null
        exit "$status"
        """

    /// Starts `words[0]`, found through PATH.
    ///
    /// Ctrl-C does not reach it, and it starts with no signal blocked, unlike the thread that this is called on.
    /// - Throws: ``ProcessStartError``.
    package init(_ words: [String], executor: LibevExecutor) throws(ProcessStartError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ProcessStartError(code: errno) }
        defer { close(ends[0]) }
        // A copy in the child would keep the pipe open for ever.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        lifeline = ends[1]
        shell = try Self.spawn(["sh", "-c", Self.guardian, "guardian"] + words, standardInput: ends[0])
        executor.onSignal(SIGCHLD) { [weak self] in self?.reap() }
        executor.execute { [weak self] in self?.reap() }
    }

    /// The exit code, nil while it runs.
    package var status: Int32? { state.withLock { $0.status } }

    /// Tells the program to finish. Returns at once.
    package func stop() {
        close(lifeline)
    }

    /// Returns when the program has ended.
    package func waitUntilEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.status == nil { state.waiters.append(continuation) }
                return state.status != nil
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func reap() {
        var raw: Int32 = 0
        guard status == nil, waitpid(shell, &raw, WNOHANG) == shell else { return }
        let waiters = state.withLock { state in
            state.status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private static func spawn(_ words: [String], standardInput: Int32) throws(ProcessStartError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, standardInput, STDIN_FILENO)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        var arguments = words.map { strdup($0) } + [nil]
        var environment = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var child = pid_t()
        let result = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, &environment)
        guard result == 0 else { throw ProcessStartError(code: result) }
        return child
    }
}

/// The system refused to start a program.
package struct ProcessStartError: Error, CustomStringConvertible {
    /// The `errno`.
    package let code: Int32

    package var description: String { "A program cannot be started: \(String(cString: strerror(code)))." }
}

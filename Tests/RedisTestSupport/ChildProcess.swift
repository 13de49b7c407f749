import Foundation

/// A program started by a test, which never outlives the test process, however that ends.
///
/// `PR_SET_PDEATHSIG` is no help here: it follows the *thread* that started the child, and Swift's pool threads come
/// and go. A guardian shell waits on a socket instead; when this process dies, the socket ends and the guardian cleans
/// up.
final class ChildProcess {
    let processID: pid_t
    private let guardianID: pid_t
    private let lifeline: CInt
    private let program: String
    /// Its output, also once the file is gone.
    private let output: CInt
    /// How the program ended; nil while it runs or nobody has asked.
    private var reaped: ProcessEnding?
    private var isEnded = false

    /// Starts `arguments[0]`, found through PATH.
    ///
    /// - Parameters:
    ///   - directory: removed by the guardian when this process dies without calling `end`.
    ///   - output: the file that its standard output and error are appended to.
    /// - Throws: `TestSupportError` when the program cannot be started.
    init(_ arguments: [String], directory: String, output: String) throws {
        program = arguments.joined(separator: " ")
        processID = try spawn(arguments, standardInput: nil, output: output)
        self.output = open(output, O_RDONLY | O_CLOEXEC)
        var ends: [CInt] = [0, 0]
        guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw TestSupportError("socketpair", errno: errno)
        }
        lifeline = ends[1]
        // The guardian's shell ignores Ctrl-C: it must still be there when the test process has gone.
        let script = #"trap "" INT TERM HUP; read -r _ || { kill -9 "$1"; rm -rf "$2"; }"#
        guardianID = try spawn(
            ["sh", "-c", script, "guardian", String(processID), directory], standardInput: ends[0], output: "/dev/null")
        close(ends[0])
    }

    deinit { end() }

    /// Whether the program still runs; reaps it when it has ended by itself.
    var isRunning: Bool { ending == nil }

    /// How the program ended; nil while it runs.
    var ending: ProcessEnding? {
        if reaped == nil { reap(WNOHANG) }
        return reaped
    }

    private func reap(_ options: CInt) {
        var status: CInt = 0
        if waitpid(processID, &status, options) == processID { reaped = ProcessEnding(waitStatus: status) }
    }

    func signal(_ number: CInt) {
        if isRunning { Glibc.kill(processID, number) }
    }

    /// Kills the program (SIGKILL), waits for its end, dismisses the guardian and looks for payloads in the output. May
    /// be called twice.
    func end() {
        guard !isEnded else { return }
        isEnded = true
        if isRunning {
            Glibc.kill(processID, SIGKILL)
            reap(0)
        }
        // A line, unlike the end of the stream, tells the guardian that nothing is left to do.
        _ = write(lifeline, "\n", 1)
        close(lifeline)
        waitpid(guardianID, nil, 0)
        PayloadMarker.expectAbsence(from: readOutput(), of: program)
        close(output)
    }

    private func readOutput() -> String {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(output, &piece, piece.count), count > 0 { text += piece[..<count] }
        return String(decoding: text, as: UTF8.self)
    }
}

/// How a process ended.
public enum ProcessEnding: Equatable, Sendable {
    /// It ended itself with this status.
    case exit(Int32)
    /// This signal ended it.
    case signal(Int32)

    init(waitStatus: CInt) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .exit((waitStatus >> 8) & 0xFF) : .signal(signal)
    }
}

/// Starts a program, which gets none of our descriptors but these.
private func spawn(_ arguments: [String], standardInput: CInt?, output: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let standardInput {
        posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
    } else {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
        if let descriptor = CInt(name), descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    }

    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var processID: pid_t = 0
    let status = posix_spawnp(&processID, arguments[0], &actions, nil, words, environ)
    guard status == 0 else { throw TestSupportError("cannot start \(arguments[0])", errno: status) }
    return processID
}

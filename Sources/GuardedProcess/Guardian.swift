import Foundation

/// The shell that ends a process group when this process has ended, and the group itself.
struct Guardian {
    /// Its process id, which is the group's too.
    let id: pid_t
    private let lifeline: Int32

    /// Reads the program's id, then waits for the end of the line. Arguments: tenths of a second until it kills,
    /// negative for never; a folder to remove, or nothing.
    private static let script = """
        trap '' INT HUP TERM QUIT USR1 USR2
        read -r program
        read -r _
        kill -TERM 0
        tenths=$1
        while [ "$tenths" -ne 0 ] && kill -0 "$program" 2>/dev/null; do
            sleep 0.1
            tenths=$((tenths - 1))
        done
        [ -z "$2" ] || rm -rf "$2"
        kill -KILL 0
        """

    /// Starts a group without a program.
    init(patience: Duration?, folder: String?) throws(ProcessStartError) {
        var ends: [Int32] = [0, 0]
        // A copy in another child would keep the line open for ever.
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw ProcessStartError(code: errno) }
        defer { close(ends[0]) }
        let tenths = patience.map { max(1, Int($0 / .milliseconds(100))) } ?? -1
        do {
            id = try ChildSpawn(input: ends[0], output: "/dev/null").start(
                ["sh", "-c", Self.script, "guardian", String(tenths), folder ?? ""])
        } catch {
            close(ends[1])
            throw error
        }
        lifeline = ends[1]
    }

    /// Tells it which program to wait for once this process has ended.
    func watch(_ program: pid_t) {
        let line = Array("\(program)\n".utf8)
        _ = write(lifeline, line, line.count)
    }

    /// Sends a signal to every process of the group; the guardian itself heeds only SIGKILL.
    func signal(_ number: Int32) {
        kill(-id, number)
    }

    /// Kills what is left of the group, the guardian with it.
    func dismiss() {
        signal(SIGKILL)
        while waitpid(id, nil, 0) < 0 && errno == EINTR {}
        close(lifeline)
    }
}

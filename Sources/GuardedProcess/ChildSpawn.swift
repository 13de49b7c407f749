import Foundation

/// How to start a child: with no signal blocked, SIGPIPE not ignored, and no descriptor of ours beyond the first three.
struct ChildSpawn {
    /// The process group that it joins; 0 makes one of its own.
    var group: pid_t = 0
    /// Its standard input; nil: `/dev/null`.
    var input: Int32?
    /// A file that its standard output and error are appended to; nil: those of this process.
    var output: String?

    /// Starts `words[0]`, found through PATH, with the environment of this process.
    func start(_ words: [String]) throws(ProcessStartError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        if let output {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        }
        // hiredis marks its sockets for close-on-exec late or not at all, and so may a library that an application
        // brings.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            guard let descriptor = Int32(name), descriptor > STDERR_FILENO else { continue }
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var ignored = none
        sigaddset(&ignored, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &ignored)
        posix_spawnattr_setpgroup(&attributes, group)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))

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

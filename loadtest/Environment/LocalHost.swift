import Glibc

/// This machine and its processes.
enum LocalHost {
    /// What `gethostname` says, with which drivers' ids begin too.
    static let name: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }()

    /// Whether there is such a process.
    static func runs(_ process: pid_t) -> Bool {
        kill(process, 0) == 0 || errno == EPERM
    }
}

/// Why there is no private Redis, and what to do.
package enum PrivateRedisError: Error, CustomStringConvertible {
    case pathTooLong(directory: String)
    case unusable(directory: String, reason: String)
    /// A folder or file would not be this user's alone, or is none.
    case unsafe(path: String, reason: String)
    /// Another server works in the directory.
    case occupied(directory: String)
    case notInstalled
    /// The log is nil when it went with the folder.
    case notStarted(log: String?, lastLine: String)

    package var description: String {
        switch self {
        case .pathTooLong(let directory):
            "\(directory) is too long a path for a socket; set TMPDIR to a shorter one."
        case .unusable(let directory, let reason): "\(directory) cannot be made: \(reason)"
        case .unsafe(let path, let reason): "\(path) cannot be used for a private Redis: \(reason)"
        case .occupied(let directory):
            "\(directory) belongs to another busdriver that runs; choose another directory."
        case .notInstalled: "redis-server is not installed; apt-get install redis-server."
        case .notStarted(let log?, _): "The private Redis does not start; \(log) says why."
        case .notStarted(nil, let lastLine): "The private Redis does not start; its last words were: \(lastLine)"
        }
    }
}

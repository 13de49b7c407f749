import Glibc

/// A note that a load test leaves in Redis before it writes, so that the next one can remove what a killed one left
/// behind.
enum KeyMark: Hashable, Sendable {
    /// Who writes: host and process.
    case owner(host: String, process: pid_t)
    /// An application whose subscriptions it writes.
    case application(String)
    /// A queue that gets copies of its events.
    case queue(String)
    /// A queue's name that was not in the set of queues before.
    case queueName(String)
    /// The run in the stamps of its events.
    case run(String)
    /// A driver that it started, by its process.
    case driver(pid_t)
    /// A driver's bookkeeping key that was there before.
    case present(key: String)
    /// Others have keys in the database.
    case shared

    /// Whether nothing is left to note when it has been removed.
    var namesWhatWasWritten: Bool {
        switch self {
        case .application, .queue, .run, .driver: true
        case .owner, .queueName, .present, .shared: false
        }
    }

    /// As it stands in Redis.
    var text: String {
        switch self {
        case .owner(let host, let process): "owner \(process) \(host)"
        case .application(let name): "application \(name)"
        case .queue(let name): "queue \(name)"
        case .queueName(let name): "queueName \(name)"
        case .run(let run): "run \(run)"
        case .driver(let process): "driver \(process)"
        case .present(let key): "present \(key)"
        case .shared: "shared"
        }
    }

    /// Nil for a text that this version does not know.
    init?(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        switch words[0] {
        case "owner":
            let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2, let process = pid_t(parts[0]) else { return nil }
            self = .owner(host: parts[1], process: process)
        case "application": self = .application(rest)
        case "queue": self = .queue(rest)
        case "queueName": self = .queueName(rest)
        case "run": self = .run(rest)
        case "driver":
            guard let process = pid_t(rest) else { return nil }
            self = .driver(process)
        case "present": self = .present(key: rest)
        case "shared": self = .shared
        default: return nil
        }
    }
}
